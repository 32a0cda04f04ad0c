package dev.understudy.replay;

import dev.understudy.replay.outcome.OutcomePublisher;
import dev.understudy.replay.schedule.Pace;
import dev.understudy.replay.schedule.RequestRewrite;
import dev.understudy.replay.schedule.Schedule;
import dev.understudy.replay.schedule.Task;
import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.source.Delivery;
import dev.understudy.replay.source.MemoryWindow;
import dev.understudy.replay.target.ArmServer;
import dev.understudy.replay.target.Ticks;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Has done on every arm what the schedule says, when it says so, from the first delivery to the run's end.
 *
 * <p>Everything runs on one Vert.x context, sockets included, so that nothing is locked and an answer leads to the next
 * request without a change of threads. {@link #start}, {@link #deliver}, {@link #stop} and {@link #ended} may be called
 * from any thread.
 */
final class Director implements StallWatch.Actions, Conversations.WhenOver {
    private static final long LOOK_MILLIS = 5;
    private static final long STOP_GRACE_MILLIS = 5_000;
    private static final long CLOSE_GRACE_MILLIS = 5_000;
    private static final int MAX_UNWRITTEN = 20_000;

    private final Vertx vertx;
    private final Context context;
    private final List<ArmServer> arms;
    private final Schedule schedule;
    private final Speed speed;
    private final MemoryWindow window;
    private final OutcomePublisher publisher;
    private final Ticks ticks;
    private final RunCounters counters;
    private final long stallAfterNanos;
    private final LiveSessions sessions;
    private final Connections connections;
    private final Conversations conversations;
    private final RunWatch watch;
    private final Alarm alarm;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    private @Nullable Pace pace;
    private boolean advancing;
    private boolean advanceAgain;
    private boolean traceEnded;
    private boolean stopping;
    private boolean closing;
    private long undone;

    Director(
            Vertx vertx,
            Context context,
            List<ArmServer> arms,
            Schedule schedule,
            List<RequestRewrite> rewrites,
            GeneratedRewrite generated,
            ReplayConfig config,
            MemoryWindow window,
            OutcomePublisher publisher,
            Ticks ticks,
            RunCounters counters) {
        this.vertx = vertx;
        this.context = context;
        this.arms = List.copyOf(arms);
        this.schedule = schedule;
        this.speed = config.speed();
        this.window = window;
        this.publisher = publisher;
        this.ticks = ticks;
        this.counters = counters;
        ReplayLimits limits = config.limits();
        this.stallAfterNanos = limits.stallAfter().toNanos();
        this.sessions = new LiveSessions(arms.size(), stallAfterNanos);
        this.connections = new Connections(this.arms, limits.maxConnections(), counters, this::fail);
        Rewrites allRewrites = new Rewrites(rewrites, generated);
        this.conversations = new Conversations(
                vertx,
                this.arms,
                sessions,
                connections,
                allRewrites,
                new Reporter(this.arms, window, publisher, counters, allRewrites),
                counters,
                limits.maxResult(),
                this);
        StallWatch stalls = new StallWatch(this.arms, limits.waitLimit(), this);
        this.watch = new RunWatch(config, schedule, sessions, stalls, window, publisher);
        this.alarm = new Alarm(vertx, this::advance);
    }

    /** Begins to watch what is under way. */
    void start() {
        context.exceptionHandler(this::fail);
        context.runOnContext(nothing -> {
            watch.progressed(ticks.nanos());
            vertx.setPeriodic(LOOK_MILLIS, this::look);
        });
    }

    /** Completes when everything has been done (true) or the run was stopped (false); fails if it cannot go on. */
    CompletableFuture<Boolean> ended() {
        return ended;
    }

    /** Takes what the source has read. */
    void deliver(Delivery delivery) {
        context.runOnContext(nothing -> {
            long exchanges = 0;
            for (Work work : delivery.works()) {
                exchanges += work instanceof Work.Run ? 1 : 0;
                if (!stopping) {
                    schedule.add(new Task(work, due(work)));
                }
            }
            counters.delivered(exchanges);
            undone += stopping ? exchanges : 0;
            schedule.watermark(delivery.watermark());
            traceEnded |= delivery.end();
            advance();
        });
    }

    /** Sends nothing more; what is under way may end, within a bound. */
    void stop() {
        context.runOnContext(nothing -> {
            if (!stopping) {
                stopping = true;
                vertx.setTimer(STOP_GRACE_MILLIS, late -> sessions.busy().forEach(this::giveUp));
                advance();
            }
        });
    }

    /** After the end: exchanges that were delivered and never begun. */
    long undone() {
        return undone;
    }

    private long due(Work work) {
        if (speed.isMax()) {
            return Long.MIN_VALUE;
        }
        if (pace == null) {
            pace = new Pace(speed.factor(), work.startWallMicros(), ticks.nanos());
        }
        return pace.dueNanos(work.startWallMicros());
    }

    /** Sends whatever may be sent now. Whoever changes anything calls this; calls within calls become one more round. */
    private void advance() {
        if (advancing) {
            advanceAgain = true;
            return;
        }
        advancing = true;
        try {
            do {
                advanceAgain = false;
                sendWhatIsDue();
            } while (advanceAgain);
        } catch (RuntimeException e) {
            fail(e);
        } finally {
            advancing = false;
        }
        if (sessions.areQuiet()) {
            if (stopping || (traceEnded && schedule.isIdle())) {
                close();
            } else if (!traceEnded && publisher.unwritten() <= MAX_UNWRITTEN) {
                watch.feed(ticks.nanos());
            }
        }
    }

    private void sendWhatIsDue() {
        // what exceeds the bound of outcomes that wait to be written is tried again at the next look
        while (!stopping && !closing && publisher.unwritten() <= MAX_UNWRITTEN) {
            long now = ticks.nanos();
            List<Task> tasks = schedule.next(now);
            if (tasks.isEmpty()) {
                alarm.at(schedule.nextDueNanos(now), now);
                return;
            }
            begin(tasks, now);
        }
    }

    private void begin(List<Task> tasks, long now) {
        LiveSession live = sessions.of(tasks.get(0).work().session());
        List<Flight> flights = new ArrayList<>(tasks.size());
        for (Task task : tasks) {
            long lag = task.dueNanos() == Long.MIN_VALUE ? 0 : Math.max(0, now - task.dueNanos());
            if (task.work() instanceof Work.Run) {
                counters.begun(lag);
            }
            Flight flight = new Flight(task, arms.size(), lag, now, stallAfterNanos);
            sessions.begin(live, flight);
            flights.add(flight);
        }
        conversations.begin(live, flights);
    }

    @Override
    public void over(LiveSession live, Flight flight, boolean transactionOver) {
        long now = ticks.nanos();
        watch.progressed(now);
        sessions.end(live, flight, now);
        Work work = flight.task().work();
        if (!(work instanceof Work.Run)) {
            window.release(work.weight());
        }
        schedule.done(flight.task(), transactionOver);
        advance();
    }

    private void look(long timer) {
        if (closing) {
            vertx.cancelTimer(timer);
            return;
        }
        RuntimeException end = watch.look(ticks.nanos(), stopping);
        if (end != null) {
            fail(end);
        }
        advance();
    }

    @Override
    public void blocked(LiveSession live, Set<Long> holders) {
        Flight head = live.flights().peekFirst();
        if (head != null) {
            schedule.blocked(head.task(), holders);
            advance();
        }
    }

    @Override
    public void giveUp(LiveSession live) {
        conversations.giveUp(live, stopping ? "stopped" : Verdicts.WAIT_LIMIT);
    }

    private void close() {
        if (closing) {
            return;
        }
        closing = true;
        for (Task task : schedule.queued()) {
            if (task.work() instanceof Work.Run) {
                undone++;
            }
        }
        boolean complete = traceEnded && undone == 0;
        vertx.setTimer(CLOSE_GRACE_MILLIS, late -> ended.complete(complete));
        arms.forEach(ArmServer::close);
        connections.endAll(sessions.all(), () -> ended.complete(complete));
    }

    private void fail(Throwable error) {
        closing = true;
        List.copyOf(sessions.all()).forEach(live -> live.breakOff("run-failed"));
        ended.completeExceptionally(error);
    }
}
