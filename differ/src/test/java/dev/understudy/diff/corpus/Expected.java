package dev.understudy.diff.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.report.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be said of a case.
 *
 * @param kind which rule holds
 * @param differences under {@link Kind#EXACTLY}, all of them
 */
record Expected(Kind kind, List<ExpectedDifference> differences) {
    enum Kind {
        /** Exactly these differences. */
        EXACTLY,
        /** Nothing. */
        SAME,
        /** Nothing, or that a type has another name. */
        SAME_OR_SHAPE,
        /** Nothing, or something minor. */
        SAME_OR_MINOR,
        /** A finding, or that it cannot be compared: what cannot be read is never the same. */
        NOT_SAME
    }

    static Expected of(JsonNode written) {
        List<ExpectedDifference> all = new ArrayList<>();
        if (written.isArray()) {
            written.forEach(each -> all.add(ExpectedDifference.of(each)));
            return new Expected(Kind.EXACTLY, all);
        }
        return new Expected(
                switch (written.asText()) {
                    case "same" -> Kind.SAME;
                    case "same-or-shape" -> Kind.SAME_OR_SHAPE;
                    case "same-or-minor" -> Kind.SAME_OR_MINOR;
                    case "not-same" -> Kind.NOT_SAME;
                    default -> throw new IllegalArgumentException("expect=" + written);
                },
                all);
    }

    /** Whether the migration is to blame for all of it, whatever the class. */
    boolean isMigrationAlone() {
        return kind == Kind.EXACTLY
                && differences.stream()
                        .allMatch(each -> each.attributions().equals(List.of(Attribution.MIGRATION.label())));
    }

    /** What of the report is not as it must be; empty if nothing. */
    List<String> mismatches(Report report) {
        List<DifferenceGroup> found = report.groups().stream()
                .filter(group -> !group.fingerprint().isEmpty())
                .toList();
        return switch (kind) {
            case EXACTLY -> exactly(found);
            case SAME -> found.stream().map(Expected::shown).toList();
            case SAME_OR_SHAPE ->
                found.stream()
                        .filter(group -> !group.type().name().startsWith("SHAPE_TYPE_"))
                        .map(Expected::shown)
                        .toList();
            case SAME_OR_MINOR ->
                found.stream()
                        .filter(group -> group.severity() != Severity.MINOR)
                        .map(Expected::shown)
                        .toList();
            case NOT_SAME ->
                found.stream().anyMatch(group -> group.disposition() != GroupDisposition.ATTRIBUTED)
                                || report.ledger().notComparable() > 0
                        ? List.of()
                        : List.of("is called the same");
        };
    }

    private List<String> exactly(List<DifferenceGroup> found) {
        long[] counts = new long[differences.size()];
        int[] groups = new int[differences.size()];
        boolean[] transition = new boolean[differences.size()];
        List<String> wrong = new ArrayList<>();
        boolean unexplained = found.stream().anyMatch(group -> group.attribution() == Attribution.UNEXPLAINED);
        for (DifferenceGroup group : found) {
            int at = 0;
            while (at < differences.size() && !differences.get(at).matches(group)) {
                at++;
            }
            if (at == differences.size()) {
                if (!(unexplained && group.type().name().equals("RUN_BLIND"))) {
                    wrong.add("unexpected: " + shown(group));
                }
                continue;
            }
            counts[at] += group.count();
            groups[at]++;
            transition[at] |= differences.get(at).hasTransition(group);
        }
        for (int i = 0; i < differences.size(); i++) {
            differences.get(i).missing(counts[i], groups[i], transition[i]).ifPresent(wrong::add);
        }
        return wrong;
    }

    static String shown(DifferenceGroup group) {
        return group.type() + " " + group.path() + " " + group.attribution().label() + " ×" + group.count() + " ("
                + group.transition() + ") " + group.disposition().label();
    }
}
