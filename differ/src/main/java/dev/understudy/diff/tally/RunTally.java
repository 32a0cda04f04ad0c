package dev.understudy.diff.tally;

import dev.understudy.diff.attribute.BlindPath;
import dev.understudy.diff.attribute.Timeline;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupBook;
import dev.understudy.diff.group.PathKey;
import dev.understudy.diff.report.ErrorCount;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the tallies of all partitions say together, and what only the whole run could decide. Belongs to one thread.
 */
public final class RunTally {
    private final PartitionTally whole;

    private RunTally(PartitionTally whole) {
        this.whole = whole;
    }

    /** The partitions' tallies together; they stay as they are. */
    public static RunTally of(Bounds bounds, Collection<PartitionTally> partitions) {
        PartitionTally whole = new PartitionTally(bounds);
        partitions.forEach(whole::add);
        whole.settle();
        return new RunTally(whole);
    }

    /** In which class exchanges ended, and what they touched. */
    public Coverage coverage() {
        return whole.coverage();
    }

    /** The differences; what is found outside the outcomes may be added. */
    public GroupBook groups() {
        return whole.groups();
    }

    /** When each exchange ran on the baseline and on the candidate. */
    public Timeline baselineToCandidate() {
        return whole.baselineToCandidate();
    }

    /** Compared exchanges on which both arms agree with each other and not with production. */
    public long environmentExchanges() {
        return whole.environment();
    }

    /** Errors by SQLSTATE. */
    public List<ErrorCount> errors() {
        return whole.errors().all();
    }

    /** The groups in the order of a report. */
    public List<DifferenceGroup> differenceGroups() {
        Map<String, Long> dependants = whole.dependants().byGroup();
        return whole.groups().groups(this::comparisons).stream()
                .map(group -> group.withDependants(dependants.getOrDefault(group.id(), 0L)))
                .toList();
    }

    /** Paths whose noise nothing explains. */
    public List<BlindPath> blindPaths() {
        return whole.blind().blind(counts -> comparisons(counts.fingerprint(), true));
    }

    private long comparisons(PathKey key) {
        return comparisons(key.fingerprint(), key.type().isValue() || key.type().isRow());
    }

    private long comparisons(String fingerprint, boolean perRow) {
        if (fingerprint.isEmpty()) {
            return 0;
        }
        StatementTally statements = whole.coverage().statements();
        long steps = statements.steps(fingerprint);
        return perRow ? Math.max(steps, statements.rows(fingerprint)) : steps;
    }
}
