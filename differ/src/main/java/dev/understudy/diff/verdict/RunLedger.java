package dev.understudy.diff.verdict;

import dev.understudy.diff.report.Ledger;
import dev.understudy.diff.tally.Coverage;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.RunEnd;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where every exchange ended, by what was read and by what the replayer said at the end. */
record RunLedger(Coverage coverage, @Nullable RunEnd end) {
    Ledger ledger() {
        Map<Disposition, Long> said = end == null ? Map.of() : end.dispositions();
        // What ended without an outcome of its own: lost or left out by the trace, or never reached.
        long gapUnseen = unseen(said, Disposition.GAP);
        long filteredUnseen = unseen(said, Disposition.FILTERED);
        long pendingUnseen = unseen(said, Disposition.PENDING);
        return new Ledger(
                end == null ? coverage.exchanges() : end.exchanges(),
                coverage.carryingData() + gapUnseen + pendingUnseen,
                coverage.count(Disposition.COMPARED),
                coverage.count(Disposition.NOT_COMPARABLE),
                coverage.count(Disposition.FILTERED) + filteredUnseen,
                coverage.count(Disposition.TAINTED),
                coverage.count(Disposition.RACED),
                coverage.count(Disposition.FORCED),
                coverage.count(Disposition.GAP) + gapUnseen,
                coverage.count(Disposition.PENDING) + pendingUnseen);
    }

    private long unseen(Map<Disposition, Long> said, Disposition disposition) {
        return Math.max(0, said.getOrDefault(disposition, 0L) - coverage.count(disposition));
    }
}
