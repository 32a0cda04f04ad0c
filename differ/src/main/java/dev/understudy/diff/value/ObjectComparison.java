package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;

/** regclass, regtype and their like by OID, which says the same on two servers only for what PostgreSQL brings along. */
final class ObjectComparison {
    /** Objects below have OIDs given by hand, the same on every server (access/transam.h, FirstGenbkiObjectId). */
    private static final long FIRST_ASSIGNED = 10_000;

    private ObjectComparison() {}

    static ValueChange change(Value before, Value after) {
        return isBuiltIn(before) && isBuiltIn(after)
                ? new ValueChange(DifferenceClass.VALUE_TEXT, "another object")
                : ValueChange.unknown("an object known by OID only");
    }

    private static boolean isBuiltIn(Value value) {
        return value instanceof Value.ObjectOid object && object.oid() < FIRST_ASSIGNED;
    }
}
