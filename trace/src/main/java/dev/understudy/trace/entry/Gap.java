package dev.understudy.trace.entry;

import java.util.List;

/**
 * What could not be recorded.
 *
 * @param counter the shared counter at writing
 * @param session the session, 0 where the gap is not one session's
 * @param reason why
 * @param numbers which numbers, ascending and apart. For {@link Reason#UNCLEAN_DEATH} the range is a claim on
 *     whatever in it stands nowhere else in the trace
 * @param exchanges how many exchanges; -1 where only the numbers tell
 * @param bytes how many bytes, as far as known
 * @param access whether it could have changed data
 * @param opaque whether the session is relayed unread from here to its end
 */
public record Gap(
        long counter,
        long session,
        Reason reason,
        List<NumberRange> numbers,
        long exchanges,
        long bytes,
        Access access,
        boolean opaque)
        implements Entry {
    /** Copies the list. */
    public Gap {
        numbers = List.copyOf(numbers);
    }

    /** Why something could not be recorded; the ordinal is the code in the format: append only. */
    public enum Reason {
        /** The event loop's buffer had no room. */
        BUFFER_FULL,
        /** The spool was full. */
        SPOOL_FULL,
        /** The spool could not be written. */
        SPOOL_FAILED,
        /** Bytes that the framer could not follow. */
        UNKNOWN_BYTES,
        /** An error of the recorder's own. */
        RECORDER_FAILED,
        /** The agent died without closing; whatever up to here is nowhere in the trace. */
        UNCLEAN_DEATH,
        /** The session spoke a dialect that is not recorded (encrypted to the server, unknown version). */
        UNREADABLE
    }
}
