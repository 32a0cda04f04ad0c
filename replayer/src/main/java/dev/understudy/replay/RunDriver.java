package dev.understudy.replay;

import dev.understudy.replay.outcome.OutcomePublisher;
import dev.understudy.replay.source.TraceSource;
import dev.understudy.replay.target.Ticks;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.RunEnd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Drives reader, director and publisher from a run's beginning to its end, and adds up what came of it. Blocks. */
final class RunDriver {
    private static final Duration COUNT_LIMIT = Duration.ofSeconds(10);

    private final String run;
    private final Director director;
    private final TraceSource source;
    private final OutcomePublisher publisher;
    private final Ticks ticks;
    private final RunCounters counters;

    RunDriver(
            String run,
            Director director,
            TraceSource source,
            OutcomePublisher publisher,
            Ticks ticks,
            RunCounters counters) {
        this.run = run;
        this.director = director;
        this.source = source;
        this.publisher = publisher;
        this.ticks = ticks;
        this.counters = counters;
    }

    /**
     * Runs to the end.
     *
     * @param whenReading called once the threads go: from then on the director may be stopped
     * @param after reads the arms as they are after the run
     */
    RunEnd drive(Runnable whenReading, Supplier<List<ArmState>> after) {
        long began = ticks.nanos();
        CompletableFuture<Void> reading = RunThreads.start("understudy-source", source);
        CompletableFuture<Void> writing = RunThreads.start("understudy-outcomes", publisher);
        try {
            reading.whenComplete((nothing, error) -> {
                if (error == null) {
                    counters.total(RunSums.of(source).withOutcome());
                } else {
                    director.ended().completeExceptionally(error);
                }
            });
            director.start();
            whenReading.run();
            boolean complete = RunThreads.await(director.ended());
            long elapsed = ticks.nanos() - began;
            boolean counted = countRest(reading);
            publisher.finish();
            RunThreads.await(writing);
            RunSums sums = RunSums.of(source);
            return sums.end(
                    run,
                    ticks.wallMicros(),
                    complete && counted,
                    publisher,
                    director.undone() + source.counted(),
                    counters,
                    elapsed,
                    after.get());
        } finally {
            source.stop();
            publisher.finish();
            RunThreads.settle(reading);
            RunThreads.settle(writing);
        }
    }

    /** After a stop, reads the rest of the trace to account for it, as far as a bounded time allows. */
    private boolean countRest(CompletableFuture<Void> reading) {
        source.countOnly();
        CompletableFuture<Void> inTime =
                reading.copy().completeOnTimeout(null, COUNT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        RunThreads.await(inTime);
        boolean counted = reading.isDone();
        if (!counted) {
            counters.warn(
                    "not-counted", "the run was stopped, and the rest of the trace not read within " + COUNT_LIMIT);
            source.stop();
            RunThreads.await(reading);
        }
        return counted;
    }
}
