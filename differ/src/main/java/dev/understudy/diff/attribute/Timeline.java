package dev.understudy.diff.attribute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When each exchange ran on two sides, to tell whether two stored times are the moments at which one exchange wrote
 * them. Exchanges that began in one cell of a grid on both sides, and took about as long, are one. Bounded: with too many
 * cells the grid gets coarser, which never misses an exchange. What it holds does not depend on the order of additions
 * and merges, and taking the same exchange in twice changes nothing.
 *
 * <p>Mutable; belongs to one thread.
 */
public final class Timeline {
    /** Cells told apart. */
    static final int MAX_CELLS = 200_000;
    /** The finest grid: 2^13 µs, far below what clocks may differ by. */
    private static final int FINEST = 13;
    /** Exchanges that take less than about a second are alike. */
    private static final int SHORT = 20;
    /** Entries looked at for one question: exchanges that were open at one time. */
    private static final int MAX_LOOKED_AT = 20_000;

    private static final Comparator<Entry> ORDER = Comparator.<Entry>comparingLong(
                    entry -> entry.left().from())
            .thenComparingLong(entry -> entry.left().to())
            .thenComparingLong(entry -> entry.right().from())
            .thenComparingLong(entry -> entry.right().to())
            .thenComparingInt(Entry::length);

    private final int maxCells;
    private Map<Cell, Span> cells = new HashMap<>();
    private int level = FINEST;
    private Entry[] sorted = new Entry[0];
    private long[] latestEnd = new long[0];
    private boolean isSorted = true;

    private record Cell(long left, long right, int length) {}

    /**
     * The exchanges of a cell.
     *
     * @param left the least window that holds theirs on the left side
     * @param right the same on the right side
     * @param length how long each took at most, as a power of two
     */
    public record Entry(Window left, Window right, int length) {
        static Entry of(Window left, Window right) {
            long longer = Math.max(0, Math.max(left.to() - left.from(), right.to() - right.from()));
            return new Entry(left, right, Math.max(SHORT, Long.SIZE - Long.numberOfLeadingZeros(longer)));
        }

        Entry and(Entry other) {
            return new Entry(left.and(other.left), right.and(other.right), length);
        }

        boolean contains(Entry other) {
            return left.contains(other.left) && right.contains(other.right);
        }
    }

    private static final class Span {
        private Entry entry;
        private boolean changed;

        Span(Entry entry, boolean changed) {
            this.entry = entry;
            this.changed = changed;
        }
    }

    /** An empty timeline. */
    public Timeline() {
        this(MAX_CELLS);
    }

    /** An empty timeline of at most so many cells. */
    public Timeline(int maxCells) {
        this.maxCells = maxCells;
    }

    /** An exchange ran then. */
    public void add(Window left, Window right) {
        put(Entry.of(left, right), true);
    }

    /** Every exchange of another timeline. */
    public void add(Timeline other) {
        while (level < other.level) {
            coarsen();
        }
        other.cells.values().forEach(span -> put(span.entry, true));
    }

    /** What was kept once. */
    public void restore(List<Entry> kept) {
        kept.forEach(entry -> put(entry, false));
    }

    /** The grid's width as a power of two; what is kept goes with it. */
    public int level() {
        return level;
    }

    /** Goes on with a grid that was kept. */
    public void restoreLevel(int kept) {
        while (level < kept) {
            coarsen();
        }
    }

    /** What changed since it was last asked. */
    public List<Entry> takeChanges() {
        List<Entry> changes = new ArrayList<>();
        for (Span span : cells.values()) {
            if (span.changed) {
                span.changed = false;
                changes.add(span.entry);
            }
        }
        changes.sort(ORDER);
        return changes;
    }

    private void put(Entry entry, boolean changed) {
        Cell cell = new Cell(entry.left().from() >> level, entry.right().from() >> level, entry.length());
        Span span = cells.get(cell);
        if (span == null) {
            cells.put(cell, new Span(entry, changed));
            isSorted = false;
            while (cells.size() > maxCells) {
                coarsen();
            }
        } else if (!span.entry.contains(entry)) {
            span.entry = span.entry.and(entry);
            span.changed |= changed;
            isSorted = false;
        }
    }

    private void coarsen() {
        level++;
        Map<Cell, Span> coarser = new HashMap<>();
        cells.forEach((cell, span) -> {
            Cell wider = new Cell(cell.left() >> 1, cell.right() >> 1, cell.length());
            Span known = coarser.get(wider);
            if (known == null) {
                coarser.put(wider, span);
            } else {
                known.entry = known.entry.and(span.entry);
                known.changed |= span.changed;
            }
        });
        cells = coarser;
        isSorted = false;
    }

    /** Whether one exchange could have written {@code left} on the left side and {@code right} on the right. */
    public boolean explains(long left, long right) {
        sort();
        long slack = Window.slack(left);
        int at = lastStartedBy(left + slack);
        for (int looked = 0; at >= 0 && looked < MAX_LOOKED_AT && latestEnd[at] >= left - slack; at--, looked++) {
            if (sorted[at].left().holds(left) && sorted[at].right().holds(right)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an exchange could have written that time on the left side. */
    boolean ranOnLeft(long left) {
        sort();
        long slack = Window.slack(left);
        int at = lastStartedBy(left + slack);
        for (int looked = 0; at >= 0 && looked < MAX_LOOKED_AT && latestEnd[at] >= left - slack; at--, looked++) {
            if (sorted[at].left().holds(left)) {
                return true;
            }
        }
        return false;
    }

    private int lastStartedBy(long micros) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle].left().from() <= micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void sort() {
        if (isSorted) {
            return;
        }
        sorted = cells.values().stream().map(span -> span.entry).toArray(Entry[]::new);
        Arrays.sort(sorted, ORDER);
        latestEnd = new long[sorted.length];
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < sorted.length; i++) {
            latest = Math.max(latest, sorted[i].left().to());
            latestEnd[i] = latest;
        }
        isSorted = true;
    }
}
