package dev.understudy.diff.kit;

import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableComparison.CellDifference;
import dev.understudy.trace.run.TableComparison.CellSample;
import dev.understudy.trace.run.TableComparison.Method;
import dev.understudy.trace.run.TableComparison.MomentPair;
import dev.understudy.trace.run.TableComparison.RowSample;
import java.util.ArrayList;
import java.util.List;

/** Builds comparisons of whole tables. */
public final class Tables {
    private final String name;
    private final long rows;
    private Method method = Method.KEY;
    private List<String> key = List.of("id");
    private long missing;
    private long extra;
    private long duplicated;
    private long candidateRows;
    private String note = "";
    private final List<CellDifference> cells = new ArrayList<>();
    private final List<RowSample> samples = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private Tables(String name, long rows) {
        this.name = name;
        this.rows = rows;
        this.candidateRows = rows;
    }

    /** A table, schema.name, with as many rows on both arms, and equal so far. */
    public static Tables table(String name, long rows) {
        return new Tables(name, rows);
    }

    /** Paired by these columns. */
    public Tables key(String... columns) {
        key = List.of(columns);
        return this;
    }

    /** Compared as a multiset. */
    public Tables multiset() {
        method = Method.MULTISET;
        key = List.of();
        return this;
    }

    /** Rows that only one arm has. */
    public Tables rows(long onlyInControl, long onlyInCandidate) {
        missing = onlyInControl;
        extra = onlyInCandidate;
        candidateRows = rows - onlyInControl + onlyInCandidate;
        if (onlyInControl > 0) {
            samples.add(new RowSample(true, "7"));
        }
        return this;
    }

    /** Rows with another's key. */
    public Tables duplicated(long count) {
        duplicated = count;
        return this;
    }

    /** Cells of one column that differ in one way. */
    public Tables cells(String column, String type, String transition, long count, MomentPair... moments) {
        cells.add(new CellDifference(
                column,
                column,
                type,
                transition,
                count,
                List.of(new CellSample("7", "old", "new"), new CellSample("8", "older", "newer")),
                List.of(moments)));
        return this;
    }

    /** A column that was not compared. */
    public Tables without(String column) {
        leftOut.add(column + ": no time left");
        return this;
    }

    /** Not compared at all. */
    public Tables notCompared(String why) {
        method = Method.NOT_COMPARED;
        note = why;
        return this;
    }

    /** Compared in part. */
    public Tables note(String why) {
        note = why;
        return this;
    }

    /** The comparison. */
    public TableComparison build() {
        return new TableComparison(
                name,
                name,
                method,
                key,
                rows,
                candidateRows,
                missing,
                extra,
                duplicated,
                cells,
                samples,
                leftOut,
                note,
                1);
    }
}
