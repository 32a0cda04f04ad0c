package dev.understudy.diff.verdict;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.BlindPath;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.exercise.StatementCount;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.parity.Finding;
import dev.understudy.diff.parity.Footprint;
import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.diff.parity.Parity;
import dev.understudy.diff.parity.ParityFailure;
import dev.understudy.diff.report.Ledger;
import dev.understudy.diff.tally.Coverage;
import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.diff.tally.RunTally;
import dev.understudy.diff.tally.TableTally;
import dev.understudy.expect.gate.Measurements;
import dev.understudy.expect.gate.Metric;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the gates look at. Pure. */
final class GateMeasures {
    /** How the replayer's warnings begin that say what the trace lacks. */
    /** What a run says where a session was not, or not always, in its captured role. */
    private static final List<String> OTHER_ROLES = List.of("role-missing", "role-unknown", "role-escaped");

    private static final List<String> LOSSES = List.of("lost-", "skipped-", "opaque", "missing-chunks");

    private static final int MAX_NAMED = 5;

    private final @Nullable RunEnd end;
    private final RunTally tally;
    private final Exercise exercise;
    private final Parity parity;
    private final @Nullable Footprint footprint;
    private final Measurements.Builder measured = new Measurements.Builder();

    GateMeasures(RunFacts facts, RunTally tally, Exercise exercise, Parity parity, @Nullable Footprint footprint) {
        this.end = facts.end();
        this.tally = tally;
        this.exercise = exercise;
        this.parity = parity;
        this.footprint = footprint;
    }

    /**
     * Measures.
     *
     * @param groups the differences as they are reported
     * @param beyond what whole tables show beyond the footprint
     * @param blind paths with noise that nothing explains
     */
    Measurements measure(
            List<DifferenceGroup> groups,
            List<Finding> beyond,
            List<BlindPath> blind,
            Ledger ledger,
            OutcomeGaps gaps) {
        blockers(groups);
        measured.set(
                Metric.PARITY_FAILURES,
                parity.failures().size(),
                parity.failures().stream().map(ParityFailure::sentence).collect(Collectors.joining("; ")));
        Coverage coverage = tally.coverage();
        measured.set(Metric.COMPARED, ledger.compared());
        measured.share(Metric.COMPARED_SHARE, coverage.carryingCompared(), ledger.carryingData(), "");
        tables(coverage);
        measured.share(Metric.RACED_SHARE, ledger.raced(), ledger.exchanges(), "");
        if (footprint == null) {
            withoutControl(ledger);
        } else {
            withControl(footprint, beyond, blind, ledger);
        }
        measured.set(Metric.LEDGER_DIFFERENCE, imbalance(ledger));
        measured.set(Metric.UNREAD_OUTCOMES, gaps.sum());
        boolean partial = end == null || !end.complete();
        measured.set(
                Metric.PARTIAL_RUN, partial ? 1 : 0, end == null ? "it has no end" : partial ? "it was stopped" : "");
        List<String> roles = end == null
                ? List.of()
                : OTHER_ROLES.stream()
                        .map(end.warnings()::get)
                        .filter(Objects::nonNull)
                        .toList();
        measured.set(Metric.MISSING_ROLES, roles.size(), String.join("; ", roles));
        return measured.build();
    }

    /** Where parity failed, nothing can be blamed on the migration. */
    private void blockers(List<DifferenceGroup> groups) {
        List<DifferenceGroup> blockers = groups.stream()
                .filter(DifferenceGroup::isUnexpectedBlocker)
                .filter(group -> group.attribution().isMigration())
                .toList();
        if (parity.holds()) {
            measured.set(Metric.UNEXPECTED_BLOCKERS, blockers.size(), blockers.isEmpty() ? "" : first(blockers));
        } else {
            measured.notApplicable(Metric.UNEXPECTED_BLOCKERS);
        }
    }

    private void tables(Coverage coverage) {
        TableTally.Lowest lowest = coverage.tables().lowest();
        if (lowest == null) {
            measured.notApplicable(Metric.TABLE_COMPARED_SHARE);
        } else {
            measured.set(Metric.TABLE_COMPARED_SHARE, lowest.share(), "lowest for " + lowest.table());
        }
    }

    private void withoutControl(Ledger ledger) {
        measured.notApplicable(Metric.FOOTPRINT_ITEMS);
        measured.notApplicable(Metric.FOOTPRINT_NOT_EXERCISED);
        measured.notApplicable(Metric.RACED_IN_FOOTPRINT);
        measured.notApplicable(Metric.BLIND_IN_FOOTPRINT);
        measured.notApplicable(Metric.ENVIRONMENT_SHARE);
        measured.set(
                Metric.STATE_NOT_COMPARED,
                Math.max(1, tally.coverage().tables().touched().size()),
                "whole tables were not compared: no control arm");
        lost(ledger);
    }

