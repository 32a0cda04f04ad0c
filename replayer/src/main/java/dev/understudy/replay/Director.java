package dev.understudy.replay;

import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.outcome.Finished;
import dev.understudy.replay.outcome.OutcomePublisher;
import dev.understudy.replay.schedule.ForcedRequest;
import dev.understudy.replay.schedule.Pace;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.Schedule;
import dev.understudy.replay.schedule.SessionInfo;
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
import dev.understudy.replay.target.LoginRefused;
import dev.understudy.replay.target.Ticks;
import dev.understudy.trace.run.ArmAnswer;
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
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Does what the schedule says on every arm, and ends every exchange in its class.
 *
 * <p>Everything runs on one Vert.x context, sockets included, so that nothing is locked and an answer leads to the next
 * request without a change of threads. {@link #deliver}, {@link #stop} and {@link #ended} may be called from any thread.
 */
final class Director {
    private static final long SCAN_MILLIS = 5;
    private static final long LONGEST_POLL_NANOS = 500_000_000;
    private static final long CANCEL_GRACE_NANOS = 1_000_000_000;
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
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    private final Map<Long, LiveSession> sessions = new HashMap<>();
    private final Map<Long, LiveSession> busy = new HashMap<>();
    private final long stallAfterNanos;
    private final long waitLimitNanos;
    private @Nullable Pace pace;
    private int openSessions;
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
        this.stallAfterNanos = limits.stallAfter().toNanos();
        this.waitLimitNanos = limits.waitLimit().toNanos();
        this.lastProgressNanos = ticks.nanos();
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
                if (stopping && work instanceof Work.Run) {
                    undone++;
                } else {
                    schedule.add(new Task(work, due(work)));
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
        while (!stopping && !closing && !isOutrun()) {
            long now = ticks.nanos();
            List<Task> tasks = schedule.next(now);
            if (tasks.isEmpty()) {
                wakeAt(schedule.nextDueNanos(now), now);
                return;
            }
            begin(tasks, now);
        }
    }

    /** Whether outcomes are written more slowly than exchanges end; the scan tries again. */
    private boolean isOutrun() {
        return publisher.unwritten() > MAX_UNWRITTEN;
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
            counters.lag(lag);
            Flight flight = new Flight(task, arms.size(), lag, now, stallAfterNanos);
            live.flights().addLast(flight);
            flights.add(flight);
        }
        busy.put(live.info().session(), live);
        if (first instanceof Work.Open open) {
            open(live, flights.get(0), open.session());
        } else if (first instanceof Work.Close) {
            terminate(live, flights.get(0));
        } else if (first instanceof Work.Restore restore) {
            send(live, flights, List.of(SnapshotRequest.of(restore.snapshot(), false)));
        } else {
            run(live, flights);
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
            requests.add(
                    run.treatment() instanceof Treatment.Force force
                            ? ForcedRequest.of(run.exchange(), force.sqlState())
                            : run.exchange().request());
        }
        send(live, flights, requests);
    }

    private void withhold(LiveSession live, Flight flight, Work.Run run, Treatment.Withhold withheld) {
        if (withheld.endsSession()) {
            live.breakOff("broken-off-in-production");
        }
        publish(run, withheld.disposition(), withheld.reason(), flight, List.of());
        remove(live, flight, withheld.endsSession());
    }

    private void send(LiveSession live, List<Flight> flights, List<ByteBuf> requests) {
        if (live.broken() != null || live.arm(0) == null) {
            String reason = live.broken() == null ? "session-not-open" : live.broken();
            for (Flight flight : flights) {
                if (flight.task().work() instanceof Work.Run run) {
                    publish(run, Disposition.NOT_COMPARABLE, reason, flight, List.of());
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

    private Conversation conversation(LiveSession live, Flight flight, ByteBuf request, int arm) {
        ByteBuf expected = Unpooled.EMPTY_BUFFER;
        boolean comparable = false;
        if (flight.task().work() instanceof Work.Run run && !(run.treatment() instanceof Treatment.Force)) {
            expected = run.exchange().answer();
            comparable = run.exchange().answered() && run.exchange().omissions().isEmpty();
        }
        return new Conversation(
                request, expected, comparable, limits.maxResult(), result -> answered(live, flight, arm, result));
    }

    private void answered(LiveSession live, Flight flight, int arm, ArmResult result) {
        if (flight.answered(arm, result)) {
            finish(live, flight);
        }
    }

    private void finish(LiveSession live, Flight flight) {
        List<ArmResult> results = flight.results();
        boolean lost = flight.isLimitHit() || results.stream().anyMatch(ArmResult::brokenOff);
        if (flight.task().work() instanceof Work.Run run) {
            Verdicts.Verdict verdict = Verdicts.of(
                    run.treatment(),
                    results,
                    flight.isLimitHit(),
                    live.isTainted(),
                    flight.task().raced());
            live.taint(!(run.treatment() instanceof Treatment.Force)
                    && Verdicts.taintsFollowers(run.exchange(), results, live.isTainted()));
            boolean sent = verdict.disposition() != Disposition.FORCED;
            publish(run, verdict.disposition(), verdict.reason(), flight, sent ? results : List.of());
        }
        if (lost) {
            live.breakOff(flight.isLimitHit() ? Verdicts.WAIT_LIMIT : Verdicts.CONNECTION_LOST);
        }
        remove(live, flight, lost || Verdicts.transactionOver(results));
    }

    private void publish(Work.Run run, Disposition disposition, String reason, Flight flight, List<ArmResult> results) {
        RecordedExchange exchange = run.exchange();
        List<ArmAnswer> answers = new ArrayList<>(results.size());
        long kept = 0;
        boolean differs = false;
        for (int arm = 0; arm < results.size(); arm++) {
            ArmResult result = results.get(arm);
            answers.add(new ArmAnswer(
                    arms.get(arm).arm(),
                    result.sameAsRecorded(),
                    result.frames(),
                    result.truncated(),
                    result.sentWallMicros(),
                    result.latencyNanos(),
                    result.brokenOff()));
            kept += result.frames().readableBytes();
            differs |= !result.sameAsRecorded();
        }
        window.take(kept);
        counters.ended(differs, flight.task().moved());
        publisher.add(new Finished(
                run.session(),
                exchange,
                disposition,
                reason,
                flight.lagNanos(),
                flight.task().moved(),
                answers,
                run.weight() + kept));
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
            next.atHead(now, stallAfterNanos);
        }
        Work work = flight.task().work();
        if (!(work instanceof Work.Run)) {
            window.release(work.weight());
        }
        schedule.done(flight.task(), transactionOver);
        advance();
    }

    private void open(LiveSession live, Flight flight, SessionInfo info) {
        if (openSessions >= limits.maxConnections()) {
            counters.warn("max-connections", "more than " + limits.maxConnections() + " sessions at once");
            live.breakOff("max-connections");
            remove(live, flight, true);
            return;
        }
        int[] outstanding = {arms.size()};
        for (int arm = 0; arm < arms.size(); arm++) {
            int index = arm;
            ArmServer server = arms.get(arm);
            server.open(info).onComplete(result -> {
                if (result.succeeded()) {
                    opened(live, index, info, result.result());
                } else {
                    refused(live, server, result.cause());
                }
                if (--outstanding[0] == 0 && live.flights().contains(flight)) {
                    restoreOrDone(live, flight, info);
                }
            });
        }
    }

    private void opened(LiveSession live, int arm, SessionInfo info, ArmServer.Opened opened) {
        if (!live.wasOpened()) {
            openSessions++;
        }
        live.put(arm, opened.session());
        if (!opened.hasRole()) {
            counters.warn(
                    "role-missing",
                    "role=" + info.user() + " can't be taken on "
                            + arms.get(arm).info() + ": its sessions run as the login's role");
        }
        if (live.broken() != null) {
            opened.session().abort();
        }
    }

    private void refused(LiveSession live, ArmServer server, Throwable cause) {
        if (cause instanceof LoginRefused refused) {
            counters.warn("session-refused", "target=" + server.info() + ": " + refused.getMessage());
            live.breakOff("session-refused");
        } else {
            fail(new ServiceUnreachable("target=" + server.info() + " is lost: " + cause.getMessage(), cause));
        }
    }

    private void restoreOrDone(LiveSession live, Flight flight, SessionInfo info) {
        if (info.snapshot() != null && live.broken() == null) {
            ByteBuf request = SnapshotRequest.of(info.snapshot(), true);
            if (request.isReadable()) {
                send(live, List.of(flight), List.of(request));
                return;
            }
        }
        remove(live, flight, true);
    }

    private void terminate(LiveSession live, Flight flight) {
        int[] outstanding = {1};
        Runnable closed = () -> {
            if (--outstanding[0] == 0) {
                if (live.wasOpened()) {
                    openSessions--;
                }
                sessions.remove(live.info().session());
                publisher.sessionOver(live.info().session());
                remove(live, flight, true);
            }
        };
        for (int arm = 0; arm < arms.size(); arm++) {
            ArmSession session = live.arm(arm);
            if (session != null) {
                outstanding[0]++;
                session.terminate(closed);
            }
        }
        closed.run();
    }

    /** Looks after what takes long: asks the servers, ends what has reached the limit, tries again what waited. */
    private void scan(long timer) {
        if (closing) {
            vertx.cancelTimer(timer);
            return;
        }
        long now = ticks.nanos();
        List<LiveSession> stalled = new ArrayList<>();
        for (LiveSession live : List.copyOf(busy.values())) {
            Flight head = live.flights().peekFirst();
            if (head == null) {
                continue;
            }
            long age = head.ageNanos(now);
            if (age >= waitLimitNanos + CANCEL_GRACE_NANOS) {
                head.hitLimit();
                giveUp(live);
            } else if (age >= waitLimitNanos) {
                cancel(live, head);
            } else if (schedule.isOrderedAcrossSessions() && head.isPollDue(now, LONGEST_POLL_NANOS)) {
                stalled.add(live);
            }
        }
        if (!stalled.isEmpty()) {
            new StallCheck(arms, sessions.values(), stalled).run((live, holders) -> {
                Flight head = live.flights().peekFirst();
                if (head != null) {
                    schedule.blocked(head.task(), holders);
                    advance();
                }
            });
        }
        boolean standstill = busy.isEmpty() || now - lastProgressNanos > STANDSTILL_NANOS;
        window.starving(standstill && !schedule.isIdle());
        Exception unwritable = publisher.failure();
        if (unwritable != null) {
            fail(new ServiceUnreachable("Kafka does not take outcomes: " + unwritable, unwritable));
        } else if (busy.isEmpty() && !schedule.isIdle() && !stopping && now - lastProgressNanos > standstillLimit()) {
            fail(new IllegalStateException("nothing can be sent: raise max-connections or the window"));
        }
        advance();
    }

    private long standstillLimit() {
        return speed.isMax() ? Math.max(waitLimitNanos, limits.serviceTimeout().toNanos()) * 2 : Long.MAX_VALUE;
    }

    private void cancel(LiveSession live, Flight head) {
        if (head.isLimitHit()) {
            return;
        }
        head.hitLimit();
        for (int arm = 0; arm < arms.size(); arm++) {
            ArmSession session = live.arm(arm);
            if (session != null && !head.hasAnswered(arm)) {
                arms.get(arm).cancel(session);
            }
        }
    }

    /** Ends a session with all that is under way on it, connections that are still being made included. */
    private void giveUp(LiveSession live) {
        live.breakOff(stopping ? "stopped" : Verdicts.WAIT_LIMIT);
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
        int[] outstanding = {1};
        Runnable closed = () -> {
            if (--outstanding[0] == 0) {
                ended.complete(complete);
            }
        };
        for (LiveSession live : List.copyOf(sessions.values())) {
            for (int arm = 0; arm < arms.size(); arm++) {
                ArmSession session = live.arm(arm);
                if (session != null) {
                    outstanding[0]++;
                    session.terminate(closed);
                }
            }
        }
        vertx.setTimer(CLOSE_GRACE_MILLIS, late -> ended.complete(complete));
        arms.forEach(ArmServer::close);
        closed.run();
    }

    private void fail(Throwable error) {
        closing = true;
        sessions.values().forEach(live -> live.breakOff("run-failed"));
        ended.completeExceptionally(error);
    }
}
