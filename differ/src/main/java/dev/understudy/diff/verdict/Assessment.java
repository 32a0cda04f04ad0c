package dev.understudy.diff.verdict;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.group.Observation;
import dev.understudy.diff.parity.Footprint;
import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.diff.parity.Parity;
import dev.understudy.diff.parity.ParityCheck;
import dev.understudy.diff.parity.ParityItem;
import dev.understudy.diff.parity.StateCheck;
import dev.understudy.diff.parity.TouchedObjects;
import dev.understudy.diff.report.Ledger;
import dev.understudy.diff.report.Report;
import dev.understudy.diff.tally.Coverage;
import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.diff.tally.RunTally;
import dev.understudy.diff.tally.TableTally;
import dev.understudy.expect.gate.Decision;
import dev.understudy.expect.gate.Gates;
import dev.understudy.expect.gate.Measurements;
import dev.understudy.expect.gate.Metric;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
import dev.understudy.trace.run.RunStart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run's facts and sums, judged. Pure: what comes in decides what comes out.
 *
 * <p>Makes one report; belongs to one thread.
 */
public final class Assessment {
    /** How the replayer's warnings begin that say what the trace lacks. */
    private static final List<String> LOSSES = List.of("lost-", "skipped-", "opaque", "missing-chunks");

    private final RunFacts facts;
    private final RunStart start;
    private final @Nullable ArmState control;
    private final ArmState candidate;
    private final Coverage coverage;
    private final RunTally tally;

    /**
     * An assessment of a run.
     *
     * @param withControl whether the candidate was held against the control arm, which the run then must have
     * @param tally what was counted of the outcomes
     * @throws IllegalArgumentException if the run lacks an arm
     */
    public Assessment(RunFacts facts, boolean withControl, RunTally tally) {
        this.facts = facts;
        this.start = facts.start();
        this.candidate = require(arm(start.arms(), Arm.CANDIDATE), Arm.CANDIDATE);
        this.control = withControl ? require(arm(start.arms(), Arm.CONTROL), Arm.CONTROL) : null;
        this.tally = tally;
        this.coverage = tally.coverage();
    }

    /** The arm's state, null if the run does not have it. */
    public static @Nullable ArmState arm(List<ArmState> arms, Arm arm) {
        return arms.stream().filter(state -> state.arm() == arm).findFirst().orElse(null);
    }

    private static ArmState require(@Nullable ArmState state, Arm arm) {
        if (state == null) {
            throw new IllegalArgumentException("arm=" + arm + ": the run has none");
        }
        return state;
    }

    /** The report, after the last outcome. */
    public Report report(OutcomeGaps gaps) {
        RunEnd end = facts.end();
        Parity parity = ParityCheck.check(start.recorded(), control, candidate, touched());
        List<String> undecided = state(end);
        List<DifferenceGroup> groups = tally.differenceGroups();
        Ledger ledger = ledger(end);
        Decision decision = Gates.decide(Gates.defaults(), measure(groups, ledger, parity, end, gaps));
        List<FootprintItem> footprint =
                control == null ? List.of() : Footprint.of(control, candidate, coverage.tables()::compared);
        return new Report(
                start.run(),
                start.capture(),
                start.mode(),
                start.order(),
                decision.verdict(),
                decision.reasons(),
                ledger,
                parity,
                footprint,
                groups,
                tally.errors(),
                new Untested(start, control != null, undecided, footprint, end).sentences());
    }

    private TouchedObjects touched() {
        return new TouchedObjects() {
            @Override
            public Set<String> tables() {
                return coverage.tables().touched();
            }

            @Override
            public boolean isRead(int relationOid, int attributeNumber) {
                return coverage.isRead(relationOid, attributeNumber);
            }

            @Override
            public long rowsAnswered() {
                return coverage.rowsAnswered();
            }
        };
    }

    /** Puts what whole tables show after the run among the groups; returns what they can't tell. */
    private List<String> state(@Nullable RunEnd end) {
        ArmState controlEnd = end == null ? null : arm(end.arms(), Arm.CONTROL);
        ArmState candidateEnd = end == null ? null : arm(end.arms(), Arm.CANDIDATE);
        if (control == null || controlEnd == null || candidateEnd == null) {
            return List.of();
        }
        StateCheck.Result result = StateCheck.check(control, candidate, controlEnd, candidateEnd);
        for (StateCheck.Finding finding : result.findings()) {
            Observation observation = new Observation(
                    "",
                    "",
                    finding.type(),
                    finding.type().severity(),
                    finding.table(),
                    finding.transition(),
                    Attribution.MIGRATION,
                    finding.table(),
                    1);
            tally.groups().add(observation, finding.before(), finding.after());
        }
        return result.undecided();
    }

