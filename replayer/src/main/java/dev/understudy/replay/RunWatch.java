package dev.understudy.replay;

import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.outcome.OutcomePublisher;
import dev.understudy.replay.schedule.Schedule;
import dev.understudy.replay.source.MemoryWindow;
import org.jspecify.annotations.Nullable;

/**
 * Looks at short intervals whether a run goes on: after what takes long, after a reader that has to read ahead, and for
 * what ends it. Belongs to the director's thread.
 */
final class RunWatch {
    private static final long STANDSTILL_NANOS = 100_000_000;
    /** A standstill ends the run once even what waits for nothing would have been given up, twice over. */
    private static final int WAIT_LIMITS_OF_A_STANDSTILL = 2;

    private final boolean paced;
    private final ReplayLimits limits;
    private final Schedule schedule;
    private final LiveSessions sessions;
    private final StallWatch stalls;
    private final MemoryWindow window;
    private final OutcomePublisher publisher;
    private long lastProgressNanos;

    RunWatch(
            ReplayConfig config,
            Schedule schedule,
            LiveSessions sessions,
            StallWatch stalls,
            MemoryWindow window,
            OutcomePublisher publisher) {
        this.paced = !config.speed().isMax();
        this.limits = config.limits();
        this.schedule = schedule;
        this.sessions = sessions;
        this.stalls = stalls;
        this.window = window;
        this.publisher = publisher;
    }

    /** Something has begun to be watched, or ended. */
    void progressed(long nowNanos) {
        lastProgressNanos = nowNanos;
    }

    /**
     * Looks once.
     *
     * @param stopping whether nothing more is sent anyway
     * @return why the run can't go on; null while it can
     */
    @Nullable RuntimeException look(long nowNanos, boolean stopping) {
        stalls.look(sessions.busy(), sessions.all(), schedule.isOrderedAcrossSessions(), nowNanos);
        feed(nowNanos);
        RuntimeException unwritable = publisher.failure();
        if (unwritable != null) {
            return unwritable;
        }
        return !stopping && isStuck(nowNanos)
                ? new ReplayUsageError(
                        "standstill: nothing is under way and nothing may be sent, within max-connections="
                                + limits.maxConnections() + " and window-bytes=" + limits.windowBytes()
                                + "; raise --max-connections")
                : null;
    }

    /** Asks for more of the trace where nothing can go on without: not where the next thing is only to be done later. */
    void feed(long nowNanos) {
        boolean standstill = sessions.areQuiet() || nowNanos - lastProgressNanos > STANDSTILL_NANOS;
        window.starving(standstill && !schedule.isIdle() && schedule.nextDueNanos(nowNanos) == Schedule.NOT_BY_TIME);
    }

    /** Whether nothing is under way although there is something to do: a bound is too narrow for this trace. */
    private boolean isStuck(long nowNanos) {
        return !paced
                && sessions.areQuiet()
                && !schedule.isIdle()
                && nowNanos - lastProgressNanos
                        > WAIT_LIMITS_OF_A_STANDSTILL * limits.waitLimit().toNanos();
    }
}
