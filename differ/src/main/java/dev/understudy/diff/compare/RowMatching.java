package dev.understudy.diff.compare;

import dev.understudy.diff.value.LooseForm;
import dev.understudy.pgwire.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs the rows of two results as multisets: equal ones first, then those with one key, then those that mean nearly the
 * same, then the most similar. What remains is on one side only.
 */
final class RowMatching {
    /** Most comparisons of two rows when looking for the most similar; beyond that rows are held together in order. */
    static final long MAX_SIMILARITY_COMPARISONS = 250_000;

    private final RowReader left;
    private final RowReader right;
    private final List<ColumnPair> pairs;
    private final List<ColumnPair> key;
    private final boolean sameShape;
    private final RowPairs matched;

    /** Under what rows are held to be one. */
    private interface Identity {
        Object of(RowReader side, int row);
    }

    /**
     * A matching of two results.
     *
     * @param key the pairs that name a row, empty if there are none
     * @param sameShape whether both sides' rows have the same columns, types and formats in the same order
     */
    RowMatching(RowReader left, RowReader right, List<ColumnPair> pairs, List<ColumnPair> key, boolean sameShape) {
        this.left = left;
        this.right = right;
        this.pairs = pairs;
        this.key = key;
        this.sameShape = sameShape;
        this.matched = new RowPairs(left.size(), right.size());
    }

    RowPairs match() {
        inPlace();
        if (matched.isComplete()) {
            return matched;
        }
        pairBy(sameShape ? RowReader::bytes : (side, row) -> side.key(row, pairs), true);
        if (!key.isEmpty()) {
            pairBy((side, row) -> side.key(row, key), false);
        } else {
            pairBy(this::loose, false);
            mostSimilar();
        }
        whatIsLeft();
        return matched;
    }

    private void inPlace() {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            if (isEqual(i)) {
                matched.pair(i, i, true);
            }
        }
    }

    private boolean isEqual(int row) {
        return sameShape ? left.bytes(row).equals(right.bytes(row)) : left.isEqual(row, right, row);
    }

    private void pairBy(Identity identity, boolean equal) {
        Map<Object, Deque<Integer>> waiting = new HashMap<>();
        for (int row : matched.unpairedRight()) {
            waiting.computeIfAbsent(identity.of(right, row), any -> new ArrayDeque<>(1))
                    .add(row);
        }
        if (waiting.isEmpty()) {
            return;
        }
        for (int row : matched.unpairedLeft()) {
            Deque<Integer> partners = waiting.get(identity.of(left, row));
            Integer partner = partners == null ? null : partners.poll();
            if (partner != null) {
                matched.pair(row, partner, equal);
            }
        }
    }

    private Object loose(RowReader side, int row) {
        List<String> forms = new ArrayList<>(pairs.size());
        for (Value value : side.values(row, pairs)) {
            forms.add(value instanceof Value.Null ? "" : "=" + LooseForm.of(value));
        }
        return forms;
    }

    /** Each left row with the right one that shares the most values, if that is at least half of them. */
    private void mostSimilar() {
        int[] leftRows = matched.unpairedLeft();
        int[] rightRows = matched.unpairedRight();
        if (leftRows.length == 0 || rightRows.length == 0) {
            return;
        }
        if ((long) leftRows.length * rightRows.length > MAX_SIMILARITY_COMPARISONS) {
            for (int i = 0; i < Math.min(leftRows.length, rightRows.length); i++) {
                pairIfSimilar(leftRows[i], rightRows[i]);
            }
            return;
        }
        List<List<Object>> rightKeys = new ArrayList<>(rightRows.length);
        for (int row : rightRows) {
            rightKeys.add(right.key(row, pairs));
        }
        boolean[] taken = new boolean[rightRows.length];
        for (int row : leftRows) {
            List<Object> leftKey = left.key(row, pairs);
            int best = -1;
            int bestEqual = threshold() - 1;
            for (int j = 0; j < rightRows.length; j++) {
                int equal = taken[j] ? -1 : equalValues(leftKey, rightKeys.get(j));
                if (equal > bestEqual) {
                    best = j;
                    bestEqual = equal;
                }
            }
            if (best >= 0) {
                taken[best] = true;
                matched.pair(row, rightRows[best], false);
            }
        }
    }

    private void pairIfSimilar(int leftRow, int rightRow) {
        if (equalValues(left.key(leftRow, pairs), right.key(rightRow, pairs)) >= threshold()) {
            matched.pair(leftRow, rightRow, false);
        }
    }

    private int threshold() {
        return Math.max(1, (pairs.size() + 1) / 2);
    }

    private static int equalValues(List<Object> leftKey, List<Object> rightKey) {
        int equal = 0;
        for (int i = 0; i < leftKey.size(); i++) {
            equal += leftKey.get(i).equals(rightKey.get(i)) ? 1 : 0;
        }
        return equal;
    }

    /** The one row of both sides is the same row, whatever became of it; so are the rows of a single unkeyed column. */
    private void whatIsLeft() {
        boolean single = left.size() == 1 && right.size() == 1;
        boolean bare = key.isEmpty() && pairs.size() == 1 && left.size() == right.size();
        if (single || bare) {
            int[] leftRows = matched.unpairedLeft();
            int[] rightRows = matched.unpairedRight();
            for (int i = 0; i < Math.min(leftRows.length, rightRows.length); i++) {
                matched.pair(leftRows[i], rightRows[i], false);
            }
        }
    }
}
