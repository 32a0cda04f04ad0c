package dev.understudy.diff.tally;

/**
 * How many exchanges touched a column.
 *
 * @param read production's answers showed it
 * @param readCompared of these, the exchanges that were compared
 * @param written a statement's text gave it values
 * @param writtenCompared of these, the exchanges that were compared
 */
public record ColumnCounts(long read, long readCompared, long written, long writtenCompared) {
    /** Nothing touched it. */
    public static final ColumnCounts NONE = new ColumnCounts(0, 0, 0, 0);
}