    private void withControl(Footprint changed, List<Finding> beyond, List<BlindPath> blind, Ledger ledger) {
        measured.share(Metric.ENVIRONMENT_SHARE, tally.environmentExchanges(), ledger.compared(), "");
        measured.notApplicable(Metric.LOST_EXCHANGES);
        measured.set(Metric.FOOTPRINT_ITEMS, changed.items().size());
        Map<String, String> notCompared = changed.notCompared(exercise.relations());
        measured.set(
                Metric.STATE_NOT_COMPARED,
                notCompared.size(),
                named(notCompared.entrySet().stream()
                        .map(table -> table.getKey() + " (" + table.getValue() + ")")
                        .toList()));
        List<String> lacking = changed.items().stream()
                .filter(item -> !item.isExercised())
                .map(FootprintItem::lacking)
                .distinct()
                .toList();
        long unexercised =
                changed.items().stream().filter(item -> !item.isExercised()).count();
        measured.set(Metric.FOOTPRINT_NOT_EXERCISED, unexercised, named(lacking));
        raced(changed.tables());
        blind(changed.tables(), beyond, blind);
    }

    private void raced(Set<String> changed) {
        long raced = 0;
        Set<String> names = new TreeSet<>();
        for (StatementCount statement : tally.coverage().statements().all()) {
            Set<String> touched = new TreeSet<>(exercise.touchedBy(statement.fingerprint()));
            touched.retainAll(changed);
            if (statement.raced() > 0 && !touched.isEmpty()) {
                raced += statement.raced();
                names.addAll(touched);
            }
        }
        measured.set(Metric.RACED_IN_FOOTPRINT, raced, named(names));
    }

    private void blind(Set<String> changed, List<Finding> beyond, List<BlindPath> blind) {
        Set<String> names = new TreeSet<>();
        for (BlindPath path : blind) {
            boolean touches =
                    exercise.touchedBy(path.counts().fingerprint()).stream().anyMatch(changed::contains);
            if (touches) {
                String origin = path.counts().origin();
                names.add(
                        origin.isEmpty()
                                ? path.counts().path() + " of " + path.counts().fingerprint()
                                : origin);
            }
        }
        beyond.stream()
                .filter(finding -> finding.attribution() == Attribution.UNKNOWN)
                .filter(finding -> {
                    String table = finding.table();
                    return changed.contains(table) || !isDisturbed(table);
                })
                .map(finding -> finding.path() + " after the replay: " + finding.transition())
                .forEach(names::add);
        measured.set(Metric.BLIND_IN_FOOTPRINT, names.size(), named(names));
    }

    /** Whether statements that write a table raced, or had no answers to compare: that has limits of its own. */
    private boolean isDisturbed(String table) {
        Exercise.Counts counts = exercise.relation(table);
        return counts.raced() + counts.undone() > 0;
    }

    private static String named(Collection<String> names) {
        String shown = names.stream().limit(MAX_NAMED).collect(Collectors.joining("; "));
        return names.size() > MAX_NAMED ? shown + "; and " + (names.size() - MAX_NAMED) + " more" : shown;
    }

    /** What the trace lost: exchanges that it knows of, and chunks in which there were some. */
    private void lost(Ledger ledger) {
        Map<String, String> warnings = end == null ? Map.of() : end.warnings();
        long unknown = warnings.containsKey("missing-chunks") ? 1 : 0;
        String detail = new TreeMap<>(warnings)
                .entrySet().stream()
                        .filter(warning -> LOSSES.stream().anyMatch(warning.getKey()::startsWith))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.joining("; "));
        measured.set(Metric.LOST_EXCHANGES, Math.max(ledger.gap(), unknown), detail);
    }

    /** The classes must add up, and no fewer answers may have been there to compare than the run says it compared. */
    private long imbalance(Ledger ledger) {
        if (end == null) {
            return ledger.imbalance();
        }
        // Of what the replayer calls compared, some cannot be read, or depend on what failed.
        long said = end.dispositions().getOrDefault(Disposition.COMPARED, 0L)
                + end.dispositions().getOrDefault(Disposition.NOT_COMPARABLE, 0L)
                + end.dispositions().getOrDefault(Disposition.TAINTED, 0L);
        long seen = ledger.compared() + ledger.notComparable() + ledger.tainted();
        return Math.max(ledger.imbalance(), Math.abs(said - seen));
    }

    private static String first(List<DifferenceGroup> blockers) {
        DifferenceGroup group = blockers.get(0);
        String what = group.type().name() + " in " + group.path() + " (" + group.transition() + ")";
        return blockers.size() == 1 ? what : "first " + what;
    }
}
