package dev.understudy.diff.compare;

/**
 * A column of the left result and the one of the right that it belongs to.
 *
 * @param leftIndex its number on the left, from 0
 * @param rightIndex its number on the right
 */
record ColumnPair(int leftIndex, int rightIndex, Column left, Column right) {
    /** Whether values of both columns that mean the same are read as equal values, whatever their formats. */
    boolean isOneType() {
        return left.type().readsLike(right.type());
    }

    /** The column that both come from; empty unless both sides prove the same one. */
    String origin() {
        return left.isFrom(right) ? left.origin() : "";
    }
}
