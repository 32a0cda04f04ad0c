package dev.understudy.diff.group;

import dev.understudy.diff.attribute.JudgedDifference;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which groups are shown: unexpected ones first, then by severity, then by the count of their cluster; in a
 * cluster what changed in the database before the answers that show it, what is proven before what is computed from it,
 * then by their own count.
 */
public final class GroupOrder {
    private GroupOrder() {}

    /** The groups in that order. */
    public static List<DifferenceGroup> sorted(List<DifferenceGroup> groups) {
        Map<String, Long> clusters = new HashMap<>();
        groups.forEach(group -> clusters.merge(group.cluster(), group.count(), Long::sum));
        return groups.stream()
                .sorted(Comparator.comparing(DifferenceGroup::disposition)
                        .thenComparing(DifferenceGroup::severity)
                        .thenComparing(group -> clusters.getOrDefault(group.cluster(), 0L), Comparator.reverseOrder())
                        .thenComparing(DifferenceGroup::cluster)
                        .thenComparing(group -> !group.isOfDatabase())
                        .thenComparing(GroupOrder::isDerived)
                        .thenComparing(
                                Comparator.comparingLong(DifferenceGroup::count).reversed())
                        .thenComparing(DifferenceGroup::id))
                .toList();
    }

    private static boolean isDerived(DifferenceGroup group) {
        return group.origin().isEmpty() || group.origin().startsWith(JudgedDifference.DERIVED);
    }
}
