package dev.understudy.diff;

import dev.understudy.diff.report.Report;
import dev.understudy.diff.source.KafkaRunSource;
import dev.understudy.diff.source.RunSource;
import dev.understudy.diff.tally.Bounds;
import dev.understudy.diff.tally.OutcomeFold;
import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.diff.tally.PartitionTally;
import dev.understudy.diff.tally.RunTally;
import dev.understudy.diff.verdict.Assessment;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares what a run's arms answered, and judges. */
public final class Diff {
    /** Progress is told every so many outcomes. */
    private static final int PROGRESS_STEP = 1_000;

    private Diff() {}

    /**
     * Reads a run's outcomes from Kafka, from their beginning to where they end now, and compares them. Blocks until done;
     * any thread may call it, several at once.
     *
     * @param listener hears of progress, on the calling thread
     * @throws DiffException if the run is not known, lacks the arm asked for, or Kafka cannot be read
     */
    public static Report run(DiffConfig config, DiffListener listener) {
        try (RunSource source = KafkaRunSource.open(config.run(), config.kafka())) {
            return run(source, config.baseline(), listener);
        }
    }

    /** Compares what a source gives; the caller closes it. */
    static Report run(RunSource source, @Nullable Baseline baseline, DiffListener listener) {
        RunFacts facts = source.facts();
        boolean hasControl = Assessment.arm(facts.start().arms(), Arm.CONTROL) != null;
        if (baseline == Baseline.CONTROL && !hasControl) {
            throw new DiffException.NoSuchArm(facts.start().run(), "control");
        }
        if (Assessment.arm(facts.start().arms(), Arm.CANDIDATE) == null) {
            throw new DiffException.NoSuchArm(facts.start().run(), "target");
        }
        boolean withControl = hasControl && baseline != Baseline.RECORDED;
        OutcomeFold fold = OutcomeFold.of(facts.start(), withControl);
        PartitionTally tally = new PartitionTally();
        Progress progress = new Progress(outcome -> fold.add(outcome, tally), listener, expected(facts.end()));
        OutcomeGaps gaps = source.readOutcomes(progress);
        progress.tell();
        RunTally whole = RunTally.of(Bounds.DEFAULT, List.of(tally));
        return new Assessment(facts, withControl, whole).report(gaps);
    }

    private static long expected(@Nullable RunEnd end) {
        return end == null
                ? -1
                : end.outcomes().stream().mapToLong(Long::longValue).sum();
    }

    private static final class Progress implements Consumer<Outcome> {
        private final Consumer<Outcome> outcomes;
        private final DiffListener listener;
        private final long expected;
        private long read;

        Progress(Consumer<Outcome> outcomes, DiffListener listener, long expected) {
            this.outcomes = outcomes;
            this.listener = listener;
            this.expected = expected;
        }

        @Override
        public void accept(Outcome outcome) {
            outcomes.accept(outcome);
            read++;
            if (read % PROGRESS_STEP == 0) {
                tell();
            }
        }

        void tell() {
            listener.progress(read, expected);
        }
    }
}
