package dev.understudy.diff.group;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;

/**
 * A difference as groups see it.
 *
 * @param fingerprint the statement's, empty for an object
 * @param sql the statement, normalised
 * @param type what it is called
 * @param severity how bad it is
 * @param path column and place within its value, or the object
 * @param transition what changed
 * @param attribution whose fault it is
 * @param origin what it comes from, empty where that is not known
 * @param count how many it stands for
 */
public record Observation(
        String fingerprint,
        String sql,
        DifferenceClass type,
        Severity severity,
        String path,
        String transition,
        Attribution attribution,
        String origin,
        long count) {
    Observation as(Attribution other) {
        return new Observation(fingerprint, sql, type, severity, path, transition, other, origin, count);
    }
}
