package dev.understudy.diff.tally;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.ComparedStep;
import dev.understudy.diff.attribute.JudgedDifference;
import dev.understudy.diff.attribute.JudgedOutcome;
import dev.understudy.diff.attribute.OutcomeJudge;
import dev.understudy.diff.attribute.Servers;
import dev.understudy.diff.attribute.Window;
import dev.understudy.diff.compare.Aspect;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.compare.Uncovered;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.group.GroupBook;
import dev.understudy.diff.group.Observation;
import dev.understudy.diff.group.Occurrence;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.Statements;
import dev.understudy.diff.value.ValueChange;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunStart;
import dev.understudy.trace.run.TaintReason;
import dev.understudy.trace.run.ViewOrigins;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes outcomes into tallies, one after the other. Belongs to one thread; several tallies may be filled in turns. */
public final class OutcomeFold {
    private static final Set<String> TOO_LARGE = Set.of("truncated", "outcome-too-large");
    private static final String CONNECTION_LOST = "connection-lost";

    private final OutcomeJudge judge;
    private final boolean withControl;
    private final Touches touches;

    /**
     * A fold of a run.
     *
     * @param withControl whether to hold the candidate against the control arm, which the run then must have
     * @throws IllegalArgumentException if the run lacks an arm
     */
    public static OutcomeFold of(RunStart start, boolean withControl) {
        return of(start, List.of(), withControl);
    }

    /**
     * A fold of a run.
     *
     * @param views where the arms' view columns come from, as far as the arms told
     * @param withControl whether to hold the candidate against the control arm, which the run then must have
     * @throws IllegalArgumentException if the run lacks an arm
     */
    public static OutcomeFold of(RunStart start, List<ViewOrigins> views, boolean withControl) {
        ArmState candidate = arm(start, Arm.CANDIDATE);
        ArmState control = withControl ? arm(start, Arm.CONTROL) : null;
        Servers servers = new Servers(
                ServerCatalog.withViewsOf(
                        start.recorded(),
                        control == null ? candidate.catalog() : control.catalog(),
                        views(views, control == null ? Arm.CANDIDATE : Arm.CONTROL)),
                control == null ? null : new ServerCatalog(control.catalog(), views(views, Arm.CONTROL)),
                new ServerCatalog(candidate.catalog(), views(views, Arm.CANDIDATE)));
        Catalog known =
                start.recorded() != null ? start.recorded() : control == null ? candidate.catalog() : control.catalog();
        return new OutcomeFold(new OutcomeJudge(servers, new Statements()), withControl, known.relations());
    }

    private static @Nullable ViewOrigins views(List<ViewOrigins> told, Arm arm) {
        return told.stream().filter(views -> views.arm() == arm).findFirst().orElse(null);
    }

    private static ArmState arm(RunStart start, Arm arm) {
        return start.arms().stream()
                .filter(state -> state.arm() == arm)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("arm=" + arm + ": the run has none"));
    }

    private OutcomeFold(OutcomeJudge judge, boolean withControl, List<Catalog.Relation> relations) {
        this.judge = judge;
        this.withControl = withControl;
        this.touches = new Touches(relations);
    }

    /** Takes one outcome into a tally; those of a session in their order, into one tally. */
    public void add(Outcome outcome, PartitionTally tally) {
        timelines(outcome, tally);
        ExchangeId exchange = outcome.id();
        if (outcome.disposition() != Disposition.COMPARED) {
            List<ComparedStep> steps = judge.statements(outcome);
            tally.coverage().add(outcome, steps, touches, outcome.disposition());
            notCompared(outcome, steps, tally);
            if (outcome.disposition() == Disposition.TAINTED) {
                TaintReason.parse(outcome.reason())
                        .ifPresent(reason -> tally.dependants().depends(reason.root()));
            }
            return;
        }
        JudgedOutcome judged = judge.judge(outcome);
        boolean covered = judged.uncovered().isEmpty();
        tally.coverage()
                .add(outcome, judged.steps(), touches, covered ? Disposition.COMPARED : Disposition.NOT_COMPARABLE);
        for (Uncovered uncovered : judged.uncovered()) {
            StatementFacts facts = factsAt(judged.steps(), uncovered.step());
            tally.groups().add(uncovered(uncovered.type(), uncovered.reason(), uncovered.reason(), facts, exchange));
        }
        differences(judged, exchange, tally);
        tally.errors().addBaseline(judged.baselineErrors());
        tally.errors().addCandidate(judged.candidateErrors());
    }

    private static void differences(JudgedOutcome judged, ExchangeId exchange, PartitionTally tally) {
        boolean environment = false;
        List<OpenClaims.Open> open = new ArrayList<>();
        for (JudgedDifference difference : judged.differences()) {
            Occurrence occurrence = occurrence(difference, exchange);
            if (difference.difference().place().aspect() == Aspect.ERROR) {
                tally.dependants().failed(exchange, GroupBook.idOf(occurrence.observation()));
            }
            if (difference.claim() != null) {
                open.add(new OpenClaims.Open(occurrence, difference.claim()));
            } else {
                environment |= difference.attribution() == Attribution.ENVIRONMENT;
                tally.count(occurrence);
            }
        }
        if (environment) {
            tally.environmentExchange();
        }
        if (!open.isEmpty()) {
            OpenClaims.ExchangeKey key = new OpenClaims.ExchangeKey(exchange.session(), exchange.ordinal());
            tally.open(new OpenClaims.OfExchange(key, environment, open));
        }
    }

    private void timelines(Outcome outcome, PartitionTally tally) {
        Window production = new Window(outcome.startWallMicros(), outcome.endWallMicros());
        Window candidate = window(outcome, Arm.CANDIDATE);
        Window control = withControl ? window(outcome, Arm.CONTROL) : null;
        if (withControl && control != null) {
            tally.ranProductionToControl(production, control);
        }
        Window baseline = withControl ? control : production;
        if (baseline != null && candidate != null) {
            tally.ranBaselineToCandidate(baseline, candidate);
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

    private void notCompared(Outcome outcome, List<ComparedStep> steps, PartitionTally tally) {
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
            tally.dependants().failed(outcome.id(), GroupBook.idOf(lost));
            tally.groups().add(lost, outcome.id(), 0, 0, "", "success", "the connection ended before the answer's end");
        } else {
            DifferenceClass type = TOO_LARGE.contains(outcome.reason())
                    ? DifferenceClass.RUN_RESULT_TOO_LARGE
                    : DifferenceClass.RUN_COVERAGE;
            tally.groups().add(uncovered(type, outcome.reason(), outcome.reason(), facts, outcome.id()));
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

    private static Occurrence uncovered(
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
        return new Occurrence(observation, exchange, 0, 0, "", "", "");
    }

    private static StatementFacts factsAt(List<ComparedStep> steps, int step) {
        int index = Math.max(0, step);
        return index < steps.size() ? steps.get(index).facts() : StatementFacts.NONE;
    }

    private static Occurrence occurrence(JudgedDifference judged, ExchangeId exchange) {
        Difference difference = judged.difference();
        Observation observation = new Observation(
                judged.facts().fingerprint(),
                judged.facts().sql(),
                difference.type(),
                ValueChange.severity(difference.type(), difference.transition()),
                difference.path(),
                difference.transition(),
                judged.attribution(),
                judged.origin(),
                difference.count());
        return new Occurrence(
                observation,
                exchange,
                difference.place().step(),
                Math.max(difference.place().leftRow(), difference.place().rightRow()),
                judged.row(),
                difference.before(),
                difference.after());
    }
}
