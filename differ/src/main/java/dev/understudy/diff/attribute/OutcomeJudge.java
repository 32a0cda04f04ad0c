package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Answer;
import dev.understudy.diff.compare.AnswerComparison;
import dev.understudy.diff.compare.Aspect;
import dev.understudy.diff.compare.Comparison;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.compare.Uncovered;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.Omission;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One outcome in, attributed differences out. Pure. */
public final class OutcomeJudge {
    private final Servers servers;
    private final Statements statements;
    private final AnswerComparison comparison;

    /** A judge of a run between these servers. */
    public OutcomeJudge(Servers servers, Statements statements) {
        this.servers = servers;
        this.statements = statements;
        this.comparison = new AnswerComparison(statements);
    }

    /** The answers to one exchange that was sent on every arm. */
    public JudgedOutcome judge(Outcome outcome) {
        Answer recorded = ArmAnswers.recorded(outcome, servers.recorded());
        ArmAnswer candidate = ArmAnswers.find(outcome, Arm.CANDIDATE);
        ArmAnswer control = servers.control() == null ? null : ArmAnswers.find(outcome, Arm.CONTROL);
        if (candidate == null || servers.control() != null && control == null) {
            return uncovered(recorded, "no answer of an arm");
        }
        if (candidate.sameAsRecorded() && (control == null || control.sameAsRecorded())) {
            return new JudgedOutcome(
                    steps(recorded, recorded),
                    List.of(),
                    unexplained(recorded),
                    recorded.interpretation().errors(),
                    recorded.interpretation().errors());
        }
        Answer right = ArmAnswers.of(outcome, candidate, servers.candidate());
        ServerCatalog controlCatalog = servers.control();
        if (control == null || controlCatalog == null) {
            return withoutControl(outcome, recorded, right, candidate);
        }
        Answer left = ArmAnswers.of(outcome, control, controlCatalog);
        return withControl(outcome, recorded, left, right, control, candidate);
    }

    /** The statements of an exchange that is not compared, as far as its request and production's answer tell them. */
    public List<ComparedStep> statements(Outcome outcome) {
        Answer recorded = ArmAnswers.recorded(outcome, servers.recorded());
        return steps(recorded, recorded);
    }

    private JudgedOutcome withoutControl(Outcome outcome, Answer recorded, Answer right, ArmAnswer candidate) {
        Comparison found = comparison.compare(recorded, right);
        Window left = new Window(outcome.startWallMicros(), outcome.endWallMicros());
        List<JudgedDifference> judged = new ArrayList<>(found.differences().size());
        for (Difference difference : found.differences()) {
            Explanation explanation = explain(difference, recorded, left, window(candidate), servers.recorded());
            judged.add(judged(
                    difference, Attributor.withoutControl(explanation.attribution()), explanation, recorded, right));
        }
        return outcome(recorded, right, recorded, judged, found.uncovered());
    }

    private JudgedOutcome withControl(
            Outcome outcome, Answer recorded, Answer left, Answer right, ArmAnswer control, ArmAnswer candidate) {
        boolean same = control.sameAsRecorded()
                ? candidate.sameAsRecorded()
                : !candidate.sameAsRecorded() && control.frames().equals(candidate.frames());
        Comparison found = same ? Comparison.SAME : comparison.compare(left, right);
        Comparison toControl = control.sameAsRecorded() ? Comparison.SAME : comparison.compare(recorded, left);
        Comparison toCandidate = found.differences().isEmpty() || candidate.sameAsRecorded()
                ? Comparison.SAME
                : comparison.compare(recorded, right);
        List<JudgedDifference> judged = new ArrayList<>();
        for (Difference difference : found.differences()) {
            Explanation explanation = explain(difference, left, window(control), window(candidate), servers.baseline());
            Attribution attribution =
                    Attributor.withControl(difference, toControl, toCandidate, explanation.attribution());
            judged.add(judged(difference, attribution, explanation, left, right));
        }
        environment(outcome, recorded, left, control, toControl, found, judged);
        return outcome(left, right, recorded, judged, found.uncovered());
    }

    /** Where both arms agree with each other, and production had answered otherwise. */
    private void environment(
            Outcome outcome,
            Answer recorded,
            Answer left,
            ArmAnswer control,
            Comparison toControl,
            Comparison found,
            List<JudgedDifference> judged) {
        Window production = new Window(outcome.startWallMicros(), outcome.endWallMicros());
        for (Difference difference : toControl.differences()) {
            if (found.differences().stream().anyMatch(other -> isSamePlace(difference, other))) {
                continue;
            }
            Explanation explanation = explain(difference, recorded, production, window(control), servers.recorded());
            Attribution attribution =
                    explanation.attribution() == null ? Attribution.ENVIRONMENT : explanation.attribution();
            judged.add(judged(difference, attribution, explanation, recorded, left));
        }
    }

    /** Whether a difference to the control and one from it are about one thing. */
    private static boolean isSamePlace(Difference toControl, Difference fromControl) {
        if (fromControl.place().aspect() == Aspect.ERROR) {
            return fromControl.place().step() <= toControl.place().step();
        }
        return toControl.place().step() == fromControl.place().step()
                && toControl.place().aspect() == fromControl.place().aspect()
                && toControl.place().rightRow() == fromControl.place().leftRow()
                && toControl.place().rightColumn() == fromControl.place().leftColumn();
    }

