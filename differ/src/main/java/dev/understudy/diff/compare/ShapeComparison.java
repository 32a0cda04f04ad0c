package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import java.util.ArrayList;
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
        Map<String, List<Integer>> byName = new HashMap<>();
        for (int j = 0; j < right.size(); j++) {
            byName.computeIfAbsent(right.get(j).name(), name -> new ArrayList<>(1))
                    .add(j);
        }
        for (int i = 0; i < left.size(); i++) {
            List<Integer> candidates = byName.getOrDefault(left.get(i).name(), List.of());
            partner[i] = candidates.isEmpty() ? -1 : candidates.remove(0);
            if (partner[i] >= 0) {
                taken[partner[i]] = true;
            }
        }
        return taken;
    }

    /** A column that is gone and one that is new in the same place of results of one width are one, renamed. */
    private void pairRenamed(boolean[] taken) {
        if (left.size() != right.size()) {
            return;
        }
        for (int i = 0; i < left.size(); i++) {
            if (partner[i] < 0
                    && !taken[i]
                    && left.get(i).type().isSameAs(right.get(i).type())) {
                partner[i] = i;
                taken[i] = true;
                String names = left.get(i).name() + " → " + right.get(i).name();
                report(DifferenceClass.SHAPE_COLUMN_RENAMED, i, i, left.get(i).name(), names);
            }
        }
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
