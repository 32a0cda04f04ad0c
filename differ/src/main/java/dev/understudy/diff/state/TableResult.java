package dev.understudy.diff.state;

import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableComparison.CellDifference;
import dev.understudy.trace.run.TableComparison.Method;
import dev.understudy.trace.run.TableComparison.RowSample;
import java.util.ArrayList;
import java.util.List;

/** What is found of one table, as it is found. */
final class TableResult {
    private final TablePair pair;
    private final TablePlan plan;
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<RowSample> samples = new ArrayList<>();
    private List<CellDifference> cells = List.of();
    private long controlRows;
    private long candidateRows;
    private long missing;
    private long extra;
    private long duplicated;

    TableResult(TablePair pair, TablePlan plan) {
        this.pair = pair;
        this.plan = plan;
        pair.mapping().leftOut().forEach(column -> leftOut.add(column.column() + ": " + column.reason()));
    }

    void rows(long ofControl, long ofCandidate) {
        controlRows = ofControl;
        candidateRows = ofCandidate;
    }

    void tally(RowTally tally) {
        missing = tally.missing();
        extra = tally.extra();
        duplicated = tally.duplicated();
        long unseen = tally.changed() - tally.changedIds().size();
        if (unseen > 0) {
            notes.add(tally.changed() + " rows of equal key differ; the columns of the first "
                    + tally.changedIds().size() + " were looked at, " + unseen + " are known by their hashes only");
        }
    }

    /** Rows without a key that hold times, too many to look for pairs among them. */
    void unpaired(RowTally tally) {
        notes.add(tally.missing() + " and " + tally.extra()
                + " rows differ, more than are looked at to pair those that differ in a time only");
    }

    void cells(List<CellDifference> found) {
        cells = found;
    }

    void sample(RowSample sample) {
        samples.add(sample);
    }

    TableComparison comparison() {
        return new TableComparison(
                TablePair.name(pair.control()),
                TablePair.name(pair.candidate()),
                plan.method(),
                plan.keyNames(),
                controlRows,
                candidateRows,
                missing,
                extra,
                duplicated,
                cells,
                samples,
                leftOut,
                String.join("; ", notes),
                0);
    }

    /** A table of which not even the rows were counted. */
    static TableComparison notCompared(TablePair pair, String note) {
        return notCompared(pair, -1, -1, note);
    }

    /** A table of which rows were not compared. */
    static TableComparison notCompared(TablePair pair, long controlRows, long candidateRows, String note) {
        return new TableComparison(
                TablePair.name(pair.control()),
                TablePair.name(pair.candidate()),
                Method.NOT_COMPARED,
                List.of(),
                controlRows,
                candidateRows,
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                note,
                0);
    }

    /** The same with the time that it took. */
    static TableComparison timed(TableComparison found, long nanos) {
        return new TableComparison(
                found.baseline(),
                found.candidate(),
                found.method(),
                found.key(),
                found.baselineRows(),
                found.candidateRows(),
                found.missing(),
                found.extra(),
                found.duplicated(),
                found.cells(),
                found.samples(),
                found.leftOut(),
                found.note(),
                nanos);
    }
}
