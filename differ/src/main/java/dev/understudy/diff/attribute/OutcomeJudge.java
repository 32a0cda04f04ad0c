package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Answer;
import dev.understudy.diff.compare.AnswerComparison;
import dev.understudy.diff.compare.Comparison;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Place;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.compare.Uncovered;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.RowDescription;
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
        if (isSame(outcome, candidate) && (control == null || isSame(outcome, control))) {
            return new JudgedOutcome(
                    steps(recorded, recorded),
                    List.of(),
                    unexplained(recorded),
                    recorded.interpretation().errors(),
                    recorded.interpretation().errors());
        }
        Window production = new Window(outcome.startWallMicros(), outcome.endWallMicros());
        Answer right = answer(outcome, candidate, servers.candidate(), recorded);
        ServerCatalog controlCatalog = servers.control();
        if (control == null || controlCatalog == null) {
            return withoutControl(new Side(recorded, production), new Side(right, window(candidate)));
        }
        Answer left = answer(outcome, control, controlCatalog, recorded);
        return withControl(
                new Side(recorded, production),
                new Side(left, window(control)),
                new Side(right, window(candidate)),
                isSame(outcome, control),
                isSame(outcome, candidate),
                outcome.twins().isEmpty() && control.frames().equals(candidate.frames()));
    }

    /** Whether an arm's answer is byte for byte production's, and means the same. */
    private static boolean isSame(Outcome outcome, ArmAnswer answer) {
        return answer.sameAsRecorded() && !Twins.has(outcome, answer.arm());
    }

    private static Answer answer(Outcome outcome, ArmAnswer answer, ServerCatalog catalog, Answer recorded) {
        return Twins.restored(outcome, answer.arm(), ArmAnswers.of(outcome, answer, catalog), recorded);
    }

    /** The statements of an exchange that is not compared, as far as its request and production's answer tell them. */
    public List<ComparedStep> statements(Outcome outcome) {
        Answer recorded = ArmAnswers.recorded(outcome, servers.recorded());
        return steps(recorded, recorded);
    }

    private JudgedOutcome withoutControl(Side recorded, Side candidate) {
        Comparison found = comparison.compare(recorded.answer(), candidate.answer());
        Explainer explainer = new Explainer(statements, recorded, candidate);
        List<JudgedDifference> judged = new ArrayList<>(found.differences().size());
        for (Difference difference : found.differences()) {
            Explanation explanation = explainer.explain(difference);
            judged.add(judged(
                    difference,
                    Attributor.withoutControl(difference, explanation),
                    claim(explanation, null, explainer.drawn(difference, null, false)),
                    explainer,
                    recorded.answer(),
                    candidate.answer()));
        }
        return outcome(recorded.answer(), candidate.answer(), recorded.answer(), judged, found.uncovered());
    }

    private JudgedOutcome withControl(
            Side recorded,
            Side control,
            Side candidate,
            boolean controlAsRecorded,
            boolean candidateAsRecorded,
            boolean sameFrames) {
        boolean same = controlAsRecorded ? candidateAsRecorded : !candidateAsRecorded && sameFrames;
        Comparison found = same ? Comparison.SAME : comparison.compare(control.answer(), candidate.answer());
        Comparison toControl =
                controlAsRecorded ? Comparison.SAME : comparison.compare(recorded.answer(), control.answer());
        Comparison toCandidate = found.differences().isEmpty() || candidateAsRecorded
                ? Comparison.SAME
                : comparison.compare(recorded.answer(), candidate.answer());
        Explainer arms = new Explainer(statements, control, candidate);
        Explainer productionAndControl = new Explainer(statements, recorded, control);
        Explainer productionAndCandidate = new Explainer(statements, recorded, candidate);
        Findings controlFindings = new Findings(toControl);
        Attributor attributor = new Attributor(controlFindings, new Findings(toCandidate));
        List<JudgedDifference> judged = new ArrayList<>();
        for (Difference difference : found.differences()) {
            Explanation explanation = arms.explain(difference);
            Attribution attribution = attributor.of(
                    difference, explanation, productionAndControl::explains, productionAndCandidate::explains);
            Place place = difference.place();
            Difference before = controlFindings.sameThing(difference, place.leftRow(), place.leftColumn());
            OpenClaim claim = before == null
                    ? null
                    : claim(explanation, productionAndControl.claim(before), arms.drawn(difference, before, true));
            judged.add(judged(difference, attribution, claim, arms, control.answer(), candidate.answer()));
        }
        environment(recorded, control, toControl, found, toCandidate, productionAndControl, judged);
        return outcome(control.answer(), candidate.answer(), recorded.answer(), judged, found.uncovered());
    }

    /** Where both arms agree with each other, and production had answered otherwise. */
    private void environment(
            Side recorded,
            Side control,
            Comparison toControl,
            Comparison found,
            Comparison toCandidate,
            Explainer explainer,
            List<JudgedDifference> judged) {
        if (toControl.differences().isEmpty()) {
            return;
        }
        ControlPlaces places = new ControlPlaces(found, toCandidate);
        for (Difference difference : toControl.differences()) {
            if (places.touch(difference)) {
                continue;
            }
            Explanation explanation = explainer.explain(difference);
            Attribution attribution =
                    explanation.attribution() == null ? Attribution.ENVIRONMENT : explanation.attribution();
            judged.add(judged(
                    difference,
                    attribution,
                    claim(explanation, null, null),
                    explainer,
                    recorded.answer(),
                    control.answer()));
        }
    }

    private static @Nullable OpenClaim claim(
            Explanation explanation, @Nullable ClockClaim production, @Nullable DrawnIds drawn) {
        ClockClaim between = explanation.claim();
        return between == null ? drawn : new StoredTimes(between, production);
    }

    private JudgedDifference judged(
            Difference difference,
            Attribution attribution,
            @Nullable OpenClaim claim,
            Explainer explainer,
            Answer left,
            Answer right) {
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
                attribution.isExplained() && !isDrawn(claim) ? null : claim,
                facts(step),
                row,
                explainer.origin(difference));
    }

    /** What an INSERT drew explains itself, and what is read later. */
    private static boolean isDrawn(@Nullable OpenClaim claim) {
        return claim instanceof DrawnIds ids && ids.drawn();
    }

    private static @Nullable Step step(Interpretation left, Interpretation right, int index) {
        if (index < left.steps().size() && !left.steps().get(index).sql().isEmpty()) {
            return left.steps().get(index);
        }
        return index < right.steps().size() ? right.steps().get(index) : null;
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
