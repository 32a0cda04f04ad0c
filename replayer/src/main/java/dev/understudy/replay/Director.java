package dev.understudy.replay;

import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.outcome.OutcomePublisher;
import dev.understudy.replay.schedule.Pace;
import dev.understudy.replay.schedule.RequestRewrite;
import dev.understudy.replay.schedule.Schedule;
import dev.understudy.replay.schedule.SnapshotRequest;
import dev.understudy.replay.schedule.Task;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.source.Delivery;
import dev.understudy.replay.source.MemoryWindow;
import dev.understudy.replay.target.ArmResult;
import dev.understudy.replay.target.ArmServer;
import dev.understudy.replay.target.ArmSession;
import dev.understudy.replay.target.Conversation;
import dev.understudy.replay.target.Ticks;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Does what the schedule says on every arm, and ends every exchange in its class.
 *
 * <p>Everything runs on one Vert.x context, sockets included, so that nothing is locked and an answer leads to the next
 * request without a change of threads. {@link #start}, {@link #deliver}, {@link #stop} and {@link #ended} may be called
 * from any thread.
 */
final class Director implements StallWatch.Actions {
    private static final long SCAN_MILLIS = 5;
    private static final long STANDSTILL_NANOS = 100_000_000;
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
    private final ReplayLimits limits;
    private final Ticks ticks;
    private final RunCounters counters;
    private final Reporter reporter;
    private final Rewrites rewrites;
    private final Connections connections;
    private final StallWatch stalls;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    private final Map<Long, LiveSession> sessions = new HashMap<>();
    private final Map<Long, LiveSession> busy = new HashMap<>();
    private @Nullable Pace pace;
    private long lastProgressNanos;
    private long dueTimer = -1;
    private long dueAtNanos = Long.MAX_VALUE;
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
        this.limits = config.limits();
        this.ticks = ticks;
        this.counters = counters;
        this.rewrites = new Rewrites(rewrites, generated);
        this.reporter = new Reporter(arms, window, publisher, counters, this.rewrites);
        this.connections = new Connections(arms, limits.maxConnections(), counters, this::fail);
        this.stalls = new StallWatch(arms, limits.waitLimit(), this);
    }

    /** Begins to watch what is under way. */
    void start() {
        context.exceptionHandler(this::fail);
        context.runOnContext(nothing -> {
            lastProgressNanos = ticks.nanos();
            vertx.setPeriodic(SCAN_MILLIS, this::scan);
        });
    }

    /** Completes when everything has been done (true) or the run was stopped (false); fails if it cannot go on. */
    CompletableFuture<Boolean> ended() {
        return ended;
    }

    /** Takes what the source has read. */
    void deliver(Delivery delivery) {
        context.runOnContext(nothing -> {
            for (Work work : delivery.works()) {
                if (!stopping) {
                    schedule.add(new Task(work, due(work)));
                } else if (work instanceof Work.Run) {
                    undone++;
                }
            }
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
                vertx.setTimer(
                        STOP_GRACE_MILLIS, late -> List.copyOf(busy.values()).forEach(this::giveUp));
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
        if (busy.isEmpty() && (stopping || (traceEnded && schedule.isIdle()))) {
            close();
        }
    }

    private void sendWhatIsDue() {
        // what exceeds the bound of outcomes that wait to be written is tried again at the next scan
        while (!stopping && !closing && publisher.unwritten() <= MAX_UNWRITTEN) {
            long now = ticks.nanos();
            List<Task> tasks = schedule.next(now);
            if (tasks.isEmpty()) {
                wakeAt(schedule.nextDueNanos(now), now);
                return;
            }
            begin(tasks, now);
        }
    }

    private void wakeAt(long dueNanos, long now) {
        if (dueNanos == Schedule.NOT_BY_TIME || (dueTimer >= 0 && dueAtNanos <= dueNanos)) {
            return;
        }
        if (dueTimer >= 0) {
            vertx.cancelTimer(dueTimer);
        }
        dueAtNanos = dueNanos;
        dueTimer = vertx.setTimer(Math.max(1, Duration.ofNanos(dueNanos - now).toMillis()), timer -> {
            dueTimer = -1;
            advance();
        });
    }

    private void begin(List<Task> tasks, long now) {
        Work first = tasks.get(0).work();
        LiveSession live = sessions.computeIfAbsent(
                first.session().session(), session -> new LiveSession(first.session(), arms.size()));
        List<Flight> flights = new ArrayList<>(tasks.size());
        for (Task task : tasks) {
            long lag = task.dueNanos() == Long.MIN_VALUE ? 0 : Math.max(0, now - task.dueNanos());
            if (task.work() instanceof Work.Run) {
                counters.lag(lag);
            }
            Flight flight =
                    new Flight(task, arms.size(), lag, now, limits.stallAfter().toNanos());
            live.flights().addLast(flight);
            flights.add(flight);
        }
        busy.put(live.info().session(), live);
        if (first instanceof Work.Open) {
            connections.open(live, () -> opened(live, flights));
        } else if (first instanceof Work.Close) {
            connections.end(live, () -> closed(live, flights.get(0)));
        } else if (first instanceof Work.Restore restore) {
            send(live, flights, List.of(SnapshotRequest.of(restore.snapshot(), false)));
        } else {
            run(live, flights);
        }
    }

    private void opened(LiveSession live, List<Flight> flights) {
        Flight flight = flights.get(0);
        if (!live.flights().contains(flight)) {
            return; // given up meanwhile
        }
        ByteBuf request = live.info().snapshot() == null
                ? Unpooled.EMPTY_BUFFER
                : SnapshotRequest.of(live.info().snapshot(), true);
        if (live.broken() == null && request.isReadable()) {
            send(live, flights, List.of(request));
        } else {
            remove(live, flight, true);
        }
    }

    private void closed(LiveSession live, Flight flight) {
        sessions.remove(live.info().session());
        connections.over(live);
        reporter.sessionOver(live);
        rewrites.sessionOver(live.info().session());
        if (live.flights().contains(flight)) {
            remove(live, flight, true);
        }
    }

    private void run(LiveSession live, List<Flight> flights) {
        List<ByteBuf> requests = new ArrayList<>(flights.size());
        for (Flight flight : flights) {
            Work.Run run = (Work.Run) flight.task().work();
            if (run.treatment() instanceof Treatment.Withhold withheld) {
                withhold(live, flight, run, withheld);
                return;
            }
            requests.add(run.treatment().request(run.exchange()));
            if (run.treatment() instanceof Treatment.Interrupt stopped) {
                interrupt(live, flight, stopped.afterNanos());
            }
        }
        send(live, flights, requests);
    }

    private void withhold(LiveSession live, Flight flight, Work.Run run, Treatment.Withhold withheld) {
        if (withheld.endsSession()) {
            live.breakOff("broken-off-in-production");
        }
        reporter.unsent(flight, run, withheld.disposition(), withheld.reason());
        remove(live, flight, withheld.endsSession());
    }

    private void send(LiveSession live, List<Flight> flights, List<ByteBuf> requests) {
        String broken = live.broken() == null && !live.wasOpened() ? "session-not-open" : live.broken();
        if (broken != null) {
            for (Flight flight : flights) {
                if (flight.task().work() instanceof Work.Run run) {
                    reporter.unsent(flight, run, Disposition.NOT_COMPARABLE, broken);
                }
                remove(live, flight, true);
            }
            return;
        }
        for (int arm = 0; arm < arms.size(); arm++) {
            List<Conversation> conversations = new ArrayList<>(flights.size());
            for (int i = 0; i < flights.size(); i++) {
                conversations.add(conversation(live, flights.get(i), requests.get(i), arm));
            }
            ArmSession session = live.arm(arm);
            if (session != null) {
                session.send(conversations);
            }
        }
    }

    /** Stops on the arms what production had been stopped at after as long. */
    private void interrupt(LiveSession live, Flight flight, long afterNanos) {
        vertx.setTimer(Math.max(1, Duration.ofNanos(afterNanos).toMillis()), timer -> {
            for (int arm = 0; arm < arms.size(); arm++) {
                ArmSession session = live.arm(arm);
                if (session != null && !flight.hasAnswered(arm)) {
                    flight.hold();
                    arms.get(arm).cancel(session).onComplete(passedOn -> {
                        if (flight.release() && live.flights().contains(flight)) {
                            finish(live, flight);
                        }
                    });
                }
            }
        });
    }

    private Conversation conversation(LiveSession live, Flight flight, ByteBuf request, int arm) {
        ByteBuf expected = Unpooled.EMPTY_BUFFER;
        boolean comparable = false;
        if (flight.task().work() instanceof Work.Run run && run.treatment().isAsRecorded()) {
            expected = run.exchange().answer();
            comparable = run.exchange().answered() && run.exchange().omissions().isEmpty();
        }
        Work work = flight.task().work();
        ByteBuf sent = rewrites.forArm(work, arm, request);
        return new Conversation(sent, expected, comparable, limits.maxResult(), result -> {
            rewrites.answered(work, arm, result);
            if (flight.answered(arm, result) && live.flights().contains(flight)) {
                finish(live, flight);
            }
        });
    }

    private void finish(LiveSession live, Flight flight) {
        List<ArmResult> results = flight.results();
        boolean lost = flight.isLimitHit() || results.stream().anyMatch(ArmResult::brokenOff);
        if (flight.task().work() instanceof Work.Run run) {
            Verdicts.Verdict verdict = Verdicts.of(run.treatment(), results, flight, live);
            boolean says = run.treatment().isAsRecorded();
            reporter.ended(flight, run, verdict.disposition(), verdict.reason(), says ? results : List.of());
        }
        if (!(flight.task().work() instanceof Work.Run) && results.stream().anyMatch(ArmResult::failed)) {
            counters.warn(
                    "session-state",
                    "session=" + live.info().session()
                            + ": what it had set or prepared before its recording began can't be brought back on an arm");
            live.breakOff("session-state");
        }
        if (lost) {
            live.breakOff(flight.isLimitHit() ? Verdicts.WAIT_LIMIT : Verdicts.CONNECTION_LOST);
        }
        remove(live, flight, lost || Verdicts.transactionOver(results));
    }

    /** A flight has ended, and what is to be said of it has been. */
    private void remove(LiveSession live, Flight flight, boolean transactionOver) {
        long now = ticks.nanos();
        lastProgressNanos = now;
        live.flights().remove(flight);
        Flight next = live.flights().peekFirst();
        if (next == null) {
            busy.remove(live.info().session());
        } else {
            next.atHead(now, limits.stallAfter().toNanos());
        }
        Work work = flight.task().work();
        if (!(work instanceof Work.Run)) {
            window.release(work.weight());
        }
        schedule.done(flight.task(), transactionOver);
        advance();
    }

    private void scan(long timer) {
        if (closing) {
            vertx.cancelTimer(timer);
            return;
        }
        long now = ticks.nanos();
        stalls.look(busy.values(), sessions.values(), schedule.isOrderedAcrossSessions(), now);
        boolean standstill = busy.isEmpty() || now - lastProgressNanos > STANDSTILL_NANOS;
        window.starving(standstill && !schedule.isIdle());
        RuntimeException unwritable = publisher.failure();
        if (unwritable != null) {
            fail(unwritable);
        } else if (isStuck(now)) {
            fail(new ReplayUsageError(
                    "standstill: nothing is under way and nothing may be sent, within max-connections="
                            + limits.maxConnections() + " and window-bytes=" + limits.windowBytes()
                            + "; raise --max-connections"));
        }
        advance();
    }

    /** Whether nothing is under way although there is something to do: a bound is too narrow for this trace. */
    private boolean isStuck(long now) {
        return speed.isMax()
                && busy.isEmpty()
                && !stopping
                && !schedule.isIdle()
                && now - lastProgressNanos > 2 * limits.waitLimit().toNanos();
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
        live.breakOff(stopping ? "stopped" : Verdicts.WAIT_LIMIT);
        // closing has ended what had been sent; what is left is a connection that is still being made
        for (Flight left : List.copyOf(live.flights())) {
            if (live.flights().contains(left)) {
                remove(live, left, true);
            }
        }
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
        connections.endAll(sessions.values(), () -> ended.complete(complete));
    }

    private void fail(Throwable error) {
        closing = true;
        List.copyOf(sessions.values()).forEach(live -> live.breakOff("run-failed"));
        ended.completeExceptionally(error);
    }
}
