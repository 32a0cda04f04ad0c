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
    /** Which rows a LIMIT takes is open, and the rows that both sides took mean the same. */
    LIMIT("explained (limit)"),
    /** Numbers that a sequence handed out: which one a row gets depends on what asked before. */
    GENERATED("explained (generated)"),
    /** Sums of floating-point numbers, added up in another order. */
    FLOAT_SUM("explained (float sum)"),
    /** What the session or its server is set to, not what the database holds. */
    SETTING("explained (setting)"),
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

    /** Whether the values themselves show a cause other than the migration. */
    public boolean isExplained() {
        return switch (this) {
            case CLOCK, VOLATILE, TIE, LIMIT, GENERATED, FLOAT_SUM, SETTING -> true;
            case MIGRATION, MIGRATION_WITHOUT_CONTROL, NONDETERMINISTIC, ENVIRONMENT, UNEXPLAINED, UNKNOWN -> false;
        };
    }

    /** Whether the migration is to answer for it. */
    public boolean isMigration() {
        return this == MIGRATION || this == MIGRATION_WITHOUT_CONTROL;
    }
}
