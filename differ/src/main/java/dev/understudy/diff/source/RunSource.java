package dev.understudy.diff.source;

import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunFacts;
import java.util.function.Consumer;

/** A run's control topic and outcomes. Belongs to one thread. */
public interface RunSource extends AutoCloseable {
    /** What the control topic says. */
    RunFacts facts();

    /**
     * Reads every outcome once, those of a session in their order, the same order each time.
     *
     * @return what is missing of them
     */
    OutcomeGaps readOutcomes(Consumer<Outcome> consumer);

    @Override
    void close();
}
