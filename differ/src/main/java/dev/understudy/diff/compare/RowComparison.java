package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.value.ValueChange;
import dev.understudy.diff.value.ValueComparison;
import dev.understudy.pgwire.value.Value;
import io.netty.buffer.ByteBuf;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of two results of one step, both whole. */
final class RowComparison {
    /** A row is shown with so many columns at most. */
    private static final int MAX_SHOWN_COLUMNS = 4;

    private final int step;
    private final StatementFacts facts;
    private final List<ColumnPair> pairs;
    private final List<ColumnPair> key;
    private final boolean sameShape;
    private final RowReader left;
    private final RowReader right;
    private final SortOrder order;
    private final DifferenceSink sink;

    /** Compares results whose columns are paired. {@code width} is how many columns each side has. */
    RowComparison(
            int step,
            StatementFacts facts,
            List<ColumnPair> pairs,
            List<ColumnPair> key,
            int[] width,
            ResultRows left,
            ResultRows right,
            DifferenceSink sink) {
        this.step = step;
        this.facts = facts;
        this.pairs = pairs;
        this.key = key;
        this.sameShape = width[0] == pairs.size()
                && width[1] == pairs.size()
                && pairs.stream()
                        .allMatch(pair -> pair.leftIndex() == pair.rightIndex()
                                && pair.left().isReadAs(pair.right()));
        this.left = new RowReader(left, pairs, true);
        this.right = new RowReader(right, pairs, false);
        this.order = new SortOrder(facts, pairs);
        this.sink = sink;
    }

    void compare() {
        RowPairs matched = new RowMatching(left, right, pairs, key, sameShape).match();
        boolean[] changed = new boolean[left.size()];
        for (int row = 0; row < left.size(); row++) {
            int partner = matched.partnerOfLeft(row);
            if (partner >= 0 && !matched.isEqual(row)) {
                changed[row] = values(row, partner);
            }
        }
        for (int row : matched.unpairedLeft()) {
            oneSided(DifferenceClass.ROW_MISSING, row, -1);
        }
        extras(matched);
        if (facts.isOrdered()) {
            inOrder(matched, changed);
        }
    }

    private boolean values(int leftRow, int rightRow) {
        List<@Nullable ByteBuf> leftColumns = left.columns(leftRow);
        List<@Nullable ByteBuf> rightColumns = right.columns(rightRow);
        boolean changed = false;
        for (ColumnPair pair : pairs) {
            ByteBuf before = left.raw(leftColumns, pair);
            ByteBuf after = right.raw(rightColumns, pair);
            if (pair.left().isReadAs(pair.right()) && Objects.equals(before, after)) {
                continue;
            }
            Value leftValue = left.value(leftColumns, pair);
            Value rightValue = right.value(rightColumns, pair);
            List<ValueChange> changes = ValueComparison.changes(leftValue, rightValue);
            for (ValueChange change : changes) {
                changed = true;
                if (change.type().isUncovered()) {
                    sink.uncovered(change.type(), step, change.transition());
                } else {
                    add(change, pair, leftRow, rightRow, leftValue, rightValue);
                }
            }
        }
        return changed;
    }

    private void add(
            ValueChange change, ColumnPair pair, int leftRow, int rightRow, Value leftValue, Value rightValue) {
        String name = pair.left().name();
        String path = change.path().isEmpty()
                ? name
                : change.path().startsWith("$") ? name + change.path().substring(1) : name + change.path();
        String[] shown = Mask.pair(leftValue, rightValue);
        sink.add(new Difference(
                change.type(),
                new Place(Aspect.VALUE, step, leftRow, rightRow, pair.leftIndex(), pair.rightIndex()),
                path,
                change.transition(),
                shown[0],
                shown[1],
                leftValue,
                rightValue,
                name,
                pair.origin(),
                show(left, leftRow, key),
                false,
                1));
    }

    private void extras(RowPairs matched) {
        int[] extras = matched.unpairedRight();
        if (extras.length == 0) {
            return;
        }
        Set<List<Object>> known = new HashSet<>();
        for (int row = 0; row < left.size(); row++) {
            if (matched.isEqual(row)) {
                known.add(left.key(row, pairs));
            }
        }
        for (int row : extras) {
            boolean again = known.contains(right.key(row, pairs));
            oneSided(again ? DifferenceClass.ROW_DUPLICATED : DifferenceClass.ROW_EXTRA, -1, row);
        }
    }

    private void oneSided(DifferenceClass type, int leftRow, int rightRow) {
        boolean missing = leftRow >= 0;
        RowReader side = missing ? left : right;
        int row = missing ? leftRow : rightRow;
        String shown = show(side, row, pairs);
        sink.add(Difference.of(
                        facts.isDml() ? DifferenceClass.DML_RETURNING : type,
                        Place.ofRow(step, leftRow, rightRow),
                        "rows",
                        missing ? "only_in_baseline" : "only_in_candidate",
                        missing ? shown : "no such row",
                        missing ? "no such row" : shown)
                .inRow(show(side, row, key))
                .tied(isTiedAtLimit(side, row)));
    }

    /** Both results end with one sort key, and the row has it too: which of such rows come is open. */
    private boolean isTiedAtLimit(RowReader side, int row) {
        return facts.limited()
                && order.isKnown()
                && left.size() == right.size()
                && order.isTie(left, left.size() - 1, right, right.size() - 1)
                && order.isTie(side, row, left, left.size() - 1);
    }

    private static String show(RowReader side, int row, List<ColumnPair> which) {
        if (which.isEmpty()) {
            return "";
        }
        List<ColumnPair> first = which.subList(0, Math.min(MAX_SHOWN_COLUMNS, which.size()));
        List<Value> values = side.values(row, first);
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < first.size(); i++) {
            shown.append(i == 0 ? "" : ", ")
                    .append(first.get(i).left().name())
                    .append(" = ")
                    .append(Mask.alone(values.get(i)));
        }
        return shown.append(first.size() < which.size() ? ", …" : "").toString();
    }

    private void inOrder(RowPairs matched, boolean[] changed) {
        int last = -1;
        int lastRow = -1;
        for (int row = 0; row < left.size(); row++) {
            int partner = matched.partnerOfLeft(row);
            if (partner < 0 || changed[row]) {
                continue;
            }
            if (partner < last && !order.isTie(right, last, right, partner)) {
                sink.add(Difference.of(
                        DifferenceClass.ROW_ORDER_CHANGED,
                        Place.ofStep(Aspect.ORDER, step),
                        "order",
                        order.isKnown() ? "order broken" : "order differs; its key is not in the result",
                        show(left, lastRow, pairs) + " before " + show(left, row, pairs),
                        show(right, partner, pairs) + " before " + show(right, last, pairs)));
                return;
            }
            last = partner;
            lastRow = row;
        }
    }
}
