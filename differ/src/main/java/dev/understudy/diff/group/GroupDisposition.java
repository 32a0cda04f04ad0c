package dev.understudy.diff.group;

import java.util.Locale;

/** What became of a difference group. */
public enum GroupDisposition {
    /** Nobody said that it would come. */
    UNEXPECTED,
    /** It has a cause other than the migration. */
    ATTRIBUTED,
    /** It says that something could not be compared. */
    UNCOVERED;

    /** The form of reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
