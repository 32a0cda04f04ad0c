package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of two results: which belong together, and what became of the others. */
final class ShapeComparison {
    private final int step;
    private final List<Column> left;
    private final List<Column> right;
    private final DifferenceSink sink;
    /** The right column of each left one, -1 for none. */
    private final int[] partner;

    private ShapeComparison(int step, List<Column> left, List<Column> right, DifferenceSink sink) {
        this.step = step;
        this.left = left;
        this.right = right;
        this.sink = sink;
        this.partner = new int[left.size()];
    }

    /** Pairs columns by name (the n-th of that name with the n-th) and reports what differs. */
    static List<ColumnPair> compare(int step, List<Column> left, List<Column> right, DifferenceSink sink) {
        return new ShapeComparison(step, left, right, sink).pairs();
    }

    private List<ColumnPair> pairs() {
        boolean[] taken = pairByName();
        pairRenamed(taken);
        List<ColumnPair> pairs = new ArrayList<>();
        int last = -1;
        boolean reordered = false;
        for (int i = 0; i < left.size(); i++) {
            if (partner[i] < 0) {
                report(DifferenceClass.SHAPE_COLUMN_DROPPED, i, -1, left.get(i).name(), "gone");
                continue;
            }
            reordered |= partner[i] < last;
            last = partner[i];
            ColumnPair pair = new ColumnPair(i, partner[i], left.get(i), right.get(partner[i]));
            pairs.add(pair);
            typeChange(pair);
        }
        for (int j = 0; j < right.size(); j++) {
            if (!taken[j]) {
                report(DifferenceClass.SHAPE_COLUMN_ADDED, -1, j, right.get(j).name(), "new");
            }
        }
        if (reordered) {
            report(DifferenceClass.SHAPE_COLUMN_REORDERED, -1, -1, "columns", "reordered");
        }
        return pairs;
    }

    private boolean[] pairByName() {
        boolean[] taken = new boolean[right.size()];
        Arrays.fill(partner, -1);
        Map<String, List<Integer>> byName = new HashMap<>();
        for (int j = 0; j < right.size(); j++) {
            byName.computeIfAbsent(right.get(j).name(), name -> new ArrayList<>(1))
                    .add(j);
        }
        // Of columns of one name, those of one origin belong together; then they do as they come.
        pairAmong(byName, taken, true);
        pairAmong(byName, taken, false);
        return taken;
    }

    private void pairAmong(Map<String, List<Integer>> byName, boolean[] taken, boolean ofOneOrigin) {
        for (int i = 0; i < left.size(); i++) {
            for (int j : partner[i] >= 0
                    ? List.<Integer>of()
                    : byName.getOrDefault(left.get(i).name(), List.of())) {
                if (!taken[j] && partner[i] < 0 && (!ofOneOrigin || left.get(i).isFrom(right.get(j)))) {
                    partner[i] = j;
                    taken[j] = true;
                }
            }
        }
    }

    /**
     * A column that is gone and one that is new are one, renamed, where both come from one column; else where they stand in
     * the same place of results of one width.
     */
    private void pairRenamed(boolean[] taken) {
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size() && partner[i] < 0; j++) {
                if (!taken[j] && left.get(i).isFrom(right.get(j))) {
                    rename(i, j, taken);
                }
            }
        }
        for (int i = 0; i < left.size() && left.size() == right.size(); i++) {
            boolean apart =
                    !left.get(i).origin().isEmpty() && !right.get(i).origin().isEmpty();
            if (partner[i] < 0
                    && !taken[i]
                    && !apart
                    && left.get(i).type().isSameAs(right.get(i).type())) {
                rename(i, i, taken);
            }
        }
    }

    private void rename(int i, int j, boolean[] taken) {
        partner[i] = j;
        taken[j] = true;
        String names = left.get(i).name() + " → " + right.get(j).name();
        report(DifferenceClass.SHAPE_COLUMN_RENAMED, i, j, left.get(i).name(), names);
    }

    private void typeChange(ColumnPair pair) {
        TypeChange change = TypeChange.between(pair.left(), pair.right());
        if (change != null) {
            report(
                    change.type(),
                    pair.leftIndex(),
                    pair.rightIndex(),
                    pair.left().name(),
                    change.transition());
        }
    }

    private void report(DifferenceClass type, int i, int j, String path, String transition) {
        String before = i < 0 ? "" : describe(left.get(i));
        String after = j < 0 ? "" : describe(right.get(j));
        String origin = i >= 0 ? left.get(i).origin() : j >= 0 ? right.get(j).origin() : "";
        sink.add(Difference.of(type, Place.ofColumn(step, i, j), path, transition, before, after)
                .from(origin));
    }

    private static String describe(Column column) {
        return column.name() + " " + TypeChange.name(column);
    }
}
