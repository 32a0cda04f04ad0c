package dev.understudy.capture.recorder;

/**
 * A lane's counts since the epoch's start, as of the last page of its loop that was read.
 *
 * @param forwarded exchanges whose answer's end went to the client, or that broke off, as the loop counts them
 * @param recorded of these, those in the trace
 * @param skipped of these, those left out by policy
 * @param lost of these, those in gaps
 * @param opaque sessions relayed unread
 * @param sessions sessions open
 * @param chunks chunks closed
 * @param failures errors of the recorder's own
 */
public record LaneLedger(
        long forwarded,
        long recorded,
        long skipped,
        long lost,
        long opaque,
        long sessions,
        long chunks,
        long failures) {
    /** Nothing yet. */
    public static final LaneLedger EMPTY = new LaneLedger(0, 0, 0, 0, 0, 0, 0, 0);
}
