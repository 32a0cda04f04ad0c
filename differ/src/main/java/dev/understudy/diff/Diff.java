package dev.understudy.diff;

import dev.understudy.diff.report.Report;
import dev.understudy.diff.source.KafkaRunSource;
import dev.understudy.diff.source.RunSource;
import dev.understudy.diff.verdict.Assessment;
import dev.understudy.diff.verdict.OutcomeGaps;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
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
        Assessment assessment = new Assessment(facts, hasControl && baseline != Baseline.RECORDED);
        Progress progress = new Progress(assessment, listener, expected(facts.end()));
        OutcomeGaps gaps = source.readOutcomes(progress);
        progress.tell();
        return assessment.report(gaps);
    }

    private static long expected(@Nullable RunEnd end) {
        return end == null
                ? -1
                : end.outcomes().stream().mapToLong(Long::longValue).sum();
    }

    private static final class Progress implements Consumer<Outcome> {
        private final Assessment assessment;
        private final DiffListener listener;
        private final long expected;
        private long read;

        Progress(Assessment assessment, DiffListener listener, long expected) {
            this.assessment = assessment;
            this.listener = listener;
            this.expected = expected;
        }

        @Override
        public void accept(Outcome outcome) {
            assessment.add(outcome);
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
