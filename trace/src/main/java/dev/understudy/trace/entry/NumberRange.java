package dev.understudy.trace.entry;

/** A run of completed-exchange numbers, both ends included. */
public record NumberRange(long from, long to) {
    /** Checks the order. */
    public NumberRange {
        if (from > to) {
            throw new IllegalArgumentException("from=" + from + " to=" + to + ": expected from <= to");
        }
    }

    /** How many numbers. */
    public long size() {
        return to - from + 1;
    }
}
