package dev.understudy.replay;

import dev.understudy.replay.outcome.OutcomePublisher;
import dev.understudy.replay.selection.LeftOut;
import dev.understudy.replay.source.TraceSource;
import dev.understudy.trace.ledger.AuditReport;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.RunEnd;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run has to account for, told by the trace's own ledger, and the classes in which it ended, counted where they
 * were written: two counts that know nothing of each other and must agree.
 *
 * @param audit what the trace accounts for
 * @param neverDone exchanges replayed of which the trace has no end
 * @param openAtEnd exchanges that were open when the trace was read; nobody accounts for them
 * @param missingChunks chunks whose numbers are missing
 * @param leftOut exchanges without an outcome that were not asked for, by the reason
 * @param leftOutWrites how many of them seem to write
 */
record RunSums(
        AuditReport audit,
        long neverDone,
        long openAtEnd,
        long missingChunks,
        Map<LeftOut, Long> leftOut,
        long leftOutWrites) {
    static RunSums of(TraceSource source) {
        return new RunSums(
                source.audit(),
                source.neverDone(),
                source.openAtEnd(),
                source.missingChunks(),
                source.leftOut(),
                source.leftOutWrites());
    }

    /** Of these, those of which the trace says only that there were some. */
    long withoutOutcome() {
        return audit.skipped() + audit.lost() + audit.opaque();
    }

    /** Exchanges that end with an outcome, if nothing stops the run. */
    long withOutcome() {
        return audit.recorded()
                + neverDone
                - leftOut.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Exchanges that the trace accounts for. */
    long exchanges() {
        return audit.recorded() + withoutOutcome() + neverDone;
    }

    RunEnd end(
            String run,
            long wallMicros,
            boolean complete,
            OutcomePublisher publisher,
            long undone,
            RunCounters counters,
            long elapsedNanos,
            List<ArmState> arms) {
        Map<Disposition, Long> classes = new EnumMap<>(Disposition.class);
        for (Disposition disposition : Disposition.values()) {
            classes.put(disposition, publisher.dispositions().getOrDefault(disposition, 0L));
        }
        classes.merge(Disposition.GAP, withoutOutcome(), Long::sum);
        classes.merge(Disposition.PENDING, undone, Long::sum);
        leftOut.values().forEach(count -> classes.merge(Disposition.FILTERED, count, Long::sum));
        long sum = classes.values().stream().mapToLong(Long::longValue).sum();
        if (sum != exchanges()) {
            counters.warn(
                    "sum-does-not-close",
                    "the trace accounts for " + exchanges() + " exchanges, and " + sum + " ended in a class");
        }
        warn(counters);
        return new RunEnd(
                run,
                wallMicros,
                complete,
                exchanges(),
                classes,
                publisher.outcomes(),
                counters.warnings(),
                counters.moves(),
                counters.maxLagNanos(),
                elapsedNanos,
                arms,
                counters.lagSummary());
    }

    private void warn(RunCounters counters) {
        audit.lostByReason()
                .forEach((reason, count) ->
                        counters.warn("lost-" + reason.name().toLowerCase(Locale.ROOT), count + " exchanges are lost"));
        audit.skippedByPolicy()
                .forEach((policy, count) -> counters.warn(
                        "skipped-" + policy.name().toLowerCase(Locale.ROOT), count + " exchanges were left out"));
        leftOut.forEach((why, count) -> counters.warn(
                "left-out-" + why.term(), count + " exchanges were not asked for: filtered, without outcomes"));
        if (leftOutWrites > 0) {
            counters.warn(
                    "left-out-writes",
                    leftOutWrites + " exchanges that write were left out: what follows may find other rows");
        }
        if (audit.opaque() > 0) {
            counters.warn("opaque", audit.opaque() + " sessions were relayed unread");
        }
        if (openAtEnd > 0) {
            counters.warn("open-at-end", openAtEnd + " exchanges had not ended when the trace was read");
        }
        if (missingChunks > 0) {
            counters.warn("missing-chunks", missingChunks + " chunks are missing from the trace");
        }
    }
}
