package dev.understudy.diff.parity;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Empty and wrong copies by their looks, where no digest from before the migration tells. A single table that is missing
 * or empty while others are fine is the migration's doing.
 */
final class CopyHeuristics {
    private static final String TABLES = "rpmf";
    /** So many tables emptied at once are no migration's doing, whatever else the copy holds. */
    private static final int SEVERAL = 2;

    private final @Nullable Catalog recorded;
    private final @Nullable ArmState control;
    private final ArmState candidate;
    private final @Nullable StateComparison before;
    private final TouchedObjects touched;

    CopyHeuristics(
            @Nullable Catalog recorded,
            @Nullable ArmState control,
            ArmState candidate,
            @Nullable StateComparison before,
            TouchedObjects touched) {
        this.recorded = recorded;
        this.control = control;
        this.candidate = candidate;
        this.before = before;
        this.touched = touched;
    }

    void failures(List<ParityFailure> failures) {
        Contents captured = recorded == null ? null : new Contents(recorded, List.of(), Map.of());
        Map<String, Long> counted = new HashMap<>();
        Map<String, Long> countedOnControl = new HashMap<>();
        if (before != null) {
            for (TableComparison table : before.tables()) {
                counted.put(table.candidate(), table.candidateRows());
                countedOnControl.put(table.baseline(), table.baselineRows());
            }
        }
        Contents target = new Contents(candidate.catalog(), candidate.tables(), counted);
        if (control == null) {
            if (captured != null) {
                check("target", captured, target, failures);
            }
            return;
        }
        Contents baseline = new Contents(control.catalog(), control.tables(), countedOnControl);
        if (captured != null) {
            check("control", captured, baseline, failures);
        }
        check("target", baseline, target, failures);
        if (failures.isEmpty() && hasNothingInCommon()) {
            failures.add(new ParityFailure(
                    ParityName.WRONG_COPY,
                    "no row of any table that the trace touches is on both copies; restore both from one snapshot"));
        }
    }

    private boolean hasNothingInCommon() {
        if (before == null) {
            return false;
        }
        List<TableComparison> filled = before.tables().stream()
                .filter(table -> touched.tables().contains(table.baseline()))
                .filter(table -> table.baselineRows() > 0 && table.candidateRows() > 0)
                .toList();
        return filled.size() >= SEVERAL && filled.stream().allMatch(CopyHeuristics::hasNothingInCommon);
    }

    /** Whether rows were paired by a key, and not one is on both sides. */
    private static boolean hasNothingInCommon(TableComparison table) {
        return table.method() == TableComparison.Method.KEY
                && table.missing() == table.baselineRows()
                && table.extra() == table.candidateRows();
    }

    private void check(String name, Contents needed, Contents arm, List<ParityFailure> failures) {
        TreeSet<String> tables = new TreeSet<>();
        for (String table : touched.tables()) {
            if (needed.has(table) && needed.mayHoldRows(table, touched.rowsAnswered() > 0)) {
                tables.add(table);
            }
        }
        if (tables.isEmpty()) {
            return;
        }
        boolean missing = tables.stream().noneMatch(arm::has);
        boolean empty = tables.stream().allMatch(table -> !arm.has(table) || arm.isEmpty(table));
        boolean othersAreFine = arm.holdsRows() && tables.size() < SEVERAL;
        if (!empty || othersAreFine) {
            return;
        }
        String list = ParityCheck.list(List.copyOf(tables));
        if (missing && arm.hasTables()) {
            failures.add(new ParityFailure(
                    ParityName.WRONG_COPY,
                    "the " + name + " has other tables than those that the trace touches (" + list
                            + "); is it a copy of the captured database?"));
        } else {
            failures.add(new ParityFailure(
                    ParityName.EMPTY_COPY,
                    "the " + name + " has no " + (missing ? "tables" : "rows") + " where the trace needs them (" + list
                            + "); restore it from a snapshot of the captured database"));
        }
    }

    /** What one database holds, as far as it is known. */
    private static final class Contents {
        private final Map<String, Catalog.Relation> relations = new HashMap<>();
        private final Map<String, Long> rows = new HashMap<>();

        Contents(Catalog catalog, List<TableState> tables, Map<String, Long> counted) {
            catalog.relations().stream()
                    .filter(relation -> TABLES.indexOf(relation.kind()) >= 0)
                    .forEach(relation -> relations.put(relation.qualifiedName(), relation));
            tables.stream()
                    .filter(table -> table.note().isEmpty())
                    .forEach(table -> rows.put(table.table(), table.rows()));
            counted.forEach((table, count) -> {
                if (count >= 0) {
                    rows.put(table, count);
                }
            });
        }

        boolean has(String table) {
            return relations.containsKey(table);
        }

        boolean hasTables() {
            return !relations.isEmpty();
        }

        /** Rows of a table and its parts; null if they were not counted. */
        private @Nullable Long rows(String table) {
            Long sum = rows.get(table);
            for (Catalog.Relation relation : relations.values()) {
                if (relation.parents().contains(table)) {
                    Long part = rows(relation.qualifiedName());
                    sum = part == null ? sum : Long.valueOf(part + (sum == null ? 0 : sum));
                }
            }
            return sum;
        }

        /** Whether it holds rows; where none were counted, whether answers had some. */
        boolean mayHoldRows(String table, boolean answered) {
            Long known = rows(table);
            return known == null ? answered : known > 0;
        }

        boolean isEmpty(String table) {
            Long known = rows(table);
            return known != null && known == 0;
        }

        boolean holdsRows() {
            return relations.keySet().stream().anyMatch(table -> {
                Long known = rows(table);
                return known != null && known > 0;
            });
        }
    }
}
