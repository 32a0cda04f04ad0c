package dev.understudy.diff.parity;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.group.Sample;
import java.util.List;

/**
 * A difference of the arms that no answer shows by itself: of an object, or of a whole table.
 *
 * @param type SCHEMA_ or STATE_
 * @param severity how bad it is
 * @param path the object: {@code schema.table}, {@code schema.table.column}, …
 * @param transition what changed
 * @param attribution whose fault it is
 * @param origin what answers that differ for the same reason have as their origin
 * @param count how many rows or cells, 1 for an object
 * @param total of how many, 0 where that has no meaning
 * @param samples some of them
 */
public record Finding(
        DifferenceClass type,
        Severity severity,
        String path,
        String transition,
        Attribution attribution,
        String origin,
        long count,
        long total,
        List<Sample> samples) {
    /** Copies the list. */
    public Finding {
        samples = List.copyOf(samples);
    }

    /** Of what whole tables show: the table, schema.name. */
    public String table() {
        return type == DifferenceClass.STATE_CELL ? path.substring(0, path.lastIndexOf('.')) : path;
    }

    /** The same with another cause. */
    Finding attributed(Attribution other) {
        return new Finding(type, severity, path, transition, other, origin, count, total, samples);
    }

    /** The same with that origin; as it is if that is empty. */
    public Finding from(String other) {
        return other.isEmpty()
                ? this
                : new Finding(type, severity, path, transition, attribution, other, count, total, samples);
    }
}
