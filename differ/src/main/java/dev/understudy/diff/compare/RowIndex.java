package dev.understudy.diff.compare;

import java.util.Arrays;

/**
 * Rows by a hash of what they hold, first in first out: some 24 bytes a row and no objects. A hash proves nothing: who takes a
 * row out must look whether it is the one.
 *
 * <p>Mutable; belongs to one thread.
 */
final class RowIndex {
    private static final int NONE = -1;

    private final int[] first;
    private final int[] next;
    private final long[] hashes;
    private final int[] rows;
    private int size;

    /** Whether a row found by its hash is the one that is looked for. */
    interface Check {
        boolean isIt(int row);
    }

    /** An index of up to {@code capacity} rows. */
    RowIndex(int capacity) {
        int buckets = Integer.highestOneBit(Math.max(1, capacity)) * 2;
        first = new int[buckets];
        Arrays.fill(first, NONE);
        next = new int[capacity];
        hashes = new long[capacity];
        rows = new int[capacity];
    }

    /** Adds a row; rows are given in descending order, so that the least comes out first. */
    void addFirst(int row, long hash) {
        int bucket = bucket(hash);
        rows[size] = row;
        hashes[size] = hash;
        next[size] = first[bucket];
        first[bucket] = size++;
    }

    /** Takes out the first row of that hash which is the one looked for; -1 if there is none. */
    int poll(long hash, Check check) {
        int bucket = bucket(hash);
        int before = NONE;
        for (int at = first[bucket]; at != NONE; at = next[at]) {
            if (hashes[at] == hash && check.isIt(rows[at])) {
                if (before == NONE) {
                    first[bucket] = next[at];
                } else {
                    next[before] = next[at];
                }
                return rows[at];
            }
            before = at;
        }
        return NONE;
    }

    /** Whether a row of that hash is there which is the one looked for. */
    boolean contains(long hash, Check check) {
        for (int at = first[bucket(hash)]; at != NONE; at = next[at]) {
            if (hashes[at] == hash && check.isIt(rows[at])) {
                return true;
            }
        }
        return false;
    }

    private int bucket(long hash) {
        long mixed = hash * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 33) & first.length - 1;
    }
}
