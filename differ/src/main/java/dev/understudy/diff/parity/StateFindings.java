package dev.understudy.diff.parity;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.group.Sample;
import dev.understudy.diff.value.ValueChange;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableComparison.CellDifference;
import dev.understudy.trace.run.TableComparison.Method;
import dev.understudy.trace.run.TableComparison.MomentPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What whole tables say beyond the footprint: what differs after the replay and did not, or not so, before. A cause that
 * the footprint names already is not named again. Pure.
 */
public final class StateFindings {
    private static final String ABSENT = "absent";

    private final Map<String, TableComparison> before = new HashMap<>();
    private final Causes causes;

    /** What else than the migration may have made tables differ. */
    public interface Causes {
        /** Whether one exchange of the run could have written both times, each on its side. */
        boolean isClock(MomentPair times);

        /** Whether rows that the trace inserts get a value in that column, schema.table.column, that is another each time. */
        boolean isVolatile(String column);

        /** Why differences of a column's values, or with no column of a table's rows, decide nothing; empty if they do. */
        String undecided(String table, @Nullable String column);

        /** Whether statements that write the table ask a clock or chance. */
        boolean isNoisy(String table);

        /**
         * Whether a column's default makes up a value by a clock or chance for rows that the trace adds. Such rows were
         * paired by what they hold beside it, where they were not too many.
         */
        boolean isMadeUp(String table);
    }

    private StateFindings(@Nullable StateComparison before, Causes causes) {
        if (before != null) {
            before.tables().stream()
                    .filter(table -> table.method() != Method.NOT_COMPARED)
                    .forEach(table -> this.before.put(table.baseline(), table));
        }
        this.causes = causes;
    }

    /**
     * What differs after the replay beyond what differed before.
     *
     * @param before null if it was not compared: nothing can be said then of whose fault it is
     */
    public static List<Finding> beyond(@Nullable StateComparison before, StateComparison after, Causes causes) {
        StateFindings findings = new StateFindings(before, causes);
        List<Finding> found = new ArrayList<>();
        for (TableComparison table : after.tables()) {
            boolean onBoth = !table.baseline().isEmpty() && !table.candidate().isEmpty();
            if (onBoth && table.method() != Method.NOT_COMPARED) {
                findings.table(table, found);
            }
        }
        return found;
    }

    private void table(TableComparison table, List<Finding> found) {
        TableComparison start = before.get(table.baseline());
        String undecided = start == null ? "not compared before the replay" : causes.undecided(table.baseline(), null);
        boolean unpaired = table.method() == Method.MULTISET
                && table.missing() == table.extra()
                && (causes.isNoisy(table.baseline())
                        || causes.isMadeUp(table.baseline()) && !table.note().isEmpty());
        String undecidedRows = undecided.isEmpty() && unpaired
                ? "rows without a key that hold what a clock or chance gave, and which nothing pairs"
                : undecided;
        boolean generated = table.missing() == table.extra()
                && table.key().stream().anyMatch(key -> causes.isVolatile(table.baseline() + "." + key));
        List<Finding> rows =
                start == null ? rows(table, 0, 0, 0) : rows(table, start.missing(), start.extra(), start.duplicated());
        for (Finding finding : rows) {
            boolean byKey = generated && finding.type() != DifferenceClass.STATE_DUPLICATE_KEY;
            // Rows of equal content were paired in spite of their keys: these are other ones.
            String noise = byKey && undecidedRows.isEmpty() && causes.isNoisy(table.baseline())
                    ? "rows with a key made by chance hold what a clock or chance gave"
                    : undecidedRows;
            found.add(decided(finding, noise));
        }
        byColumn(table).forEach((column, cells) -> {
            for (CellDifference cell : cells) {
                if (start == null || !isKnown(start, cell)) {
                    cell(table, cell, undecided, found);
                }
            }
        });
    }

    private void cell(TableComparison table, CellDifference cell, String undecidedTable, List<Finding> found) {
        String name = table.baseline() + "." + cell.column();
        if (causes.isVolatile(name)) {
            found.add(cell(table, cell, cell.count()).attributed(Attribution.VOLATILE));
            return;
        }
        long told = cells(cell.moments().stream());
        long clock = cells(cell.moments().stream().filter(causes::isClock));
        long untold = Math.max(0, cell.count() - told);
        long other = told - clock;
        if (clock > 0) {
            found.add(cell(table, cell, clock).attributed(Attribution.CLOCK));
        }
        if (clock > 0 && other == 0 && untold > 0) {
            found.add(decided(cell(table, cell, untold), "more times than were kept"));
            return;
        }
        if (other + untold > 0) {
            String undecided = undecidedTable.isEmpty() && other == 0
                    ? causes.undecided(table.baseline(), cell.column())
                    : undecidedTable;
            found.add(decided(cell(table, cell, other + untold), undecided));
        }
    }

