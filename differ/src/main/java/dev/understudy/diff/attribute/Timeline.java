package dev.understudy.diff.attribute;

import java.util.Arrays;
import java.util.Comparator;

/**
 * When each exchange ran on two sides, to tell whether two stored times are the moments at which one exchange wrote
 * them. Bounded: when full, neighbours are merged, which makes it coarser and never misses an exchange.
 *
 * <p>Mutable; belongs to one thread.
 */
public final class Timeline {
    /** Exchanges told apart. */
    static final int MAX_ENTRIES = 200_000;
    /** Entries looked at for one question: exchanges that were open at one time. */
    private static final int MAX_LOOKED_AT = 20_000;

    private final int maxEntries;
    private Entry[] entries = new Entry[1_024];
    private long[] latestEnd = new long[0];
    private int size;
    private boolean sorted = true;

    private record Entry(Window left, Window right) {}

    /** An empty timeline. */
    public Timeline() {
        this(MAX_ENTRIES);
    }

    Timeline(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    /** An exchange ran then. */
    public void add(Window left, Window right) {
        if (size == maxEntries) {
            merge();
        }
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, Math.min(maxEntries, 2 * size));
        }
        entries[size++] = new Entry(left, right);
        sorted = false;
    }

    /** Whether one exchange could have written {@code left} on the left side and {@code right} on the right. */
    public boolean explains(long left, long right) {
        sort();
        long slack = Window.slack(left);
        int at = lastStartedBy(left + slack);
        for (int looked = 0; at >= 0 && looked < MAX_LOOKED_AT && latestEnd[at] >= left - slack; at--, looked++) {
            if (entries[at].left().holds(left) && entries[at].right().holds(right)) {
                return true;
            }
        }
        return false;
    }

    private int lastStartedBy(long micros) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries[middle].left().from() <= micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void sort() {
        if (sorted) {
            return;
        }
        Arrays.sort(
                entries, 0, size, Comparator.comparingLong(entry -> entry.left().from()));
        latestEnd = new long[size];
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            latest = Math.max(latest, entries[i].left().to());
            latestEnd[i] = latest;
        }
        sorted = true;
    }

    private void merge() {
        sort();
        int merged = 0;
        for (int i = 0; i < size; i += 2) {
            Entry entry = entries[i];
            entries[merged++] = i + 1 == size
                    ? entry
                    : new Entry(
                            entry.left().and(entries[i + 1].left()),
                            entry.right().and(entries[i + 1].right()));
        }
        Arrays.fill(entries, merged, size, null);
        size = merged;
        sorted = false;
    }
}
