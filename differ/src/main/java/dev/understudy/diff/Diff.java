package dev.understudy.diff;

import dev.understudy.diff.report.Report;
import dev.understudy.diff.source.RunSums;
import dev.understudy.diff.tally.Bounds;
import dev.understudy.diff.tally.PartitionTally;
import dev.understudy.diff.tally.RunTally;
import dev.understudy.diff.verdict.Assessment;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.RunFacts;
import java.util.List;

/** Compares what a run's arms answered, and judges. */
public final class Diff {
    private Diff() {}

    /**
     * Compares a run's outcomes, from their beginning to where they end now, and judges. Blocks until done; any thread may
     * call it, several at once, in as many processes as one likes: they share the work, and each gets the report. Sums
     * are kept in the run's summary topic: what was compared once, by whomever, is not compared again.
     *
     * @param listener hears of progress, on the calling thread
     * @throws DiffException if the run is not known, lacks the arm asked for, or Kafka cannot be read or does not allow it
     */
    public static Report run(DiffConfig config, DiffListener listener) {
        RunSums run = RunSums.open(config.run(), config.kafka());
        RunFacts facts = run.facts();
        boolean hasControl = Assessment.arm(facts.start().arms(), Arm.CONTROL) != null;
        if (config.baseline() == Baseline.CONTROL && !hasControl) {
            throw new DiffException.NoSuchArm(config.run(), "control");
        }
        if (Assessment.arm(facts.start().arms(), Arm.CANDIDATE) == null) {
            throw new DiffException.NoSuchArm(config.run(), "target");
        }
        boolean withControl = hasControl && config.baseline() != Baseline.RECORDED;
        List<PartitionTally> tallies = run.fold(withControl, listener);
        RunTally whole = RunTally.of(Bounds.DEFAULT, tallies);
        return new Assessment(facts, withControl, whole).report(RunSums.gaps(facts, tallies));
    }
}