    private static long cells(Stream<MomentPair> moments) {
        return moments.mapToLong(MomentPair::count).sum();
    }

    private static Finding decided(Finding finding, String undecided) {
        if (undecided.isEmpty()) {
            return finding;
        }
        return new Finding(
                finding.type(),
                finding.severity(),
                finding.path(),
                finding.transition() + " (" + undecided + ")",
                Attribution.UNKNOWN,
                finding.origin(),
                finding.count(),
                finding.total(),
                finding.samples());
    }

    /** Whether the footprint has that change already: the same, or one as bad that the same values underwent. */
    private static boolean isKnown(TableComparison start, CellDifference cell) {
        return start.cells().stream()
                .filter(known ->
                        known.column().equals(cell.column()) && known.type().equals(cell.type()))
                .anyMatch(known -> known.transition().equals(cell.transition()) || severity(known) == Severity.BLOCKER);
    }

    // What one comparison says

    /** Rows that only one arm has, where none were missing before. */
    static List<Finding> rows(TableComparison table, long missing, long extra, long duplicated) {
        List<Finding> found = new ArrayList<>();
        if (table.missing() > 0 && missing == 0) {
            found.add(rows(table, DifferenceClass.STATE_ROW_MISSING, "-", table.missing()));
        }
        if (table.extra() > 0 && extra == 0) {
            found.add(rows(table, DifferenceClass.STATE_ROW_EXTRA, "+", table.extra()));
        }
        if (table.duplicated() > 0 && duplicated == 0) {
            found.add(rows(table, DifferenceClass.STATE_DUPLICATE_KEY, "", table.duplicated()));
        }
        return found;
    }

    private static Finding rows(TableComparison table, DifferenceClass type, String sign, long count) {
        String more = type == DifferenceClass.STATE_DUPLICATE_KEY ? " with a key that is another's" : "";
        List<Sample> samples = table.samples().stream()
                .filter(sample -> type != DifferenceClass.STATE_DUPLICATE_KEY
                        && sample.onlyInBaseline() == (type == DifferenceClass.STATE_ROW_MISSING))
                .map(sample -> sample.onlyInBaseline()
                        ? new Sample("", sample.row(), sample.row(), ABSENT)
                        : new Sample("", sample.row(), ABSENT, sample.row()))
                .toList();
        return new Finding(
                type,
                type.severity(),
                table.baseline(),
                sign + count + (count == 1 ? " row" : " rows") + more,
                Attribution.MIGRATION,
                table.baseline(),
                count,
                Math.max(table.baselineRows(), table.candidateRows()),
                samples);
    }

    /** The cells' differences by the control's column. */
    static Map<String, List<CellDifference>> byColumn(TableComparison table) {
        Map<String, List<CellDifference>> columns = new TreeMap<>();
        table.cells()
                .forEach(cell -> columns.computeIfAbsent(cell.column(), any -> new ArrayList<>())
                        .add(cell));
        return columns;
    }

    /** So many cells that differ in one way. */
    static Finding cell(TableComparison table, CellDifference cell, long count) {
        String path = table.baseline() + "." + cell.column();
        return new Finding(
                DifferenceClass.STATE_CELL,
                severity(cell),
                path,
                cell.type() + (cell.transition().isEmpty() ? "" : ": " + cell.transition()),
                Attribution.MIGRATION,
                path,
                count,
                Math.max(table.baselineRows(), count),
                Footprint.samples(cell));
    }

    /** What is stored is a fact, whatever an answer may do to its order or padding; its form alone is as bad as there. */
    private static Severity severity(CellDifference cell) {
        return Arrays.stream(DifferenceClass.values())
                .filter(type -> type.name().equals(cell.type()))
                .findFirst()
                .map(type -> ValueChange.severity(type, cell.transition()))
                .filter(severity -> severity == Severity.MINOR)
                .orElse(Severity.BLOCKER);
    }
}
