package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.value.ValueChange;
import dev.understudy.diff.value.ValueComparison;
import dev.understudy.pgwire.value.Value;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of two results of one step, both whole. */
final class RowComparison {
    /** A row is shown with so many columns at most. */
    private static final int MAX_SHOWN_COLUMNS = 4;

    private final int step;
    private final StatementFacts facts;
    private final List<ColumnPair> pairs;
    private final List<ColumnPair> key;
    private final @Nullable List<ColumnPair> content;
    private final boolean sameShape;
    private final RowReader left;
    private final RowReader right;
    private final SortOrder order;
    private final Selection selection;
    private final RowIdentity identity;
    private RowLeeway leeway;
    private final DifferenceSink sink;

    /** Compares results whose columns are paired. {@code width} is how many columns each side has. */
    RowComparison(
            int step,
            StatementFacts facts,
            Selection selection,
            List<ColumnPair> pairs,
            List<ColumnPair> key,
            @Nullable List<ColumnPair> content,
            int[] width,
            ResultRows left,
            ResultRows right,
            DifferenceSink sink) {
        this.step = step;
        this.facts = facts;
        this.selection = selection;
        this.pairs = pairs;
        this.key = key;
        this.content = content;
        this.sameShape = width[0] == pairs.size()
                && width[1] == pairs.size()
                && pairs.stream()
                        .allMatch(pair -> pair.leftIndex() == pair.rightIndex()
                                && pair.left().isReadAs(pair.right()));
        this.left = new RowReader(left, pairs, true);
        this.right = new RowReader(right, pairs, false);
        this.order = new SortOrder(facts.order(), facts.items(), pairs);
        this.identity = sameShape ? RowIdentity.ofBytes() : RowIdentity.ofValues(pairs);
        this.leeway = new RowLeeway(selection, facts, pairs, this.left, this.right, order, false, new RowPairs(0, 0));
        this.sink = sink;
    }

    void compare() {
        boolean bySimilarity = selection != Selection.CUT_ANYWHERE && selection != Selection.DRAWN;
        RowMatching matching = new RowMatching(
                left,
                right,
                pairs,
                key,
                content,
                sameShape,
                bySimilarity,
                facts.verb().equals("insert"));
        RowPairs matched = matching.match();
        leeway = new RowLeeway(selection, facts, pairs, left, right, order, matching.isKeyed(), matched);
        int[] partners = new int[left.size()];
        for (int row = 0; row < left.size(); row++) {
            int partner = matched.partnerOfLeft(row);
            boolean changed = partner >= 0 && !matched.isEqual(row) && values(row, partner);
            partners[row] = changed ? -1 : partner;
            if (changed && matching.isKeyed() && !matched.isByContent(row)) {
                leeway.contradict();
            }
        }
        int[] extras = matched.unpairedRight();
        int[] missing = matched.unpairedLeft();
        for (int row : missing) {
            oneSided(DifferenceClass.ROW_MISSING, row, -1, leeway.ofRow(left, row, right, extras));
        }
        boolean[] again = again(matched, extras);
        for (int i = 0; i < extras.length; i++) {
            oneSided(
                    again[i] ? DifferenceClass.ROW_DUPLICATED : DifferenceClass.ROW_EXTRA,
                    -1,
                    extras[i],
                    leeway.ofRow(right, extras[i], left, missing));
        }
        if (facts.isOrdered()) {
            inOrder(partners);
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
            if (changes.size() >= ValueComparison.MAX_CHANGES) {
                furtherChanges(pair, leftRow, rightRow, leftValue, rightValue, changes.get(0));
            }
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
                leeway.ofValue(leftRow, rightRow, pair),
                1));
    }

    /** Of very many changes of one value some are not told: one more stands for the whole, so that none is overlooked. */
    private void furtherChanges(
            ColumnPair pair, int leftRow, int rightRow, Value leftValue, Value rightValue, ValueChange first) {
        add(new ValueChange(first.type(), "", "", "further changes"), pair, leftRow, rightRow, leftValue, rightValue);
    }

    /** Which of the rows that the right side alone has are there once more on both sides. */
    private boolean[] again(RowPairs matched, int[] extras) {
        boolean[] again = new boolean[extras.length];
        RowIndex waiting = new RowIndex(extras.length);
        for (int i = extras.length - 1; i >= 0; i--) {
            waiting.addFirst(i, identity.hash(right, extras[i]));
        }
        int found = 0;
        for (int row = 0; row < left.size() && found < extras.length; row++) {
            if (!matched.isEqual(row)) {
                continue;
            }
            int known = row;
            long hash = identity.hash(left, row);
            for (int i = 0; i >= 0; ) {
                i = waiting.poll(hash, each -> identity.isOne(left, known, right, extras[each]));
                if (i >= 0) {
                    again[i] = true;
                    found++;
                }
            }
        }
        return again;
    }

    private void oneSided(DifferenceClass type, int leftRow, int rightRow, Leeway open) {
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
                .within(open));
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

    private void inOrder(int[] partners) {
        OrderComparison.Inversion found = new OrderComparison(left, right, order, partners).find(identity);
        if (found == null) {
            return;
        }
        boolean open = selection == Selection.OPEN_INSIDE || !found.decided();
        sink.add(Difference.of(
                        DifferenceClass.ROW_ORDER_CHANGED,
                        Place.ofStep(Aspect.ORDER, step),
                        "order",
                        found.decided() ? "order broken" : "order differs; its key is not in the result",
                        show(left, found.first(), pairs) + " before " + show(left, found.second(), pairs),
                        show(left, found.second(), pairs) + " before " + show(left, found.first(), pairs))
                .within(open ? Leeway.UNKNOWN : Leeway.NONE));
    }
}
