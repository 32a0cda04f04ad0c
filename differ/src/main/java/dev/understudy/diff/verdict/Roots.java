package dev.understudy.diff.verdict;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.parity.Finding;
import java.util.List;
import java.util.Set;

/** Why the traffic left a table different: a statement that writes it and that failed, or wrote other rows. */
final class Roots {
    private Roots() {}

    /** The origin of the write that explains a finding, empty if no write went wrong. */
    static String of(Finding finding, List<DifferenceGroup> answers, Exercise exercise) {
        if (finding.attribution() != Attribution.MIGRATION) {
            return "";
        }
        Set<String> writers = exercise.writers(finding.table());
        return answers.stream()
                .filter(group -> group.disposition() == GroupDisposition.UNEXPECTED)
                .filter(group -> group.type().name().startsWith("ERROR_")
                        || group.type().name().startsWith("DML_"))
                .filter(group ->
                        writers.contains(group.fingerprint()) && !group.origin().isEmpty())
                .map(DifferenceGroup::origin)
                .findFirst()
                .orElse("");
    }
}
