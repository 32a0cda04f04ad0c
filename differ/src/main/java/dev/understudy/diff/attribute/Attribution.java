package dev.understudy.diff.attribute;

/** Whose fault a difference is. Labels are part of the report's schema. */
public enum Attribution {
    /** Production and control agree, the candidate does not. */
    MIGRATION("migration"),
    /** There is no control arm, and the candidate does not answer as production did: weaker evidence. */
    MIGRATION_WITHOUT_CONTROL("migration?"),
    /** Production and candidate agree, the control does not: noise that happened to fall on the control. */
    NONDETERMINISTIC("nondeterministic"),
    /** Both values are the time at which their side wrote them. */
    CLOCK("explained (clock)"),
    /** The value comes from a function that is declared to answer anew each time, or by server. */
    VOLATILE("explained (volatile)"),
    /** Rows that the ORDER BY leaves equal, at the edge of a LIMIT. */
    TIE("explained (tie)"),
    /** Both arms agree with each other and not with production. */
    ENVIRONMENT("environment"),
    /** All differ, and nothing explains it. */
    UNEXPLAINED("unexplained"),
    /** Could not be compared. */
    UNKNOWN("unknown");

    private final String label;

    Attribution(String label) {
        this.label = label;
    }

    /** The form of reports. */
    public String label() {
        return label;
    }

    /** Whether the migration is to answer for it. */
    public boolean isMigration() {
        return this == MIGRATION || this == MIGRATION_WITHOUT_CONTROL;
    }
}
