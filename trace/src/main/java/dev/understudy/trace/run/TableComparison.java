package dev.understudy.trace.run;

import java.util.List;

/**
 * One table on both arms.
 *
 * @param baseline schema.name on the control arm, empty where only the candidate has it
 * @param candidate schema.name on the candidate arm, empty where only the control has it
 * @param method how rows were paired
 * @param key the columns by which they were, by the control's names; empty unless {@code method} is KEY
 * @param baselineRows rows on the control arm, -1 if not counted
 * @param candidateRows rows on the candidate arm, -1 if not counted
 * @param missing rows that only the control has
 * @param extra rows that only the candidate has
 * @param duplicated rows whose key another row of the same arm has
 * @param cells how cells of paired rows differ, most frequent first; bounded
 * @param samples some rows that only one arm has; bounded
 * @param leftOut columns that were not compared, each with why: {@code name: why}
 * @param note why rows were not compared, or not all; empty if the whole table was
 * @param elapsedNanos how long it took
 */
public record TableComparison(
        String baseline,
        String candidate,
        Method method,
        List<String> key,
        long baselineRows,
        long candidateRows,
        long missing,
        long extra,
        long duplicated,
        List<CellDifference> cells,
        List<RowSample> samples,
        List<String> leftOut,
        String note,
        long elapsedNanos) {
    /** Copies the lists. */
    public TableComparison {
        key = List.copyOf(key);
        cells = List.copyOf(cells);
        samples = List.copyOf(samples);
        leftOut = List.copyOf(leftOut);
    }

    /** How rows were paired; the ordinal is the code in the format: append only. */
    public enum Method {
        /** By a key. */
        KEY,
        /** As a multiset of whole rows. */
        MULTISET,
        /** They were not: the note says why. */
        NOT_COMPARED
    }

    /** Whether every row and every column that both arms have was compared. */
    public boolean isWhole() {
        return method != Method.NOT_COMPARED && note.isEmpty() && leftOut.isEmpty();
    }

    /** Whether what was compared is equal. */
    public boolean isEqual() {
        return missing == 0 && extra == 0 && duplicated == 0 && cells.isEmpty();
    }

    /**
     * Cells of one column that differ in one way.
     *
     * @param column the control's name of it
     * @param candidateColumn the candidate's name of it
     * @param type the class of the difference, {@code VALUE_…}
     * @param transition what changed, normalised
     * @param count how many cells
     * @param samples some of them; bounded
     * @param moments where both values are times, the pairs, in microseconds since 1970, so that they can be held against
     *     what ran then; bounded, and of fewer cells than {@code count} where the bound was reached
     */
    public record CellDifference(
            String column,
            String candidateColumn,
            String type,
            String transition,
            long count,
            List<CellSample> samples,
            List<MomentPair> moments) {
        /** Copies the lists. */
        public CellDifference {
            samples = List.copyOf(samples);
            moments = List.copyOf(moments);
        }
    }

    /** One cell: the row's key, and its values as text; SQL NULL is {@code NULL}. */
    public record CellSample(String key, String before, String after) {}

    /**
     * Two times of one cell, and of further cells whose times are next to them.
     *
     * @param baseline microseconds since 1970
     * @param candidate the same on the candidate
     * @param zoned whether they name points in time
     * @param count how many cells
     */
    public record MomentPair(long baseline, long candidate, boolean zoned, long count) {
        /** The same with one more cell. */
        public MomentPair again() {
            return new MomentPair(baseline, candidate, zoned, count + 1);
        }
    }

    /** A row that one arm has: its key, or where there is none its columns as text. */
    public record RowSample(boolean onlyInBaseline, String row) {}
}
