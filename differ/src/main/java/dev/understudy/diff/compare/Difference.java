package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One classified disagreement between two answers to one exchange.
 *
 * @param type what it is called
 * @param place where it is
 * @param path column and place within its value, {@code rows}, a SQLSTATE's place, and so on
 * @param transition what changed, normalised
 * @param before the left side for people; empty where there is nothing to show
 * @param after the right side for people
 * @param left the left side's value, null where there is none or it is SQL NULL
 * @param right the right side's value
 * @param column the result column's name, empty where it is about no column
 * @param origin what it comes from as far as both sides prove it: {@code schema.table.column}, an error; else empty
 * @param row which row of the statement's it was, for people
 */
public record Difference(
        DifferenceClass type,
        Place place,
        String path,
        String transition,
        String before,
        String after,
        @Nullable Value left,
        @Nullable Value right,
        String column,
        String origin,
        String row) {
    /** About a step as a whole. */
    public static Difference ofStep(
            DifferenceClass type, Place place, String path, String transition, String before, String after) {
        return new Difference(type, place, path, transition, before, after, null, null, "", "", "");
    }

    /** The same with what it comes from. */
    public Difference from(String newOrigin) {
        return new Difference(type, place, path, transition, before, after, left, right, column, newOrigin, row);
    }
}
