package dev.understudy.diff.group;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import java.util.List;

/**
 * Differences with one cause.
 *
 * @param id stable for the same cause in another run
 * @param type what they are called
 * @param path column and place within its value, or the object
 * @param fingerprint the statement's, empty for objects
 * @param sql the statement, normalised
 * @param attribution whose fault they are
 * @param disposition what became of them
 * @param severity how bad they are
 * @param count how many
 * @param compared of how many comparisons of the same kind; 0 where that is not known
 * @param transition what changed
 * @param samples a few of them
 * @param cluster groups of one origin share it
 * @param origin that origin as far as it is proven, for people
 */
public record DifferenceGroup(
        String id,
        DifferenceClass type,
        String path,
        String fingerprint,
        String sql,
        Attribution attribution,
        GroupDisposition disposition,
        Severity severity,
        long count,
        long compared,
        String transition,
        List<Sample> samples,
        String cluster,
        String origin) {
    /** Copies the list. */
    public DifferenceGroup {
        samples = List.copyOf(samples);
    }

    /** The part of the comparisons that differ, 0 to 1; 0 where their number is not known. */
    public double share() {
        return compared == 0 ? 0 : Math.min(1, (double) count / compared);
    }

    /** Whether it decides against the migration. */
    public boolean isUnexpectedBlocker() {
        return disposition == GroupDisposition.UNEXPECTED && severity == Severity.BLOCKER;
    }
}
