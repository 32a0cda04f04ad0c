package dev.understudy.trace.entry;

/**
 * A lane's ledger so far, cumulative since the epoch's start: forwarded = recorded + skipped + lost + opaque. Counts
 * are exchanges; a session that became opaque counts one, since nobody knows how many followed. Whatever of this lane
 * ticked the counter up to {@code counter} stands before the heartbeat, or in a gap before a heartbeat of any lane.
 *
 * @param counter the shared counter at writing
 * @param wallMicros wall clock, microseconds since 1970
 * @param forwarded exchanges whose answer's end went to the client, or that broke off
 * @param recorded of these, those in the trace
 * @param skipped of these, those left out by policy
 * @param lost of these, those in gaps
 * @param opaque sessions relayed unread
 * @param sessions sessions open
 * @param closing whether this is the lane's last entry of its epoch: the agent closes in good order
 */
public record Heartbeat(
        long counter,
        long wallMicros,
        long forwarded,
        long recorded,
        long skipped,
        long lost,
        long opaque,
        long sessions,
        boolean closing)
        implements Entry {
    /** Whether the sum closes. */
    public boolean isBalanced() {
        return forwarded == recorded + skipped + lost + opaque;
    }
}