    private Ledger ledger(@Nullable RunEnd end) {
        Map<Disposition, Long> said = end == null ? Map.of() : end.dispositions();
        // What ended without an outcome of its own: lost or left out by the trace, or never reached.
        long gapUnseen = unseen(said, Disposition.GAP);
        long filteredUnseen = unseen(said, Disposition.FILTERED);
        long pendingUnseen = unseen(said, Disposition.PENDING);
        return new Ledger(
                end == null ? coverage.exchanges() : end.exchanges(),
                coverage.carryingData() + gapUnseen + pendingUnseen,
                coverage.count(Disposition.COMPARED),
                coverage.count(Disposition.NOT_COMPARABLE),
                coverage.count(Disposition.FILTERED) + filteredUnseen,
                coverage.count(Disposition.TAINTED),
                coverage.count(Disposition.RACED),
                coverage.count(Disposition.FORCED),
                coverage.count(Disposition.GAP) + gapUnseen,
                coverage.count(Disposition.PENDING) + pendingUnseen);
    }

    private long unseen(Map<Disposition, Long> said, Disposition disposition) {
        return Math.max(0, said.getOrDefault(disposition, 0L) - coverage.count(disposition));
    }

    private Measurements measure(
            List<DifferenceGroup> groups, Ledger ledger, Parity parity, @Nullable RunEnd end, OutcomeGaps gaps) {
        Measurements.Builder measured = new Measurements.Builder();
        List<DifferenceGroup> blockers = groups.stream()
                .filter(DifferenceGroup::isUnexpectedBlocker)
                .filter(group -> group.attribution().isMigration())
                .toList();
        measured.set(Metric.UNEXPECTED_BLOCKERS, blockers.size(), blockers.isEmpty() ? "" : first(blockers));
        long unexplained = groups.stream()
                .filter(group -> group.attribution() == Attribution.UNEXPLAINED)
                .filter(group ->
                        group.severity() == Severity.BLOCKER && group.disposition() == GroupDisposition.UNEXPECTED)
                .count();
        if (control == null) {
            measured.notApplicable(Metric.UNEXPLAINED_BLOCKERS);
            measured.notApplicable(Metric.ENVIRONMENT_SHARE);
            lost(measured, ledger, end);
        } else {
            measured.set(Metric.UNEXPLAINED_BLOCKERS, unexplained);
            measured.share(Metric.ENVIRONMENT_SHARE, tally.environmentExchanges(), ledger.compared(), "");
            measured.notApplicable(Metric.LOST_EXCHANGES);
        }
        List<ParityItem> failures = parity.failures();
        measured.set(
                Metric.PARITY_FAILURES,
                failures.size(),
                failures.stream().limit(3).map(ParityItem::text).collect(Collectors.joining("; ")));
        measured.set(Metric.COMPARED, ledger.compared());
        measured.share(Metric.COMPARED_SHARE, coverage.carryingCompared(), ledger.carryingData(), "");
        tables(measured);
        measured.share(Metric.RACED_SHARE, ledger.raced(), ledger.exchanges(), "");
        measured.set(Metric.LEDGER_DIFFERENCE, imbalance(ledger, end));
        measured.set(Metric.UNREAD_OUTCOMES, gaps.sum());
        boolean partial = end == null || !end.complete();
        measured.set(
                Metric.PARTIAL_RUN, partial ? 1 : 0, end == null ? "it has no end" : partial ? "it was stopped" : "");
        String missing = end == null ? null : end.warnings().get("role-missing");
        measured.set(Metric.MISSING_ROLES, missing == null ? 0 : 1, missing == null ? "" : missing);
        return measured.build();
    }

    /** What the trace lost: exchanges that it knows of, and chunks in which there were some. */
    private static void lost(Measurements.Builder measured, Ledger ledger, @Nullable RunEnd end) {
        Map<String, String> warnings = end == null ? Map.of() : end.warnings();
        long unknown = warnings.containsKey("missing-chunks") ? 1 : 0;
        String detail = new TreeMap<>(warnings)
                .entrySet().stream()
                        .filter(warning -> LOSSES.stream().anyMatch(warning.getKey()::startsWith))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.joining("; "));
        measured.set(Metric.LOST_EXCHANGES, Math.max(ledger.gap(), unknown), detail);
    }

    private void tables(Measurements.Builder measured) {
        TableTally.Lowest lowest = coverage.tables().lowest();
        if (lowest == null) {
            measured.notApplicable(Metric.TABLE_COMPARED_SHARE);
        } else {
            measured.set(Metric.TABLE_COMPARED_SHARE, lowest.share(), "lowest for " + lowest.table());
        }
    }

    /** The classes must add up, and no fewer answers may have been there to compare than the run says it compared. */
    private long imbalance(Ledger ledger, @Nullable RunEnd end) {
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
