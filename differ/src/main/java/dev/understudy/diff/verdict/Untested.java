package dev.understudy.diff.verdict;

import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunStart;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a report does not say anything about. */
final class Untested {
    private final RunStart start;
    private final boolean withControl;
    private final List<String> undecidedTables;
    private final List<FootprintItem> footprint;
    private final @Nullable RunEnd end;

    Untested(
            RunStart start,
            boolean withControl,
            List<String> undecidedTables,
            List<FootprintItem> footprint,
            @Nullable RunEnd end) {
        this.start = start;
        this.withControl = withControl;
        this.undecidedTables = undecidedTables;
        this.footprint = footprint;
        this.end = end;
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (!withControl) {
            sentences.add(
                    "There was no control arm: whether a difference comes from the migration or from the copy, its"
                            + " order or its clock is told by weaker evidence, and the tables were not compared as wholes.");
        } else {
            if (footprint.isEmpty()) {
                sentences.add("The candidate did not differ from the control before the run: there was no migration to"
                        + " test.");
            }
            undecidedTables.forEach(
                    table -> sentences.add("Contents after the run were not decided for " + table + "."));
            sentences.add("Whole tables were compared by row count and one hash each, not by column or row.");
        }
        sentences.add("Whether everything that the migration changed was read and written by the trace is not"
                + " established: data that no statement read may be wrong.");
        if (!start.order().equals("session")) {
            sentences.add("Exchanges were replayed in " + start.order() + " order"
                    + (start.speed().equals("max") ? " as fast as they went" : "")
                    + ": lock waits and contention of production were not reproduced.");
        }
        sentences.add("Notices, notifications and what a Describe alone answers were not compared.");
        sentences.add("Locks, latency and query plans, invariants, and the way back were not tested.");
        if (start.recorded() == null) {
            sentences.add(
                    "The trace has no catalog: columns could not be traced to tables, and user-defined types not told"
                            + " apart.");
        }
        if (end != null) {
            new TreeMap<>(end.warnings())
                    .forEach((term, text) -> sentences.add("The replay says: " + text + " (" + term + ")."));
        }
        return sentences;
    }
}
