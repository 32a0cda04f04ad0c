package dev.understudy.diff.verdict;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.BlindBook;
import dev.understudy.diff.attribute.BlindPath;
import dev.understudy.diff.attribute.ComparedStep;
import dev.understudy.diff.attribute.JudgedDifference;
import dev.understudy.diff.attribute.JudgedOutcome;
import dev.understudy.diff.attribute.OutcomeJudge;
import dev.understudy.diff.attribute.Timeline;
import dev.understudy.diff.attribute.Window;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Uncovered;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupBook;
import dev.understudy.diff.group.Observation;
import dev.understudy.diff.report.ErrorCount;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.value.ValueChange;
import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is found and counted while a run's outcomes go by. Bounded, however long the run is.
 *
 * <p>Mutable; belongs to one thread.
 */
public final class RunTally {
    /** Differences of times that wait for the run's whole timeline; more of them stay what they are. */
    static final int MAX_OPEN_CLAIMS = 20_000;
    /** SQLSTATEs told apart. */
    private static final int MAX_SQLSTATES = 1_000;

    private static final Set<String> TOO_LARGE = Set.of("truncated", "outcome-too-large");
    private static final String CONNECTION_LOST = "connection-lost";
    private static final String DEPENDS = "depends on a statement that failed";

    private final OutcomeJudge judge;
    private final boolean withControl;
    private final Coverage coverage;
    private final GroupBook groups = new GroupBook();
    private final BlindBook blind = new BlindBook();
    private final Dependants dependants = new Dependants();
    private final Timeline baselineToCandidate = new Timeline();
    private final Timeline productionToControl = new Timeline();
    private final List<OpenClaim> open = new ArrayList<>();
    private final TreeMap<String, long[]> errors = new TreeMap<>();
    private final Set<ExchangeId> environment = new HashSet<>();
    private long environmentBeyond;

    private record OpenClaim(JudgedDifference judged, ExchangeId exchange) {}

    RunTally(OutcomeJudge judge, boolean withControl, Coverage coverage) {
        this.judge = judge;
        this.withControl = withControl;
        this.coverage = coverage;
    }

    /** Takes one outcome in. */
    public void add(Outcome outcome) {
        timelines(outcome);
        if (outcome.disposition() != Disposition.COMPARED) {
            List<ComparedStep> steps = judge.statements(outcome);
            coverage.add(outcome, steps, outcome.disposition());
            notCompared(outcome, steps);
            return;
        }
        JudgedOutcome judged = judge.judge(outcome);
        String root = dependants.rootOf(outcome.id().session(), judged);
        if (root != null) {
            coverage.add(outcome, judged.steps(), Disposition.TAINTED);
            uncovered(DifferenceClass.RUN_COVERAGE, DEPENDS, root, factsAt(judged.steps(), 0), outcome.id());
            return;
        }
        dependants.remember(outcome.id().session(), judged);
        boolean covered = judged.uncovered().isEmpty();
        coverage.add(outcome, judged.steps(), covered ? Disposition.COMPARED : Disposition.NOT_COMPARABLE);
        for (Uncovered uncovered : judged.uncovered()) {
            StatementFacts facts = factsAt(judged.steps(), uncovered.step());
            uncovered(uncovered.type(), uncovered.reason(), uncovered.reason(), facts, outcome.id());
        }
        for (JudgedDifference difference : judged.differences()) {
            if (difference.claim() != null && open.size() < MAX_OPEN_CLAIMS) {
                open.add(new OpenClaim(difference, outcome.id()));
            } else {
                count(difference, difference.attribution(), outcome.id());
            }
        }
        count(judged.baselineErrors(), 0);
        count(judged.candidateErrors(), 1);
    }

    private void timelines(Outcome outcome) {
        Window production = new Window(outcome.startWallMicros(), outcome.endWallMicros());
        Window candidate = window(outcome, Arm.CANDIDATE);
        Window control = withControl ? window(outcome, Arm.CONTROL) : null;
        if (withControl && control != null) {
            productionToControl.add(production, control);
        }
        Window baseline = withControl ? control : production;
        if (baseline != null && candidate != null) {
            baselineToCandidate.add(baseline, candidate);
        }
    }

    private static @Nullable Window window(Outcome outcome, Arm arm) {
        for (ArmAnswer answer : outcome.answers()) {
            if (answer.arm() == arm) {
                return new Window(answer.sentWallMicros(), answer.sentWallMicros() + answer.latencyNanos() / 1_000);
            }
        }
        return null;
    }

