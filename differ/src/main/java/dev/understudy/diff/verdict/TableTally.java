package dev.understudy.diff.verdict;

import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many exchanges touched each table, and how many of them were compared. Mutable; belongs to one thread.
 */
final class TableTally {
    private final TreeMap<String, long[]> tables = new TreeMap<>();

    void add(Set<String> touched, boolean compared) {
        for (String table : touched) {
            long[] counts = tables.computeIfAbsent(table, any -> new long[2]);
            counts[0]++;
            counts[1] += compared ? 1 : 0;
        }
    }

    /** How many compared exchanges touched a table. */
    long compared(String table) {
        long[] counts = tables.get(table);
        return counts == null ? 0 : counts[1];
    }

    Set<String> touched() {
        return tables.keySet();
    }

    /** The table of which the smallest part was compared; null if no table was touched. */
    @Nullable Lowest lowest() {
        Lowest lowest = null;
        for (var entry : tables.entrySet()) {
            double share = (double) entry.getValue()[1] / entry.getValue()[0];
            if (lowest == null || share < lowest.share()) {
                lowest = new Lowest(entry.getKey(), share);
            }
        }
        return lowest;
    }

    /** A table and the part of its exchanges that was compared. */
    record Lowest(String table, double share) {}
}
