package dev.understudy.trace.ledger;

import java.util.BitSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A set of single numbers, not negative: a bitmap page for each 4,096 of them that holds any, one shared page for all
 * that are full. Tens of millions of numbers without holes take a megabyte or two; a number far from all others takes
 * about 600 bytes.
 */
final class NumberSet {
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final BitSet FULL = new BitSet(PAGE);

    static {
        FULL.set(0, PAGE);
    }

    private final NavigableMap<Long, BitSet> pages = new TreeMap<>();
    private long lastKey = -1;
    private BitSet lastPage = FULL;

    /** Takes a run of numbers, both ends included. */
    interface Run {
        void take(long from, long to);
    }

    /** Adds a number; false if it was there. */
    boolean add(long number) {
        long key = number >> PAGE_BITS;
        int bit = (int) (number & PAGE - 1);
        BitSet page = key == lastKey ? lastPage : pages.computeIfAbsent(key, absent -> new BitSet(PAGE));
        lastKey = key;
        lastPage = page;
        if (page.get(bit)) {
            return false;
        }
        page.set(bit);
        if (page.length() == PAGE && page.cardinality() == PAGE) {
            pages.put(key, FULL);
            lastPage = FULL;
        }
        return true;
    }

    /** The runs of numbers from {@code from} to {@code to} that are not in the set, ascending. */
    void forEachMissing(long from, long to, Run run) {
        long missingFrom = from;
        for (Map.Entry<Long, BitSet> entry : pages(from, to).entrySet()) {
            long base = entry.getKey() << PAGE_BITS;
            BitSet page = entry.getValue();
            for (int set = page.nextSetBit(0); set >= 0; ) {
                int clear = page.nextClearBit(set);
                long last = Math.min(base + set - 1, to);
                if (missingFrom <= last) {
                    run.take(missingFrom, last);
                }
                missingFrom = Math.max(missingFrom, base + clear);
                set = page.nextSetBit(clear);
            }
        }
        if (missingFrom <= to) {
            run.take(missingFrom, to);
        }
    }

    /** The runs of numbers from {@code from} to {@code to} that are in the set, ascending. */
    void forEachPresent(long from, long to, Run run) {
        for (Map.Entry<Long, BitSet> entry : pages(from, to).entrySet()) {
            long base = entry.getKey() << PAGE_BITS;
            BitSet page = entry.getValue();
            for (int set = page.nextSetBit(0); set >= 0; ) {
                int clear = page.nextClearBit(set);
                long first = Math.max(base + set, from);
                long last = Math.min(base + clear - 1, to);
                if (first <= last) {
                    run.take(first, last);
                }
                set = page.nextSetBit(clear);
            }
        }
    }

    private Map<Long, BitSet> pages(long from, long to) {
        return from > to ? Map.of() : pages.subMap(from >> PAGE_BITS, true, to >> PAGE_BITS, true);
    }
}
