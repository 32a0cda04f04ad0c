package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;

/**
 * One classified disagreement between two answers to one exchange.
 *
 * @param type what it is called
 * @param place where it is
 * @param path column and place within its value, {@code rows}, what an error names, and so on
 * @param transition what changed, normalised
 * @param before the left side for people; empty where there is nothing to show
 * @param after the right side for people
 * @param left the left side's value; NULL also where it is about no value
 * @param right the right side's value
 * @param column the result column's name, empty where it is about no column
 * @param origin what it comes from as far as both sides prove it: {@code schema.table.column}, an error; else empty
 * @param row which row of the result it was, for people
 * @param leeway what the statement leaves open about the rows that it is about
 * @param count how many it stands for: more than one only where an answer has very many
 */
public record Difference(
        DifferenceClass type,
        Place place,
        String path,
        String transition,
        String before,
        String after,
        Value left,
        Value right,
        String column,
        String origin,
        String row,
        Leeway leeway,
        long count) {
    /** The path within the value, without the column's name; empty for the whole of it. */
    public String inside() {
        return !column.isEmpty() && path.startsWith(column) ? path.substring(column.length()) : "";
    }

    /** About a step, a row or a column as a whole. */
    static Difference of(
            DifferenceClass type, Place place, String path, String transition, String before, String after) {
        return new Difference(
                type,
                place,
                path,
                transition,
                before,
                after,
                Value.Null.NULL,
                Value.Null.NULL,
                "",
                "",
                "",
                Leeway.NONE,
                1);
    }

    Difference from(String newOrigin) {
        return new Difference(
                type, place, path, transition, before, after, left, right, column, newOrigin, row, leeway, count);
    }

    Difference inRow(String newRow) {
        return new Difference(
                type, place, path, transition, before, after, left, right, column, origin, newRow, leeway, count);
    }

    Difference within(Leeway newLeeway) {
        return new Difference(
                type, place, path, transition, before, after, left, right, column, origin, row, newLeeway, count);
    }

    Difference times(long newCount) {
        return new Difference(
                type, place, path, transition, before, after, left, right, column, origin, row, leeway, newCount);
    }
}
