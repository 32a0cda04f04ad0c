package dev.understudy.diff.kit;

import dev.understudy.diff.compare.Aspect;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Leeway;
import dev.understudy.diff.compare.Place;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;

/** Builds differences of the column v in the first row of the first statement. */
public final class Differences {
    private Differences() {}

    /** Of the whole value. */
    public static Difference differing(DifferenceClass type, Value left, Value right) {
        return differing(type, left, right, "");
    }

    /** Of a place within the value. */
    public static Difference differing(DifferenceClass type, Value left, Value right, String inside) {
        Place place = new Place(Aspect.VALUE, 0, 0, 0, 0, 0);
        return new Difference(type, place, "v" + inside, "", "", "", left, right, "v", "", "", Leeway.NONE, 1);
    }

    /** Somewhere else: of the column v, where it is about a value; one or several counted together. */
    public static Difference differing(Place place, String path, long count) {
        return differing(DifferenceClass.VALUE_NUMERIC, place, path, count);
    }

    /** Several counted together, of the column v. */
    public static Difference differing(DifferenceClass type, long count) {
        return differing(type, new Place(Aspect.VALUE, 0, 0, 0, 0, 0), "v", count);
    }

    private static Difference differing(DifferenceClass type, Place place, String path, long count) {
        return new Difference(
                type,
                place,
                path,
                "",
                "",
                "",
                Value.Null.NULL,
                Value.Null.NULL,
                place.aspect() == Aspect.VALUE ? "v" : "",
                "",
                "",
                Leeway.NONE,
                count);
    }
}
