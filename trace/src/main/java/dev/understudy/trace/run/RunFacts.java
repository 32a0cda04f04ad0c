package dev.understudy.trace.run;

import dev.understudy.trace.run.StateComparison.Moment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a run's control topic says.
 *
 * @param start how it began
 * @param before whole tables before anything was sent, null where they were not compared
 * @param after whole tables after the last answer, null where they were not compared
 * @param views where the arms' view columns come from, one for each arm that told
 * @param stamps what the arms' marks say of the copies before the migration, null if nothing
 * @param end how it ended, null if it has not, or was killed
 */
public record RunFacts(
        RunStart start,
        @Nullable StateComparison before,
        @Nullable StateComparison after,
        List<ViewOrigins> views,
        @Nullable CopyStamps stamps,
        @Nullable RunEnd end) {
    /** Copies the list. */
    public RunFacts {
        views = List.copyOf(views);
    }

    /** What the entries say, in the topic's order; empty if they hold no start. */
    public static Optional<RunFacts> of(List<ControlEntry> entries) {
        RunStart start = null;
        RunEnd end = null;
        StateComparison before = null;
        StateComparison after = null;
        CopyStamps stamps = null;
        for (ControlEntry entry : entries) {
            if (entry instanceof RunStart begun && start == null) {
                start = begun;
            } else if (entry instanceof RunEnd ended) {
                end = ended;
            } else if (entry instanceof StateComparison state) {
                before = state.moment() == Moment.BEFORE_REPLAY ? state : before;
                after = state.moment() == Moment.AFTER_REPLAY ? state : after;
            } else if (entry instanceof CopyStamps found) {
                stamps = found;
            }
        }
        List<ViewOrigins> views = entries.stream()
                .filter(ViewOrigins.class::isInstance)
                .map(ViewOrigins.class::cast)
                .toList();
        return start == null ? Optional.empty() : Optional.of(new RunFacts(start, before, after, views, stamps, end));
    }

    /** A run of which only start and end are known. */
    public static RunFacts of(RunStart start, @Nullable RunEnd end) {
        return new RunFacts(start, null, null, List.of(), null, end);
    }
}
