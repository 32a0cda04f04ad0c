package dev.understudy.replay;

import dev.understudy.replay.schedule.SnapshotRequest;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.target.ArmResult;
import dev.understudy.replay.target.ArmServer;
import dev.understudy.replay.target.ArmSession;
import dev.understudy.replay.target.Conversation;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What sessions say to the arms, and what the answers mean: every flight that begins here ends here once, with what is to
 * be said of it said. Belongs to the director's thread.
 */
final class Conversations {
    private final Vertx vertx;
    private final List<ArmServer> arms;
    private final LiveSessions sessions;
    private final Connections connections;
    private final Rewrites rewrites;
    private final Reporter reporter;
    private final RunCounters counters;
    private final int maxResult;
    private final WhenOver whenOver;

    /** Hears of the end of each flight. */
    interface WhenOver {
        /** A flight has ended; {@code transactionOver} if no arm has a transaction of the session open. */
        void over(LiveSession live, Flight flight, boolean transactionOver);
    }

    Conversations(
            Vertx vertx,
            List<ArmServer> arms,
            LiveSessions sessions,
            Connections connections,
            Rewrites rewrites,
            Reporter reporter,
            RunCounters counters,
            int maxResult,
            WhenOver whenOver) {
        this.vertx = vertx;
        this.arms = arms;
        this.sessions = sessions;
        this.connections = connections;
        this.rewrites = rewrites;
        this.reporter = reporter;
        this.counters = counters;
        this.maxResult = maxResult;
        this.whenOver = whenOver;
    }

    /** Does on every arm what one session is to do now; {@code flights} are under way in it already. */
    void begin(LiveSession live, List<Flight> flights) {
        Work first = flights.get(0).task().work();
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

    /** Ends a session with all that is under way in it. */
    void giveUp(LiveSession live, String reason) {
        live.breakOff(reason);
        // closing has ended what had been sent; what is left is a connection that is still being made
        for (Flight left : List.copyOf(live.flights())) {
            if (live.flights().contains(left)) {
                whenOver.over(live, left, true);
            }
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
            whenOver.over(live, flight, true);
        }
    }

    private void closed(LiveSession live, Flight flight) {
        sessions.forget(live);
        connections.over(live);
        reporter.sessionOver(live);
        rewrites.sessionOver(live.info().session());
        if (live.flights().contains(flight)) {
            whenOver.over(live, flight, true);
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
        whenOver.over(live, flight, withheld.endsSession());
    }

    private void send(LiveSession live, List<Flight> flights, List<ByteBuf> requests) {
        String broken = live.broken() == null && !live.wasOpened() ? "session-not-open" : live.broken();
        if (broken != null) {
            for (Flight flight : flights) {
                if (flight.task().work() instanceof Work.Run run) {
                    reporter.unsent(flight, run, Disposition.NOT_COMPARABLE, broken);
                }
                whenOver.over(live, flight, true);
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
        Work work = flight.task().work();
        ByteBuf expected = Unpooled.EMPTY_BUFFER;
        boolean comparable = false;
        if (work instanceof Work.Run run && run.treatment().isAsRecorded()) {
            expected = run.exchange().answer();
            comparable = run.exchange().answered() && run.exchange().omissions().isEmpty();
        }
        ByteBuf sent = rewrites.forArm(work, arm, request);
        return new Conversation(sent, expected, comparable, maxResult, given -> {
            ArmResult result = rewrites.read(work, arm, given);
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
        } else if (results.stream().anyMatch(ArmResult::failed)) {
            counters.warn(
                    "session-state",
                    "session=" + live.info().session()
                            + ": what it had set or prepared before its recording began can't be brought back on an arm");
            live.breakOff("session-state");
        }
        if (lost) {
            live.breakOff(flight.isLimitHit() ? Verdicts.WAIT_LIMIT : Verdicts.CONNECTION_LOST);
        }
        whenOver.over(live, flight, lost || Verdicts.transactionOver(results));
    }
}