    private void notCompared(Outcome outcome, List<ComparedStep> steps) {
        if (outcome.disposition() != Disposition.NOT_COMPARABLE) {
            return;
        }
        StatementFacts facts = factsAt(steps, 0);
        if (outcome.reason().equals(CONNECTION_LOST) && isLostOnCandidateOnly(outcome)) {
            Observation lost = new Observation(
                    facts.fingerprint(),
                    facts.sql(),
                    DifferenceClass.ERROR_NEW,
                    DifferenceClass.ERROR_NEW.severity(),
                    "connection",
                    "success → no answer",
                    withControl ? Attribution.MIGRATION : Attribution.MIGRATION_WITHOUT_CONTROL,
                    "connection",
                    1);
            groups.add(lost, outcome.id(), 0, 0, "", "success", "the connection ended before the answer's end");
        } else {
            DifferenceClass type = TOO_LARGE.contains(outcome.reason())
                    ? DifferenceClass.RUN_RESULT_TOO_LARGE
                    : DifferenceClass.RUN_COVERAGE;
            uncovered(type, outcome.reason(), outcome.reason(), facts, outcome.id());
        }
    }

    private static boolean isLostOnCandidateOnly(Outcome outcome) {
        boolean candidate = false;
        for (ArmAnswer answer : outcome.answers()) {
            if (answer.arm() == Arm.CONTROL && answer.brokenOff()) {
                return false;
            }
            candidate |= answer.arm() == Arm.CANDIDATE && answer.brokenOff();
        }
        return candidate && !outcome.flags().contains(ExchangeFlag.BROKEN_OFF);
    }

    private void uncovered(
            DifferenceClass type, String reason, String origin, StatementFacts facts, ExchangeId exchange) {
        Observation observation = new Observation(
                facts.fingerprint(),
                facts.sql(),
                type,
                type.severity(),
                "answer",
                reason,
                Attribution.UNKNOWN,
                origin,
                1);
        groups.add(observation, exchange, 0, 0, "", "", "");
    }

    private static StatementFacts factsAt(List<ComparedStep> steps, int step) {
        int index = Math.max(0, step);
        return index < steps.size() ? steps.get(index).facts() : StatementFacts.NONE;
    }

    private void count(JudgedDifference judged, Attribution attribution, ExchangeId exchange) {
        Difference difference = judged.difference();
        blind.add(judged, attribution);
        if (attribution == Attribution.ENVIRONMENT) {
            environment(exchange);
        }
        Observation observation = new Observation(
                judged.facts().fingerprint(),
                judged.facts().sql(),
                difference.type(),
                ValueChange.severity(difference.type(), difference.transition()),
                difference.path(),
                difference.transition(),
                attribution,
                judged.origin(),
                difference.count());
        groups.add(
                observation,
                exchange,
                difference.place().step(),
                Math.max(difference.place().leftRow(), difference.place().rightRow()),
                judged.row(),
                difference.before(),
                difference.after());
    }

    /** One exchange may show several of these; beyond the limit each counts, which overstates the share. */
    private void environment(ExchangeId exchange) {
        if (environment.size() < MAX_OPEN_CLAIMS) {
            environment.add(exchange);
        } else if (!environment.contains(exchange)) {
            environmentBeyond++;
        }
    }

    private void count(List<ServerMessage> messages, int side) {
        for (ServerMessage message : messages) {
            if (errors.size() < MAX_SQLSTATES || errors.containsKey(message.sqlState())) {
                errors.computeIfAbsent(message.sqlState(), any -> new long[2])[side]++;
            }
        }
    }

    /** After the last outcome: decides what needed the whole run. */
    public void close() {
        for (OpenClaim claim : open) {
            JudgedDifference judged = claim.judged();
            Attribution attribution = judged.claim() == null
                    ? judged.attribution()
                    : judged.claim().settle(judged.attribution(), baselineToCandidate, productionToControl);
            count(judged, attribution, claim.exchange());
        }
        open.clear();
    }

    GroupBook groups() {
        return groups;
    }

    Coverage coverage() {
        return coverage;
    }

    /** Paths whose noise nothing explains. */
    List<BlindPath> blindPaths() {
        return blind.blind(counts -> comparisons(counts.fingerprint(), true));
    }

    /** Compared exchanges on which both arms agree with each other and not with production. */
    long environmentExchanges() {
        return environment.size() + environmentBeyond;
    }

    List<ErrorCount> errors() {
        return errors.entrySet().stream()
                .map(entry -> new ErrorCount(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                .toList();
    }

    List<DifferenceGroup> differenceGroups() {
        return groups.groups(this::comparisons);
    }

    private long comparisons(Observation observation) {
        return comparisons(
                observation.fingerprint(),
                observation.type().isValue() || observation.type().isRow());
    }

    private long comparisons(String fingerprint, boolean perRow) {
        if (fingerprint.isEmpty()) {
            return 0;
        }
        StatementTally statements = coverage.statements();
        long steps = statements.steps(fingerprint);
        return perRow ? Math.max(steps, statements.rows(fingerprint)) : steps;
    }
}
