package dev.understudy.diff.tally;

import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many exchanges touched each table, and how many of them were compared. Bounded by the catalog, which is where the
 * names come from. Mutable; belongs to one thread.
 */
public final class TableTally {
    private final TreeMap<String, Count> tables = new TreeMap<>();

    private static final class Count {
        private long touched;
        private long compared;
        private boolean changed;

        void add(long moreTouched, long moreCompared) {
            touched += moreTouched;
            compared += moreCompared;
            changed = true;
        }
    }

    void add(Set<String> touched, boolean compared) {
        for (String table : touched) {
            at(table).add(1, compared ? 1 : 0);
        }
    }

    void add(TableTally other) {
        other.tables.forEach((table, count) -> at(table).add(count.touched, count.compared));
    }

    private Count at(String table) {
        return tables.computeIfAbsent(table, any -> new Count());
    }

    /** How many compared exchanges touched a table. */
    public long compared(String table) {
        Count count = tables.get(table);
        return count == null ? 0 : count.compared;
    }

    /** The tables. */
    public Set<String> touched() {
        return tables.keySet();
    }

    /** The table of which the smallest part was compared; null if no table was touched. */
    public @Nullable Lowest lowest() {
        Lowest lowest = null;
        for (var entry : tables.entrySet()) {
            double share = (double) entry.getValue().compared / entry.getValue().touched;
            if (lowest == null || share < lowest.share()) {
                lowest = new Lowest(entry.getKey(), share);
            }
        }
        return lowest;
    }

    /** A table and the part of its exchanges that was compared. */
    public record Lowest(String table, double share) {}

    void takeChanges(Consumer<TallyEntry> changes) {
        tables.forEach((table, count) -> {
            if (count.changed) {
                count.changed = false;
                changes.accept(new TallyEntry.TableSums(table, count.touched, count.compared));
            }
        });
    }

    void restore(TallyEntry.TableSums kept) {
        Count count = at(kept.table());
        count.add(kept.touched(), kept.compared());
        count.changed = false;
    }
}
