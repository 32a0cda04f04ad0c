package dev.understudy.diff.tally;

import dev.understudy.diff.attribute.ComparedStep;
import dev.understudy.diff.bounded.LeastKeys;
import dev.understudy.diff.exercise.StatementCount;
import dev.understudy.trace.run.Disposition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How much was compared of each statement. Bounded by the length of the statements' texts: those beyond are counted
 * together. Mutable; belongs to one thread.
 */
public final class StatementTally {
    /** Characters of statements' texts kept together. */
    static final int MAX_CHARACTERS = 20_000_000;
    /** What a statement weighs besides its text, in characters. */
    private static final int STATEMENT_WEIGHT = 200;
    /** A longer text is not kept. */
    private static final int MAX_TEXT = 100_000;
    /** The name of the statements that are counted together. */
    static final String OTHER = "other";

    private final LeastKeys<String, Count> counts;
    private final Count other = new Count("");
    /** Fingerprints that were kept and are now counted with others. */
    private final Set<String> gone = new HashSet<>();

    private static final class Count {
        private final String sql;
        private long seen;
        private long steps;
        private long raced;
        private long tainted;
        private long rows;
        private boolean changed;
        private boolean kept;

        Count(String sql) {
            this.sql = sql.length() <= MAX_TEXT ? sql : "";
        }

        void add(Count more) {
            seen += more.seen;
            steps += more.steps;
            raced += more.raced;
            tainted += more.tainted;
            rows += more.rows;
            changed = true;
        }
    }

    StatementTally(int maxCharacters) {
        counts = new LeastKeys<>(
                Comparator.naturalOrder(), count -> STATEMENT_WEIGHT + count.sql.length(), maxCharacters);
    }

    /** A statement of an exchange that ended in that class. */
    void add(ComparedStep step, Disposition disposition) {
        Count count = at(step.facts().fingerprint(), step.facts().sql());
        count.seen++;
        count.changed = true;
        if (disposition == Disposition.COMPARED) {
            count.steps++;
            count.rows += step.rows();
        } else if (disposition == Disposition.RACED) {
            count.raced++;
        } else if (disposition == Disposition.TAINTED) {
            count.tainted++;
        }
    }

    void add(StatementTally more) {
        cutAt(more.cutoff());
        more.counts.forEach((fingerprint, count) -> at(fingerprint, count.sql).add(count));
        other.add(more.other);
    }

    private Count at(String fingerprint, String sql) {
        Count known = counts.get(fingerprint);
        if (known != null) {
            return known;
        }
        Count made = counts.at(fingerprint, () -> new Count(sql));
        counts.trim(this::moveToOther);
        return made == null || counts.isBeyond(fingerprint) ? other : made;
    }

    private void moveToOther(String fingerprint, Count count) {
        other.add(count);
        if (count.kept) {
            gone.add(fingerprint);
        }
    }

    @Nullable String cutoff() {
        return counts.cutoff();
    }

    void cutAt(@Nullable String cutoff) {
        counts.cutAt(cutoff, this::moveToOther);
    }

    /** How often the statement was compared. */
    public long steps(String fingerprint) {
        return get(fingerprint).steps;
    }

    /** How many rows of it were compared, and so how many values of each column. */
    public long rows(String fingerprint) {
        return get(fingerprint).rows;
    }

    /** Every statement, in the order of their fingerprints; those beyond the bound last, as one. */
    public List<StatementCount> all() {
        List<StatementCount> all = new ArrayList<>();
        for (String fingerprint : counts.keys()) {
            all.add(count(fingerprint, get(fingerprint)));
        }
        if (other.seen > 0) {
            all.add(count(OTHER, other));
        }
        return all;
    }

    private static StatementCount count(String fingerprint, Count count) {
        return new StatementCount(fingerprint, count.sql, count.seen, count.steps, count.raced, count.tainted);
    }

    private Count get(String fingerprint) {
        Count count = counts.get(fingerprint);
        return count == null ? other : count;
    }

    void takeChanges(Consumer<TallyEntry> changes, Consumer<String> vanished) {
        counts.forEach((fingerprint, count) -> takeChange(fingerprint, count, changes));
        takeChange(OTHER, other, changes);
        gone.forEach(vanished);
        gone.clear();
    }

    private static void takeChange(String fingerprint, Count count, Consumer<TallyEntry> changes) {
        if (count.changed) {
            count.changed = false;
            count.kept = true;
            changes.accept(new TallyEntry.StatementSums(
                    fingerprint, count.sql, count.seen, count.steps, count.raced, count.tainted, count.rows));
        }
    }

    void restore(TallyEntry.StatementSums kept) {
        Count count = kept.fingerprint().equals(OTHER) ? other : at(kept.fingerprint(), kept.sql());
        count.seen += kept.seen();
        count.steps += kept.compared();
        count.raced += kept.raced();
        count.tainted += kept.tainted();
        count.rows += kept.rows();
        count.changed = false;
        count.kept = true;
    }
}
