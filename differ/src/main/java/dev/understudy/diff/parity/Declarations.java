package dev.understudy.diff.parity;

import dev.understudy.diff.difference.DifferenceClass;

/** What the migration's author said that it would change. */
@FunctionalInterface
public interface Declarations {
    /** Nothing was said. */
    Declarations NONE = (object, type) -> false;

    /** Whether this change of this object was declared. */
    boolean declares(String object, DifferenceClass type);
}
