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
        private long read;
        private long readCompared;
        private long written;
        private long writtenCompared;
        private boolean changed = true;

        void touched(boolean asWritten, boolean compared) {
            long once = compared ? 1 : 0;
            if (asWritten) {
                written++;
                writtenCompared += once;
            } else {
                read++;
                readCompared += once;
            }
        }

        void add(ColumnCounts more) {
            read += more.read();
            readCompared += more.readCompared();
            written += more.written();
            writtenCompared += more.writtenCompared();
        }

        ColumnCounts counts() {
            return new ColumnCounts(read, readCompared, written, writtenCompared);
        }
    }

    ColumnTally(int maxColumns) {
        counts = LeastKeys.ofKeys(maxColumns);
    }

    void add(Set<ColumnId> columns, boolean written, boolean compared) {
        for (ColumnId column : columns) {
            Count count = at(column);
            if (count != null) {
                count.touched(written, compared);
            }
        }
    }

    void add(ColumnTally other) {
        cutAt(other.cutoff());
        other.counts.forEach((column, count) -> add(column, count.counts()));
    }

    private void add(ColumnId column, ColumnCounts sum) {
        Count count = at(column);
        if (count != null) {
            count.add(sum);
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
        return count == null ? ColumnCounts.NONE : count.counts();
    }

    void takeChanges(Consumer<TallyEntry> changes) {
        counts.forEach((column, count) -> {
            if (count.changed) {
                count.changed = false;
                changes.accept(new TallyEntry.ColumnSums(column, count.counts()));
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
