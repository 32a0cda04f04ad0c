package dev.understudy.capture;

/**
 * A capture's live counts since its agent started. A ledger that is not {@linkplain #isBalanced() balanced} while
 * traffic runs merely has lanes at different points; one that stays so is a fault.
 *
 * @param forwarded exchanges whose answer's end went to the client, or that broke off
 * @param recorded of these, those in the trace or on their way there
 * @param skipped of these, those left out by policy
 * @param lost of these, those in gaps
 * @param opaque sessions relayed unread
 * @param sessions sessions open
 * @param counter the counter of completed exchanges, over the capture's whole life
 * @param chunks chunks closed
 * @param acknowledgedChunks chunks that Kafka has taken, those of earlier starts included
 * @param spooledBytes bytes that wait on disk for Kafka
 * @param failures errors of the recorder's own; 0 unless there is a bug
 */
public record CaptureLedger(
        long forwarded,
        long recorded,
        long skipped,
        long lost,
        long opaque,
        long sessions,
        long counter,
        long chunks,
        long acknowledgedChunks,
        long spooledBytes,
        long failures) {
    /** Whether the sum closes. */
    public boolean isBalanced() {
        return forwarded == recorded + skipped + lost + opaque;
    }
}
