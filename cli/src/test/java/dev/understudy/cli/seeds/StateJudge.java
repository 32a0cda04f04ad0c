package dev.understudy.cli.seeds;

import dev.understudy.lab.seeds.Truth;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableComparison.CellDifference;
import dev.understudy.trace.run.TableComparison.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** Holds the comparison of whole tables before the replay against COPY: table by table, column by column, counted. */
final class StateJudge {
    private final SeedDriver.Outcome outcome;
    private final List<String> wrong = new ArrayList<>();

    StateJudge(SeedDriver.Outcome outcome) {
        this.outcome = outcome;
    }

    List<String> wrong() {
        StateComparison before = outcome.facts().before();
        if (before == null) {
            return List.of("whole tables were not compared before the replay");
        }
        Truth truth = outcome.truth();
        Map<String, Long> cells = new TreeMap<>();
        Map<String, Long> rows = new TreeMap<>();
        Set<String> unpaired = new HashSet<>();
        for (TableComparison table : before.tables()) {
            String name = ObjectNames.table(table.baseline());
            if (table.baseline().isEmpty() || table.candidate().isEmpty()) {
                continue;
            }
            if (!table.isWhole()) {
                wrong.add("not whole: " + name + " " + table.method() + " " + table.note() + table.leftOut());
            }
            if (table.method() == Method.MULTISET) {
                unpaired.add(name);
            }
            for (CellDifference cell : table.cells()) {
                cells.merge(name + "." + cell.column(), cell.count(), Long::sum);
            }
            long oneSided = table.missing() + table.extra() + table.duplicated();
            if (oneSided > 0) {
                rows.merge(name + ".*", oneSided, Long::sum);
            }
        }
        for (String table : unpaired) {
            boolean differs = truth.cells().keySet().stream().anyMatch(ref -> isOf(ref, table))
                    || truth.rows().containsKey(table + ".*");
            boolean told =
                    rows.containsKey(table + ".*") || cells.keySet().stream().anyMatch(ref -> isOf(ref, table));
            if (differs != told) {
                wrong.add("table without key " + table + ": COPY " + differs + ", comparison " + told);
            }
        }
        compare("cells", counts(truth.cells()), cells, unpaired);
        compare("rows", counts(truth.rows()), rows, unpaired);
        return wrong;
    }

    private void compare(String what, Map<String, Long> expected, Map<String, Long> found, Set<String> unpaired) {
        expected.keySet().removeIf(ref -> unpaired.stream().anyMatch(table -> isOf(ref, table)));
        found.keySet().removeIf(ref -> unpaired.stream().anyMatch(table -> isOf(ref, table)));
        if (!expected.equals(found)) {
            wrong.add(what + ": COPY " + expected + ", comparison " + found);
        }
    }

    private static boolean isOf(String ref, String table) {
        return ref.startsWith(table + ".");
    }

    private static Map<String, Long> counts(Map<String, SortedSet<Integer>> numbers) {
        Map<String, Long> counts = new TreeMap<>();
        numbers.forEach((ref, rows) -> counts.put(ref, (long) rows.size()));
        return counts;
    }
}
