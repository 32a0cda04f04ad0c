package dev.understudy.diff.compare;

import dev.understudy.diff.value.LooseForm;
import dev.understudy.pgwire.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the rows of two results as multisets: equal ones first, then those with one key, and of rows with keys that each
 * side drew those that hold the same beside them; without a key those that mean nearly the same, then the most similar. What remains is on one side only.
 */
final class RowMatching {
    /** Most comparisons of two rows when looking for the most similar; beyond that rows are held together in order. */
    static final long MAX_SIMILARITY_COMPARISONS = 250_000;

    private final RowReader left;
    private final RowReader right;
    private final List<ColumnPair> pairs;
    private final List<ColumnPair> key;
    private final @Nullable List<ColumnPair> content;
    private final boolean sameShape;
    private final boolean bySimilarity;
    private final boolean inOrder;
    private final RowPairs matched;
    private boolean keyed;

    /**
     * A matching of two results.
     *
     * @param key the pairs that may name a row, empty if there are none
     * @param content the pairs by which rows belong together whose key each side drew; null where none did
     * @param sameShape whether both sides' rows have the same columns, types and formats in the same order
     * @param bySimilarity whether rows that no key names, and that are not equal, may be one row that changed
     * @param inOrder whether rows that are not equal belong together as they come
     */
    RowMatching(
            RowReader left,
            RowReader right,
            List<ColumnPair> pairs,
            List<ColumnPair> key,
            @Nullable List<ColumnPair> content,
            boolean sameShape,
            boolean bySimilarity,
            boolean inOrder) {
        this.left = left;
        this.right = right;
        this.pairs = pairs;
        this.key = key;
        this.content = content;
        this.sameShape = sameShape;
        this.bySimilarity = bySimilarity;
        this.inOrder = inOrder;
        this.matched = new RowPairs(left.size(), right.size());
    }

    RowPairs match() {
        inPlace();
        if (matched.isComplete()) {
            return matched;
        }
        pairBy(sameShape ? RowIdentity.ofBytes() : RowIdentity.ofValues(pairs), true);
        if (matched.isComplete()) {
            return matched;
        }
        if (inOrder && left.size() == right.size()) {
            asTheyCome();
            return matched;
        }
        keyed = !key.isEmpty() && isUnique(left, matched.unpairedLeft()) && isUnique(right, matched.unpairedRight());
        if (keyed) {
            pairBy(RowIdentity.ofValues(key), false);
            if (bySimilarity && content != null) {
                byContent(content);
            }
        } else if (bySimilarity) {
            pairBy(loose(), false);
            mostSimilar();
        }
        if (keyed || bySimilarity) {
            whatIsLeft();
        }
        return matched;
    }

    /** Whether the key names the rows that are not the same on both sides; known when they are matched. */
    boolean isKeyed() {
        return keyed;
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

    /** By hash alone: it says that rows belong together, not that they are equal. */
    private RowIdentity loose() {
        return new RowIdentity() {
            @Override
            public long hash(RowReader side, int row) {
                List<Object> forms = new ArrayList<>(pairs.size());
                for (Value value : side.values(row, pairs)) {
                    forms.add(value instanceof Value.Null ? "" : "=" + LooseForm.of(value));
                }
                return RowHashing.of(forms);
            }

            @Override
            public boolean isOne(RowReader side, int row, RowReader otherSide, int otherRow) {
                return true;
            }
        };
    }

    private boolean isUnique(RowReader side, int[] rows) {
        RowIdentity names = RowIdentity.ofValues(key);
        RowIndex seen = new RowIndex(rows.length);
        for (int row : rows) {
            long hash = names.hash(side, row);
            if (seen.contains(hash, other -> names.isOne(side, row, side, other))) {
                return false;
            }
            seen.addFirst(row, hash);
        }
        return true;
    }

    private void pairBy(RowIdentity identity, boolean equal) {
        int[] rightRows = matched.unpairedRight();
        if (rightRows.length == 0) {
            return;
        }
        RowIndex waiting = new RowIndex(rightRows.length);
        for (int i = rightRows.length - 1; i >= 0; i--) {
            waiting.addFirst(rightRows[i], identity.hash(right, rightRows[i]));
        }
        for (int row : matched.unpairedLeft()) {
            int partner = waiting.poll(identity.hash(left, row), found -> identity.isOne(left, row, right, found));
            if (partner >= 0) {
                matched.pair(row, partner, equal);
            }
        }
    }

    /** Rows whose keys each side has for itself; those that have nothing else, as they come. */
    private void byContent(List<ColumnPair> columns) {
        int[] rows = matched.unpairedLeft();
        if (!columns.isEmpty()) {
            pairBy(RowIdentity.ofValues(columns), false);
        } else if (rows.length == matched.unpairedRight().length) {
            asTheyCome();
        }
        for (int row : rows) {
            if (matched.partnerOfLeft(row) >= 0) {
                matched.markByContent(row);
            }
        }
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
        boolean single = bySimilarity && left.size() == 1 && right.size() == 1;
        boolean bare = !keyed && pairs.size() == 1 && left.size() == right.size();
        if (single || bare) {
            asTheyCome();
        }
    }

    private void asTheyCome() {
        int[] leftRows = matched.unpairedLeft();
        int[] rightRows = matched.unpairedRight();
        for (int i = 0; i < Math.min(leftRows.length, rightRows.length); i++) {
            matched.pair(leftRows[i], rightRows[i], false);
        }
    }
}
