package dev.understudy.replay.schedule;

import java.util.Arrays;

/**
 * What an answer shows of one row: some of its columns. Two of them may be the same version of the row, or can't be, or say
 * nothing about each other.
 */
public final class Version {
    private final long[] columns;
    private final byte[][] values;

    /** How two versions compare. */
    enum Likeness {
        /** In every column that both show. */
        SAME,
        /** In some column they are not the same. */
        OTHER,
        /** They show no column both. */
        UNKNOWN
    }

    /**
     * A version.
     *
     * @param columns what stands for each column, and for the form that its value has
     * @param values by column; empty for SQL NULL, as for an empty string. Kept, not copied
     */
    public Version(long[] columns, byte[][] values) {
        this.columns = columns;
        this.values = values;
    }

    Likeness like(Version other) {
        Likeness likeness = Likeness.UNKNOWN;
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j < other.columns.length; j++) {
                if (columns[i] == other.columns[j]) {
                    if (!Arrays.equals(values[i], other.values[j])) {
                        return Likeness.OTHER;
                    }
                    likeness = Likeness.SAME;
                }
            }
        }
        return likeness;
    }
}
