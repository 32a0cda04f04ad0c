package dev.understudy.diff.source;

import dev.understudy.diff.DiffException;
import dev.understudy.diff.DiffListener;
import dev.understudy.diff.tally.OutcomeFold;
import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.diff.tally.PartitionTally;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run in Kafka: what its control topic says, and the sums of its outcomes. Any thread may use it, one at a time. */
public final class RunSums {
    private final RunTopics run;
    private final KafkaSettings settings;

    private RunSums(RunTopics run, KafkaSettings settings) {
        this.run = run;
        this.settings = settings;
    }

    /**
     * Opens a run and reads its control topic.
     *
     * @param kafka Kafka client properties
     * @throws DiffException if there is no such run, or Kafka cannot be reached
     */
    public static RunSums open(String run, Map<String, String> kafka) {
        KafkaSettings settings = new KafkaSettings(kafka);
        return new RunSums(RunTopics.read(run, settings), settings);
    }

    /** What the control topic says. */
    public RunFacts facts() {
        return run.facts();
    }

    /**
     * The sums of all outcomes, made together with whoever else makes them now; those that were made before are read.
     *
     * @param withControl whether the candidate is held against the control arm
     * @throws DiffException if Kafka cannot be reached or does not allow it
     */
    public List<PartitionTally> fold(boolean withControl, DiffListener listener) {
        OutcomeFold fold = OutcomeFold.of(run.facts().start(), run.facts().views(), withControl);
        List<PartitionTally> tallies =
                SharedFold.fold(run, settings, SumsId.of(run.facts().start(), withControl), fold, listener);
        listener.progress(
                tallies.stream().mapToLong(tally -> tally.progress().outcomes()).sum(),
                said(run.facts().end()));
        return tallies;
    }

    private static long said(@Nullable RunEnd end) {
        return end == null
                ? -1
                : end.outcomes().stream().mapToLong(Long::longValue).sum();
    }

    /** What is missing of a run's outcomes. */
    public static OutcomeGaps gaps(RunFacts facts, List<PartitionTally> tallies) {
        RunEnd end = facts.end();
        List<Long> said = end == null ? List.of() : end.outcomes();
        long missing = 0;
        long unreadable = 0;
        long notFound = 0;
        for (int partition = 0; partition < Math.max(said.size(), tallies.size()); partition++) {
            long found = 0;
            if (partition < tallies.size()) {
                missing += tallies.get(partition).progress().missing();
                unreadable += tallies.get(partition).progress().unreadable();
                found = tallies.get(partition).progress().outcomes();
            }
            notFound += partition < said.size() ? Math.max(0, said.get(partition) - found) : 0;
        }
        return new OutcomeGaps(missing, unreadable, notFound);
    }
}
