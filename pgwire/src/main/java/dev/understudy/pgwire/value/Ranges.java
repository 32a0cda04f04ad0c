package dev.understudy.pgwire.value;

import org.jspecify.annotations.Nullable;

/** The canonical form of ranges of discrete types: lower bound included, upper one not (int4range_canonical). */
final class Ranges {
    private Ranges() {}

    /** A range that is not empty as written; null where a bound has no successor, which no server sends. */
    static Value.@Nullable Range canonical(
            ValueType.Range type,
            @Nullable Value lower,
            @Nullable Value upper,
            boolean lowerInclusive,
            boolean upperInclusive) {
        if (lower instanceof Value.Opaque || upper instanceof Value.Opaque) {
            return null;
        }
        if (!type.discrete()) {
            return new Value.Range(
                    false, lower, upper, lower != null && lowerInclusive, upper != null && upperInclusive);
        }
        Value from = lower == null || lowerInclusive ? lower : successor(lower);
        Value to = upper == null || !upperInclusive ? upper : successor(upper);
        if (lower != null && from == null || upper != null && to == null) {
            return null;
        }
        // infinity is a date without successor: its bound stays as it is written
        boolean fromIncluded = from != null && (lowerInclusive || from != lower);
        boolean toIncluded = to != null && upperInclusive && to == upper;
        return from != null && from.equals(to) && !toIncluded
                ? Value.Range.EMPTY
                : new Value.Range(false, from, to, fromIncluded, toIncluded);
    }

    private static @Nullable Value successor(Value bound) {
        if (bound instanceof Value.Int integer) {
            return integer.value() == Long.MAX_VALUE ? null : new Value.Int(integer.value() + 1);
        }
        if (bound instanceof Value.Date date) {
            boolean infinite = date.days() == Value.Date.INFINITY || date.days() == Value.Date.MINUS_INFINITY;
            return infinite ? bound : new Value.Date(date.days() + 1);
        }
        return null;
    }
}
