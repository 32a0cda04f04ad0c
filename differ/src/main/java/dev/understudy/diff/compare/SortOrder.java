package dev.understudy.diff.compare;

import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.diff.statement.StatementFacts.SortKey;
import dev.understudy.pgwire.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sort expressions, resolved to columns of the result, so that ties can be told from a broken order. */
final class SortOrder {
    /** Whether sort expressions leave open which of two rows comes first. */
    enum Tie {
        /** They are equal in both. */
        YES,
        /** They are not. */
        NO,
        /** The result does not show it. */
        UNKNOWN
    }

    private final List<Key> keys;

    /**
     * A sort expression.
     *
     * @param columns the columns that decide its value, null where the result does not show them all
     * @param exact whether it is nothing but a column, so that other values are another place in the order
     */
    private record Key(@Nullable List<ColumnPair> columns, boolean exact) {}

    SortOrder(List<SortKey> order, List<SelectItem> items, List<ColumnPair> pairs) {
        boolean stars = items.isEmpty() || items.stream().anyMatch(SelectItem::star);
        List<Key> resolved = new ArrayList<>(order.size());
        for (SortKey key : order) {
            resolved.add(resolve(key, items, pairs, stars));
        }
        this.keys = resolved;
    }

    /** Whether the order leaves the order of these two rows open. */
    Tie tie(RowReader side, int row, RowReader otherSide, int otherRow) {
        Tie tie = Tie.YES;
        for (Key key : keys) {
            List<ColumnPair> columns = key.columns();
            boolean equal = columns != null && side.isSortedAlike(row, otherSide, otherRow, columns);
            if (columns != null && !equal && key.exact() && isComparable(columns.get(0))) {
                return Tie.NO;
            }
            tie = equal ? tie : Tie.UNKNOWN;
        }
        return tie;
    }

    /** Values of a type that nobody can read may be equal and look different. */
    static boolean isComparable(ColumnPair pair) {
        return pair.left().type().reading() != ValueType.Plain.UNKNOWN
                && !pair.left().type().name().endsWith("citext");
    }

    private static Key resolve(SortKey key, List<SelectItem> items, List<ColumnPair> pairs, boolean stars) {
        if (key.ordinal() > 0) {
            return exact(at(key.ordinal() - 1, pairs));
        }
        // A bare name is an output column's before it is an input column's (chapter 7.5).
        if (!key.name().isEmpty() && !key.isQualified()) {
            ColumnPair output = named(key.name(), pairs);
            if (output != null) {
                return exact(output);
            }
        }
        for (int i = 0; i < items.size() && !items.get(i).star(); i++) {
            if (items.get(i).text().equals(key.text())) {
                return exact(at(i, pairs));
            }
        }
        if (!key.name().isEmpty()) {
            return exact(source(key.name(), items, pairs, stars));
        }
        return new Key(sources(key, items, pairs, stars), false);
    }

    private static Key exact(@Nullable ColumnPair pair) {
        return new Key(pair == null ? null : List.of(pair), pair != null);
    }

    /** The columns that an expression is computed from; null where one of its words is none of the result's. */
    private static @Nullable List<ColumnPair> sources(
            SortKey key, List<SelectItem> items, List<ColumnPair> pairs, boolean stars) {
        List<ColumnPair> columns = new ArrayList<>();
        for (String name : key.names()) {
            ColumnPair pair = source(name, items, pairs, stars);
            if (pair == null) {
                return null;
            }
            columns.add(pair);
        }
        return columns.isEmpty() ? null : columns;
    }

    /** The result's column that shows an input column of that name and nothing else. */
    private static @Nullable ColumnPair source(
            String name, List<SelectItem> items, List<ColumnPair> pairs, boolean stars) {
        if (stars) {
            return named(name, pairs);
        }
        ColumnPair found = null;
        for (int i = 0; i < items.size(); i++) {
            String text = items.get(i).text();
            if (text.equals(name) || text.endsWith(" . " + name) && text.indexOf('(') < 0) {
                if (found != null) {
                    return null;
                }
                found = at(i, pairs);
            }
        }
        return found;
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
