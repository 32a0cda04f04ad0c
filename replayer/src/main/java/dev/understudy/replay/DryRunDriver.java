package dev.understudy.replay;

import dev.understudy.replay.dryrun.DryRun;
import dev.understudy.replay.dryrun.DryRunReport;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.schedule.Schedule;
import dev.understudy.replay.source.Delivery;
import dev.understudy.replay.source.ExchangeReadings;
import dev.understudy.replay.source.Intake;
import dev.understudy.replay.source.MemoryWindow;
import dev.understudy.replay.source.TraceSource;
import dev.understudy.replay.source.TraceTopic;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a trace as a run would, with as much in memory, and lets a dry run go through it. Blocks. */
final class DryRunDriver {
    private static final long POLL_MILLIS = 20;

    private final ReplayConfig config;
    private final MemoryWindow window;
    private final DryRun run;
    /** Bounded by the window, which the reader asks before it reads on. */
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

    private final TraceSource source;

    DryRunDriver(ReplayConfig config, TraceTopic trace, Intake intake, ExchangeReadings readings, Schedule schedule) {
        this.config = config;
        this.window = new MemoryWindow(config.limits().windowBytes());
        this.run = new DryRun(schedule);
        this.source = new TraceSource(trace, intake, readings, window, deliveries::add);
    }

    /** Goes through it all; {@code roundTrip} was measured. */
    DryRunReport drive(Duration roundTrip) {
        CompletableFuture<Void> reading = RunThreads.start("understudy-source", source);
        try {
            boolean read = false;
            while (!run.isOver()) {
                read |= take(reading);
                // as in a run, as much is read ahead as the window holds
                if (read || window.isFull() || window.isStarving()) {
                    boolean went = run.round(work -> window.release(work.weight()));
                    window.starving(!went);
                }
            }
            RunThreads.await(reading);
        } finally {
            source.stop();
        }
        RunSums sums = RunSums.of(source);
        Map<String, Long> leftOut = new TreeMap<>();
        sums.leftOut().forEach((why, count) -> leftOut.put("left out: " + why.term(), count));
        long lost = sums.withoutOutcome();
        if (lost > 0) {
            leftOut.put("gap: not in the trace", lost);
        }
        return run.report(
                config.order().term(),
                sums.exchanges(),
                leftOut,
                roundTrip,
                config.speed().factor());
    }

    /** Takes what has been read; true if it is the last. */
    private boolean take(CompletableFuture<Void> reading) {
        try {
            @Nullable Delivery delivery =
                    deliveries.poll(window.isFull() && !window.isStarving() ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (delivery != null) {
                run.add(delivery);
                return delivery.end();
            }
            if (reading.isCompletedExceptionally()) {
                RunThreads.await(reading);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnreachable("interrupted while the trace was read", e);
        }
    }
}
