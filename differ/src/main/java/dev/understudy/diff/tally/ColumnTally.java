package dev.understudy.diff.tally;

import dev.understudy.diff.bounded.LeastKeys;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many exchanges read and wrote each column. Bounded: of columns beyond the limit nothing is known, which a catalog
 * of fewer columns never reaches. Mutable; belongs to one thread.
 */
public final class ColumnTally {
    /** Columns told apart. */
    static final int MAX_COLUMNS = 200_000;

    private final LeastKeys<ColumnId, Count> counts;

    private static final class Count {
        private ColumnCounts sum = ColumnCounts.NONE;
        private boolean changed = true;
    }

    ColumnTally(int maxColumns) {
        counts = LeastKeys.ofKeys(maxColumns);
    }

    void add(Set<ColumnId> columns, boolean written, boolean compared) {
        for (ColumnId column : columns) {
            Count count = at(column);
            if (count != null) {
                count.sum = count.sum.touched(written, compared);
            }
        }
    }

    void add(ColumnTally other) {
        cutAt(other.cutoff());
        other.counts.forEach((column, count) -> add(column, count.sum));
    }

    private void add(ColumnId column, ColumnCounts sum) {
        Count count = at(column);
        if (count != null) {
            count.sum = count.sum.plus(sum);
        }
    }

    private @Nullable Count at(ColumnId column) {
        Count count = counts.at(column, Count::new);
        if (count != null) {
            count.changed = true;
            counts.trim((beyond, dropped) -> {});
        }
        return count;
    }

    @Nullable ColumnId cutoff() {
        return counts.cutoff();
    }

    void cutAt(@Nullable ColumnId cutoff) {
        counts.cutAt(cutoff, (beyond, dropped) -> {});
    }

    /** How many exchanges touched a column. */
    public ColumnCounts counts(int relation, int attribute) {
        Count count = counts.get(new ColumnId(relation, attribute));
        return count == null ? ColumnCounts.NONE : count.sum;
    }

    void takeChanges(Consumer<TallyEntry> changes) {
        counts.forEach((column, count) -> {
            if (count.changed) {
                count.changed = false;
                changes.accept(new TallyEntry.ColumnSums(column, count.sum));
            }
        });
    }

    void restore(TallyEntry.ColumnSums kept) {
        add(kept.column(), kept.counts());
        Count count = counts.get(kept.column());
        if (count != null) {
            count.changed = false;
        }
    }
}
