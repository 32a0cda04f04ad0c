package dev.understudy.diff.compare;

import dev.understudy.diff.value.ValueComparison;
import dev.understudy.diff.value.ValueReader;
import dev.understudy.pgwire.value.Value;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one side's rows by pairs of columns. */
final class RowReader {
    private final ResultRows rows;
    private final List<ColumnPair> pairs;
    private final boolean leftSide;

    RowReader(ResultRows rows, List<ColumnPair> pairs, boolean leftSide) {
        this.rows = rows;
        this.pairs = pairs;
        this.leftSide = leftSide;
    }

    int size() {
        return rows.size();
    }

    ByteBuf bytes(int row) {
        return rows.bytes(row);
    }

    List<@Nullable ByteBuf> columns(int row) {
        return rows.columns(row);
    }

    /** The raw value of this side's column of a pair. */
    @Nullable ByteBuf raw(List<@Nullable ByteBuf> columns, ColumnPair pair) {
        return columns.get(leftSide ? pair.leftIndex() : pair.rightIndex());
    }

    Value value(List<@Nullable ByteBuf> columns, ColumnPair pair) {
        ByteBuf bytes = raw(columns, pair);
        Column column = leftSide ? pair.left() : pair.right();
        return ValueReader.decode(column.type(), column.format(), bytes);
    }

    List<Value> values(int row, List<ColumnPair> which) {
        List<@Nullable ByteBuf> columns = rows.columns(row);
        List<Value> values = new ArrayList<>(which.size());
        for (ColumnPair pair : which) {
            values.add(value(columns, pair));
        }
        return values;
    }

    /** A key under which rows of both sides are equal that hold equal values in these columns. */
    List<Object> key(int row, List<ColumnPair> which) {
        List<@Nullable ByteBuf> columns = rows.columns(row);
        List<Object> key = new ArrayList<>(which.size());
        for (ColumnPair pair : which) {
            Value value = value(columns, pair);
            // Values of two types are the same where they are written the same.
            key.add(pair.isOneType() || value instanceof Value.Null ? value : ValueReader.identity(value));
        }
        return key;
    }

    /** Whether an ORDER BY holds two rows' values in these columns to be equal. */
    boolean isSortedAlike(int row, RowReader other, int otherRow, List<ColumnPair> which) {
        List<@Nullable ByteBuf> mine = rows.columns(row);
        List<@Nullable ByteBuf> theirs = other.rows.columns(otherRow);
        for (ColumnPair pair : which) {
            Value a = value(mine, pair);
            Value b = other.value(theirs, pair);
            if (!a.equals(b) && !SortForm.of(a, pair).equals(SortForm.of(b, pair))) {
                return false;
            }
        }
        return true;
    }

    /** Whether every pair means the same in both rows. */
    boolean isEqual(int row, RowReader other, int otherRow) {
        List<@Nullable ByteBuf> mine = rows.columns(row);
        List<@Nullable ByteBuf> theirs = other.rows.columns(otherRow);
        for (ColumnPair pair : pairs) {
            boolean sameBytes =
                    pair.left().isReadAs(pair.right()) && Objects.equals(raw(mine, pair), other.raw(theirs, pair));
            if (!sameBytes
                    && !ValueComparison.changes(value(mine, pair), other.value(theirs, pair))
                            .isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
