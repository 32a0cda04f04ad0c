package dev.understudy.trace.ledger;

import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.Skip;
import java.util.List;
import java.util.Map;

/**
 * What an audit proves.
 *
 * @param forwarded exchanges that went through, as the ledger's two sides tell it
 * @param recorded exchanges in the trace with their numbers
 * @param skipped exchanges left out by policy
 * @param lost exchanges in gaps, those of an unclean death included
 * @param opaque sessions relayed unread
 * @param lostByReason gaps by reason
 * @param skippedByPolicy skips by policy
 * @param sessions sessions that began
 * @param unaccounted numbers up to the highest that nothing in the trace accounts for; empty in a sound trace
 * @param twice numbers that stand in the trace more than once; empty in a sound trace
 * @param openAtEnd exchanges begun and never done, such as those of sessions alive when the capture was read
 * @param problems everything else that is wrong, one sentence each: missing seqs, heartbeats that disagree
 * @param lastLedgers whether every lane's last ledger was its closing one
 */
public record AuditReport(
        long forwarded,
        long recorded,
        long skipped,
        long lost,
        long opaque,
        Map<Gap.Reason, Long> lostByReason,
        Map<Skip.Policy, Long> skippedByPolicy,
        long sessions,
        List<NumberRange> unaccounted,
        List<NumberRange> twice,
        long openAtEnd,
        List<String> problems,
        boolean lastLedgers) {
    /** Whether every number is accounted for exactly once and the ledger's sum closes. */
    public boolean closes() {
        return unaccounted.isEmpty()
                && twice.isEmpty()
                && problems.isEmpty()
                && forwarded == recorded + skipped + lost + opaque;
    }
}
