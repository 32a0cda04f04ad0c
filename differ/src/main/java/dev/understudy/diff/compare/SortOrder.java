package dev.understudy.diff.compare;

import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.diff.statement.StatementFacts.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outermost ORDER BY, resolved to columns of the result, so that ties can be told from a broken order. */
final class SortOrder {
    private final @Nullable List<ColumnPair> columns;

    SortOrder(StatementFacts facts, List<ColumnPair> pairs) {
        this.columns = resolve(facts, pairs);
    }

    /** Whether every key of the order is a column of the result. */
    boolean isKnown() {
        return columns != null;
    }

    /** Whether the order leaves the order of these two rows open; false where it is not known. */
    boolean isTie(RowReader side, int row, RowReader otherSide, int otherRow) {
        return columns != null && side.key(row, columns).equals(otherSide.key(otherRow, columns));
    }

    private static @Nullable List<ColumnPair> resolve(StatementFacts facts, List<ColumnPair> pairs) {
        List<SortKey> order = facts.order();
        if (order.isEmpty()) {
            return null;
        }
        List<ColumnPair> columns = new ArrayList<>(order.size());
        for (SortKey key : order) {
            ColumnPair column = resolve(key, facts.items(), pairs);
            if (column == null) {
                return null;
            }
            columns.add(column);
        }
        return columns;
    }

    private static @Nullable ColumnPair resolve(SortKey key, List<SelectItem> items, List<ColumnPair> pairs) {
        if (key.ordinal() > 0) {
            return at(key.ordinal() - 1, pairs);
        }
        for (int i = 0; i < items.size() && !items.get(i).star(); i++) {
            if (items.get(i).text().equals(key.text())) {
                return at(i, pairs);
            }
        }
        return key.name().isEmpty() ? null : named(key.name(), pairs);
    }

    private static @Nullable ColumnPair at(int index, List<ColumnPair> pairs) {
        for (ColumnPair pair : pairs) {
            if (pair.leftIndex() == index) {
                return pair;
            }
        }
        return null;
    }

    /** The only column of that name. */
    private static @Nullable ColumnPair named(String name, List<ColumnPair> pairs) {
        ColumnPair found = null;
        for (ColumnPair pair : pairs) {
            if (pair.left().name().equals(name)) {
                if (found != null) {
                    return null;
                }
                found = pair;
            }
        }
        return found;
    }
}
