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
 * @param dependants exchanges that were not compared because they depend on one of these
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
        String origin,
        long dependants) {
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

    /** Whether it is about the database itself: its schema or whole tables. */
    public boolean isOfDatabase() {
        return type.isSchema() || type.isState();
    }

    /** The same of an object, among so many rows: nothing in its samples is of an exchange. */
    public DifferenceGroup ofObject(long total) {
        List<Sample> shown = samples.stream()
                .filter(sample -> !sample.before().isEmpty() || !sample.after().isEmpty())
                .map(sample -> new Sample("", sample.row(), sample.before(), sample.after()))
                .toList();
        return copy(attribution, disposition, total, shown, dependants);
    }

    /** The same, with nobody to blame: the arms could not be held against each other. */
    public DifferenceGroup unblamed() {
        return copy(Attribution.UNKNOWN, GroupDisposition.UNCOVERED, compared, samples, dependants);
    }

    /** The same with so many dependants. */
    public DifferenceGroup withDependants(long number) {
        return copy(attribution, disposition, compared, samples, number);
    }

    /** The same but for what is judged after the groups were made. */
    private DifferenceGroup copy(
            Attribution blamed, GroupDisposition disposed, long total, List<Sample> shown, long tainted) {
        return new DifferenceGroup(
                id,
                type,
                path,
                fingerprint,
                sql,
                blamed,
                disposed,
                severity,
                count,
                total,
                transition,
                shown,
                cluster,
                origin,
                tainted);
    }
}
