package dev.understudy.diff.tally;

import dev.understudy.diff.bounded.LeastKeys;
import dev.understudy.diff.report.ErrorCount;
import dev.understudy.pgwire.message.ServerMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Errors by SQLSTATE. Bounded: those beyond the limit are counted together. Mutable; belongs to one thread. */
final class ErrorTally {
    /** SQLSTATEs told apart. */
    static final int MAX_SQLSTATES = 1_000;

    private static final String OTHER = "other";

    private final LeastKeys<String, Count> counts;
    private final Count other = new Count();
    private final Set<String> gone = new HashSet<>();

    private static final class Count {
        private long baseline;
        private long candidate;
        private boolean changed;
        private boolean kept;

        void add(long moreBaseline, long moreCandidate) {
            baseline += moreBaseline;
            candidate += moreCandidate;
            changed = true;
        }
    }

    ErrorTally(int maxSqlStates) {
        counts = LeastKeys.ofKeys(maxSqlStates);
    }

    void addBaseline(List<ServerMessage> messages) {
        messages.forEach(message -> at(message.sqlState()).add(1, 0));
    }

    void addCandidate(List<ServerMessage> messages) {
        messages.forEach(message -> at(message.sqlState()).add(0, 1));
    }

    void add(ErrorTally more) {
        cutAt(more.cutoff());
        more.counts.forEach((state, count) -> at(state).add(count.baseline, count.candidate));
        if (more.other.baseline + more.other.candidate > 0) {
            other.add(more.other.baseline, more.other.candidate);
        }
    }

    private Count at(String sqlState) {
        Count count = counts.at(sqlState, Count::new);
        counts.trim(this::moveToOther);
        return count == null || counts.isBeyond(sqlState) ? other : count;
    }

    private void moveToOther(String sqlState, Count count) {
        other.add(count.baseline, count.candidate);
        if (count.kept) {
            gone.add(sqlState);
        }
    }

    @Nullable String cutoff() {
        return counts.cutoff();
    }

    void cutAt(@Nullable String cutoff) {
        counts.cutAt(cutoff, this::moveToOther);
    }

    List<ErrorCount> all() {
        List<ErrorCount> all = new ArrayList<>();
        for (String state : counts.keys()) {
            Count count = counts.get(state);
            if (count != null) {
                all.add(new ErrorCount(state, count.baseline, count.candidate));
            }
        }
        if (other.baseline + other.candidate > 0) {
            all.add(new ErrorCount(OTHER, other.baseline, other.candidate));
        }
        return all;
    }

    void takeChanges(Consumer<TallyEntry> changes, Consumer<String> vanished) {
        counts.forEach((state, count) -> takeChange(state, count, changes));
        takeChange(OTHER, other, changes);
        gone.forEach(vanished);
        gone.clear();
    }

    private static void takeChange(String state, Count count, Consumer<TallyEntry> changes) {
        if (count.changed) {
            count.changed = false;
            count.kept = true;
            changes.accept(new TallyEntry.ErrorSums(state, count.baseline, count.candidate));
        }
    }

    void restore(TallyEntry.ErrorSums kept) {
        Count count = kept.sqlState().equals(OTHER) ? other : at(kept.sqlState());
        count.add(kept.baseline(), kept.candidate());
        count.changed = false;
        count.kept = true;
    }
}
