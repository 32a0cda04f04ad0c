package dev.understudy.replay;

import dev.understudy.replay.schedule.Schedule;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Wakes the director when the next task is due; one timer at a time. Belongs to the director's thread. */
final class Alarm {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Runnable whenDue;
    private long timer = NO_TIMER;
    private long dueNanos = Long.MAX_VALUE;

    Alarm(Vertx vertx, Runnable whenDue) {
        this.vertx = vertx;
        this.whenDue = whenDue;
    }

    /** Wakes at this moment, or at an earlier one that was asked for before. */
    void at(long nextDueNanos, long nowNanos) {
        if (nextDueNanos == Schedule.NOT_BY_TIME || (timer != NO_TIMER && dueNanos <= nextDueNanos)) {
            return;
        }
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
        }
        dueNanos = nextDueNanos;
        timer = vertx.setTimer(
                Math.max(1, Duration.ofNanos(nextDueNanos - nowNanos).toMillis()), rung -> {
                    timer = NO_TIMER;
                    whenDue.run();
                });
    }
}
