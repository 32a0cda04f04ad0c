package dev.understudy.diff.verdict;

import dev.understudy.diff.parity.Declarations;
import dev.understudy.diff.report.Report;
import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.diff.tally.RunTally;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.RunFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run's facts and sums, judged. Pure: what comes in decides what comes out.
 *
 * <p>Makes one report; belongs to one thread.
 */
public final class Assessment {
    private final RunFacts facts;
    private final @Nullable ArmState control;
    private final ArmState candidate;
    private final RunTally tally;
    private final Declarations declarations;

    /**
     * An assessment of a run of a migration of which nothing was said before.
     *
     * @param withControl whether the candidate was held against the control arm, which the run then must have
     * @param tally what was counted of the outcomes
     * @throws IllegalArgumentException if the run lacks an arm
     */
    public Assessment(RunFacts facts, boolean withControl, RunTally tally) {
        this(facts, withControl, tally, Declarations.NONE);
    }

    /**
     * An assessment of a run.
     *
     * @param withControl whether the candidate was held against the control arm, which the run then must have
     * @param tally what was counted of the outcomes
     * @param declarations what the migration was said to change
     * @throws IllegalArgumentException if the run lacks an arm
     */
    public Assessment(RunFacts facts, boolean withControl, RunTally tally, Declarations declarations) {
        List<ArmState> arms = facts.start().arms();
        this.facts = facts;
        this.candidate = require(arm(arms, Arm.CANDIDATE), Arm.CANDIDATE);
        this.control = withControl ? require(arm(arms, Arm.CONTROL), Arm.CONTROL) : null;
        this.tally = tally;
        this.declarations = declarations;
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

    /** The report. */
    public Report report(OutcomeGaps gaps) {
        return new Judgement(facts, control, candidate, tally, declarations).report(gaps);
    }
}
