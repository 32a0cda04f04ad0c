package dev.understudy.diff.source;

import dev.understudy.diff.verdict.OutcomeGaps;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunStart;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run's control topic and outcomes. Belongs to one thread. */
public interface RunSource extends AutoCloseable {
    /** How the run began. */
    RunStart start();

    /** How it ended, null if it has not, or was killed. */
    @Nullable RunEnd end();

    /**
     * Reads every outcome once, those of a session in their order, the same order each time.
     *
     * @return what is missing of them
     */
    OutcomeGaps readOutcomes(Consumer<Outcome> consumer);

    @Override
    void close();
}
