package dev.understudy.trace.ledger;

import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.Skip;
import java.util.List;
import java.util.Map;

/**
 * What an audit proves.
 *
 * @param first the first number audited
 * @param highest the last number audited; where an agent did not close, later ones may still be on their way
 * @param forwarded exchanges that went through, as the ledger's two sides tell it
 * @param recorded exchanges in the trace with their numbers
 * @param skipped exchanges left out by policy
 * @param lost exchanges in gaps, those of an unclean death included
 * @param opaque sessions relayed unread
 * @param lostByReason gaps by reason
 * @param skippedByPolicy skips by policy
 * @param sessions sessions that began
 * @param unaccounted numbers from the first to the highest that nothing in the trace accounts for, at most 10,000
 *     ranges; empty in a sound trace
 * @param twice numbers that stand in the trace more than once, at most 10,000 ranges; empty in a sound trace
 * @param openAtEnd exchanges begun and never done, such as those of sessions alive when the capture was read
 * @param problems everything else that is wrong, one sentence each: missing seqs, heartbeats that disagree
 * @param lastLedgers whether every lane of every agent's newest epoch ends with its closing ledger
 */
public record AuditReport(
        long first,
        long highest,
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
    /** Copies the collections. */
    public AuditReport {
        lostByReason = Map.copyOf(lostByReason);
        skippedByPolicy = Map.copyOf(skippedByPolicy);
        unaccounted = List.copyOf(unaccounted);
        twice = List.copyOf(twice);
        problems = List.copyOf(problems);
    }

    /** Whether every number is accounted for exactly once and the ledger's sum closes. */
    public boolean closes() {
        return unaccounted.isEmpty()
                && twice.isEmpty()
                && problems.isEmpty()
                && forwarded == recorded + skipped + lost + opaque;
    }
}