    /**
     * What may explain a difference.
     *
     * @param attribution the explanation found, null for none
     * @param claim what the run's timeline may still explain
     */
    private record Explanation(
            @Nullable Attribution attribution, @Nullable ClockClaim claim) {}

    private Explanation explain(
            Difference difference, Answer left, Window leftWindow, Window rightWindow, ServerCatalog leftCatalog) {
        if (difference.tied()) {
            return new Explanation(Attribution.TIE, null);
        }
        if (VolatileFunctions.explain(difference, facts(left, difference), defaultOf(difference, left, leftCatalog))) {
            return new Explanation(Attribution.VOLATILE, null);
        }
        ClockClaim claim = ClockClaim.of(difference);
        if (claim != null && claim.fits(leftWindow, rightWindow)) {
            return new Explanation(Attribution.CLOCK, null);
        }
        return new Explanation(null, claim);
    }

    private static @Nullable String defaultOf(Difference difference, Answer left, ServerCatalog catalog) {
        List<Step> steps = left.interpretation().steps();
        int step = difference.place().step();
        RowDescription rows = step < steps.size() ? steps.get(step).rows() : null;
        int column = difference.place().leftColumn();
        if (rows == null || column < 0 || column >= rows.fields().size()) {
            return null;
        }
        Catalog.Attribute attribute = catalog.attribute(rows.fields().get(column));
        return attribute == null ? null : attribute.defaultValue();
    }

    private JudgedDifference judged(
            Difference difference, Attribution attribution, Explanation explanation, Answer left, Answer right) {
        boolean open = attribution == Attribution.UNEXPLAINED
                || attribution == Attribution.MIGRATION_WITHOUT_CONTROL
                || attribution == Attribution.ENVIRONMENT;
        Step step = step(
                left.interpretation(),
                right.interpretation(),
                difference.place().step());
        String row = !difference.row().isEmpty() || step == null
                ? difference.row()
                : Arguments.show(step, servers.recorded().types());
        return new JudgedDifference(
                difference,
                attribution,
                open ? explanation.claim() : null,
                facts(step),
                row,
                origin(difference, facts(step), left.catalog()));
    }

    /** Where a difference comes from: proven by both servers, else the one column that the expression names. */
    private static String origin(Difference difference, StatementFacts facts, ServerCatalog catalog) {
        int column = difference.place().leftColumn();
        if (!difference.origin().isEmpty() || !difference.type().isValue() || column < 0) {
            return difference.origin();
        }
        SelectItem item = facts.itemAt(column);
        String named = item == null ? "" : catalog.onlyColumn(facts.tables(), item.names());
        return named.isEmpty() ? "" : JudgedDifference.DERIVED + named;
    }

    private static @Nullable Step step(Interpretation left, Interpretation right, int index) {
        if (index < left.steps().size() && !left.steps().get(index).sql().isEmpty()) {
            return left.steps().get(index);
        }
        return index < right.steps().size() ? right.steps().get(index) : null;
    }

    private StatementFacts facts(Answer side, Difference difference) {
        List<Step> steps = side.interpretation().steps();
        int index = difference.place().step();
        return facts(index < steps.size() ? steps.get(index) : null);
    }

    private StatementFacts facts(@Nullable Step step) {
        return step == null ? StatementFacts.NONE : statements.of(step.sql());
    }

    private static Window window(ArmAnswer answer) {
        return new Window(answer.sentWallMicros(), answer.sentWallMicros() + answer.latencyNanos() / 1_000);
    }

    private JudgedOutcome outcome(
            Answer left, Answer right, Answer recorded, List<JudgedDifference> judged, List<Uncovered> uncovered) {
        return new JudgedOutcome(
                steps(left, recorded),
                judged,
                uncovered,
                left.interpretation().errors(),
                right.interpretation().errors());
    }

    private List<ComparedStep> steps(Answer side, Answer recorded) {
        List<Step> own = side.interpretation().steps();
        List<Step> asRecorded = recorded.interpretation().steps();
        List<ComparedStep> steps = new ArrayList<>(own.size());
        for (int i = 0; i < own.size(); i++) {
            Step step = own.get(i);
            Omission omission = side.omissions().get(i);
            long rows = omission != null
                    ? omission.totalFrames()
                    : step.dataRows().size() + step.copyOut().size();
            RowDescription shape = i < asRecorded.size() ? asRecorded.get(i).rows() : null;
            steps.add(new ComparedStep(facts(step), rows, shape));
        }
        return steps;
    }

    private static List<Uncovered> unexplained(Answer recorded) {
        return recorded.interpretation().unexplained() == 0
                ? List.of()
                : List.of(new Uncovered(DifferenceClass.RUN_COVERAGE, -1, "frames that fit no request"));
    }

    private JudgedOutcome uncovered(Answer recorded, String reason) {
        return new JudgedOutcome(
                steps(recorded, recorded),
                List.of(),
                List.of(new Uncovered(DifferenceClass.RUN_COVERAGE, -1, reason)),
                recorded.interpretation().errors(),
                List.of());
    }
}
