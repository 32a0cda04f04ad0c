package dev.understudy.diff.compare;

import dev.understudy.diff.compare.SortOrder.Tie;
import dev.understudy.diff.statement.StatementFacts;
import java.util.List;

/** What a statement leaves open about one row of its result: whether it is there, and what stands in it. */
final class RowLeeway {
    /** Rows looked at to find the one that DISTINCT ON took on the other side. */
    private static final int MAX_LOOKED_AT = 1_000;

    private final Selection selection;
    private final StatementFacts facts;
    private final RowReader left;
    private final RowReader right;
    private final SortOrder order;
    private final SortOrder distinct;
    private final PinnedColumns pinned;
    private final boolean keyed;
    private final RowPairs matched;
    private boolean contradicted;

    /** Of results whose rows are paired; {@code keyed} is whether a key names those that are not the same. */
    RowLeeway(
            Selection selection,
            StatementFacts facts,
            List<ColumnPair> pairs,
            RowReader left,
            RowReader right,
            SortOrder order,
            boolean keyed,
            RowPairs matched) {
        this.selection = selection;
        this.facts = facts;
        this.left = left;
        this.right = right;
        this.order = order;
        this.distinct = new SortOrder(facts.choice().distinctOn(), facts.items(), pairs);
        this.pinned = new PinnedColumns(facts, pairs, left);
        this.keyed = keyed;
        this.matched = matched;
    }

    /** A row of one key has other values on the other side: the rows that both took are not the same. */
    void contradict() {
        contradicted = true;
    }

    /** About a value of two rows that were held to be one. */
    Leeway ofValue(int leftRow, int rightRow, ColumnPair pair) {
        if (keyed && !matched.isByContent(leftRow)) {
            // The row is the same one; what a subquery chose may stand in a column that no table proves.
            return selection == Selection.OPEN_INSIDE && pair.origin().isEmpty() ? Leeway.UNKNOWN : Leeway.NONE;
        }
        if (!pinned.admit(right, rightRow)) {
            return Leeway.NONE;
        }
        return switch (selection) {
            case ALL ->
                isDistinctOn() && order.tie(left, leftRow, right, rightRow) != Tie.NO ? Leeway.UNKNOWN : Leeway.NONE;
            case CUT_IN_ORDER ->
                atCut(left, leftRow) == Leeway.NONE || atCut(right, rightRow) == Leeway.NONE
                        ? Leeway.NONE
                        : Leeway.UNKNOWN;
            case CUT_ANYWHERE, DRAWN, OPEN_INSIDE -> Leeway.UNKNOWN;
        };
    }

    /** About a row that one side has; {@code others} are those that the other side alone has. */
    Leeway ofRow(RowReader side, int row, RowReader otherSide, int[] others) {
        if (!pinned.admit(side, row)) {
            return Leeway.NONE;
        }
        return switch (selection) {
            case ALL -> isDistinctOn() ? taken(side, row, otherSide, others) : Leeway.NONE;
            case CUT_IN_ORDER -> atCut(side, row);
            case CUT_ANYWHERE -> keyed && !contradicted ? Leeway.LIMIT : Leeway.UNKNOWN;
            case DRAWN -> keyed && !contradicted ? Leeway.DRAWN : Leeway.UNKNOWN;
            case OPEN_INSIDE -> Leeway.UNKNOWN;
        };
    }

    private boolean isDistinctOn() {
        return !facts.choice().distinctOn().isEmpty();
    }

    /** Whether DISTINCT ON took another of several rows that the order leaves equal. */
    private Leeway taken(RowReader side, int row, RowReader otherSide, int[] others) {
        if (others.length > MAX_LOOKED_AT) {
            return Leeway.UNKNOWN;
        }
        Leeway leeway = Leeway.NONE;
        for (int other : others) {
            Tie same = distinct.tie(side, row, otherSide, other);
            Tie tie = same == Tie.NO ? Tie.NO : order.tie(side, row, otherSide, other);
            if (same == Tie.YES && tie == Tie.YES) {
                return keyed ? Leeway.TIE : Leeway.UNKNOWN;
            }
            leeway = tie == Tie.NO ? leeway : Leeway.UNKNOWN;
        }
        return leeway;
    }

    /** Both results end, or behind an OFFSET begin, with one sort key, and the row has it too. */
    private Leeway atCut(RowReader side, int row) {
        int last = left.size() - 1;
        Tie tie = both(order.tie(left, last, right, last), order.tie(side, row, side, last));
        if (facts.choice().offset() && tie != Tie.YES) {
            Tie first = both(order.tie(left, 0, right, 0), order.tie(side, row, side, 0));
            tie = first == Tie.NO ? tie : first;
        }
        return switch (tie) {
            case YES -> Leeway.TIE;
            case NO -> Leeway.NONE;
            case UNKNOWN -> Leeway.UNKNOWN;
        };
    }

    private static Tie both(Tie a, Tie b) {
        return a == Tie.NO || b == Tie.NO ? Tie.NO : a == Tie.YES ? b : a;
    }
}
