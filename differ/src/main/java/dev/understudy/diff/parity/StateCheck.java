package dev.understudy.diff.parity;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whole tables of control and candidate after the run, as far as a count and one hash of each table can tell. */
public final class StateCheck {
    /** Columns of these types hold what a clock or chance wrote, which the arms' runs do not share. */
    private static final Set<String> WRITTEN_BY_CHANCE = Set.of("timestamp", "date", "time", "uuid");

    private StateCheck() {}

    /**
     * A table that differs.
     *
     * @param table schema.name
     * @param type a STATE_ class
     * @param transition what changed
     * @param before on the control
     * @param after on the candidate
     */
    public record Finding(String table, DifferenceClass type, String transition, String before, String after) {}

    /**
     * What whole tables say.
     *
     * @param findings tables that the run made different
     * @param undecided tables of which a hash alone cannot tell it, each with why
     */
    public record Result(List<Finding> findings, List<String> undecided) {}

    /** Compares the arms after the run with each other, and with how they differed before. */
    public static Result check(ArmState controlBefore, ArmState candidateBefore, ArmState control, ArmState candidate) {
        Map<String, TableState> controlStart = ParityCheck.byName(controlBefore);
        Map<String, TableState> candidateStart = ParityCheck.byName(candidateBefore);
        Map<String, TableState> candidateEnd = ParityCheck.byName(candidate);
        List<Finding> findings = new ArrayList<>();
        List<String> undecided = new ArrayList<>();
        for (TableState table : control.tables()) {
            TableState other = candidateEnd.get(table.table());
            TableState start = controlStart.get(table.table());
            TableState otherStart = candidateStart.get(table.table());
            if (other == null || start == null || otherStart == null) {
                continue;
            }
            long before = otherStart.rows() - start.rows();
            long after = other.rows() - table.rows();
            if (before != after) {
                findings.add(rows(table, other, after - before));
            } else if (table.hash().isEmpty() || other.hash().isEmpty()) {
                undecided.add(table.table() + ": " + (table.note().isEmpty() ? other.note() : table.note()));
            } else if (!table.hash().equals(other.hash())) {
                contents(control.catalog(), table, start, otherStart, findings, undecided);
            }
        }
        return new Result(findings, undecided);
    }

    private static Finding rows(TableState table, TableState other, long delta) {
        return new Finding(
                table.table(),
                delta < 0 ? DifferenceClass.STATE_ROW_MISSING : DifferenceClass.STATE_ROW_EXTRA,
                (delta < 0 ? "" : "+") + delta + (Math.abs(delta) == 1 ? " row" : " rows"),
                table.rows() + " rows",
                other.rows() + " rows");
    }

    private static void contents(
            Catalog catalog,
            TableState table,
            TableState start,
            TableState otherStart,
            List<Finding> findings,
            List<String> undecided) {
        if (!start.hash().equals(otherStart.hash())) {
            undecided.add(table.table() + ": the candidate's contents differed before the run");
        } else if (hasColumnsOfChance(catalog, table.table())) {
            undecided.add(table.table() + ": it has columns that a clock or chance may have written");
        } else {
            findings.add(new Finding(
                    table.table(),
                    DifferenceClass.STATE_CELL,
                    "contents differ",
                    table.rows() + " rows, hash " + table.hash(),
                    "as many rows, another hash"));
        }
    }

    private static boolean hasColumnsOfChance(Catalog catalog, String table) {
        return catalog.relations().stream()
                .filter(relation -> relation.qualifiedName().equals(table))
                .flatMap(relation -> relation.attributes().stream())
                .anyMatch(attribute -> WRITTEN_BY_CHANCE.stream().anyMatch(attribute.typeName()::startsWith));
    }
}
