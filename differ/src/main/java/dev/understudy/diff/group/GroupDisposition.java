package dev.understudy.diff.group;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import java.util.Locale;

/** What became of a difference group. */
public enum GroupDisposition {
    /** Nobody said that it would come. */
    UNEXPECTED,
    /** It has a cause other than the migration. */
    ATTRIBUTED,
    /** It says that something could not be compared. */
    UNCOVERED;

    /** What becomes of a class of differences with that attribution. */
    static GroupDisposition of(DifferenceClass type, Attribution attribution) {
        if (type.isUncovered() || attribution == Attribution.UNKNOWN) {
            return UNCOVERED;
        }
        return switch (attribution) {
            case MIGRATION, MIGRATION_WITHOUT_CONTROL, UNEXPLAINED -> UNEXPECTED;
            case NONDETERMINISTIC, CLOCK, VOLATILE, TIE, LIMIT, GENERATED, FLOAT_SUM, SETTING, ENVIRONMENT ->
                ATTRIBUTED;
            case UNKNOWN -> UNCOVERED;
        };
    }

    /** The form of reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
