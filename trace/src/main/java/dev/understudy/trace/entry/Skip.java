package dev.understudy.trace.entry;

import java.util.List;

/**
 * What was left out by policy.
 *
 * @param counter the shared counter at writing
 * @param session the session, 0 where it is not one session's
 * @param policy which policy
 * @param numbers which numbers, ascending and apart
 * @param exchanges how many exchanges
 * @param bytes how many bytes
 * @param access whether it could have changed data
 */
public record Skip(
        long counter, long session, Policy policy, List<NumberRange> numbers, long exchanges, long bytes, Access access)
        implements Entry {
    /** Copies the list. */
    public Skip {
        numbers = List.copyOf(numbers);
    }

    /** Why something was left out; the ordinal is the code in the format: append only. */
    public enum Policy {
        /** Recording was switched off. */
        SWITCHED_OFF,
        /** The session was not in the sample. */
        SAMPLED_OUT,
        /** A filter by database, user or application left it out. */
        FILTERED,
        /** A replication connection. */
        REPLICATION
    }
}
