package dev.understudy.diff.compare;

import java.util.List;

/** Under what two rows are one. Rows that are one have one hash; those of one hash are looked at again. */
interface RowIdentity {
    /** A hash of a row. */
    long hash(RowReader side, int row);

    /** Whether two rows are one. */
    boolean isOne(RowReader side, int row, RowReader otherSide, int otherRow);

    /** Rows of one shape: their bytes. */
    static RowIdentity ofBytes() {
        return new RowIdentity() {
            @Override
            public long hash(RowReader side, int row) {
                return RowHashing.of(side.bytes(row));
            }

            @Override
            public boolean isOne(RowReader side, int row, RowReader otherSide, int otherRow) {
                return side.bytes(row).equals(otherSide.bytes(otherRow));
            }
        };
    }

    /** What the columns mean. */
    static RowIdentity ofValues(List<ColumnPair> columns) {
        return new RowIdentity() {
            @Override
            public long hash(RowReader side, int row) {
                return RowHashing.of(side.key(row, columns));
            }

            @Override
            public boolean isOne(RowReader side, int row, RowReader otherSide, int otherRow) {
                return side.key(row, columns).equals(otherSide.key(otherRow, columns));
            }
        };
    }
}
