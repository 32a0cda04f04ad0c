package dev.understudy.replay;

import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.target.ArmServer;
import dev.understudy.replay.target.ArmSession;
import dev.understudy.replay.target.LoginRefused;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Makes and ends captured sessions' connections on the arms. Belongs to the director's thread. */
final class Connections {
    private final List<ArmServer> arms;
    private final int maxSessions;
    private final RunCounters counters;
    private final Consumer<Throwable> whenLost;
    private int open;

    /** {@code whenLost} hears of an arm that cannot be connected to any more. */
    Connections(List<ArmServer> arms, int maxSessions, RunCounters counters, Consumer<Throwable> whenLost) {
        this.arms = arms;
        this.maxSessions = maxSessions;
        this.counters = counters;
        this.whenLost = whenLost;
    }

    /** Opens a session on every arm; {@code whenDone} is called once, whatever came of it. */
    void open(LiveSession live, Runnable whenDone) {
        if (open >= maxSessions) {
            counters.warn("max-connections", "more than " + maxSessions + " sessions at once");
            live.breakOff("max-connections");
            whenDone.run();
            return;
        }
        SessionInfo info = live.info();
        int[] outstanding = {arms.size()};
        for (int arm = 0; arm < arms.size(); arm++) {
            int index = arm;
            arms.get(arm).open(info).onComplete(result -> {
                if (result.succeeded()) {
                    opened(live, index, result.result());
                } else {
                    refused(live, arms.get(index), result.cause());
                }
                if (--outstanding[0] == 0) {
                    whenDone.run();
                }
            });
        }
    }

    private void opened(LiveSession live, int arm, ArmServer.Opened opened) {
        if (!live.wasOpened()) {
            open++;
        }
        live.put(arm, opened.session());
        if (!opened.hasRole()) {
            boolean known = !live.info().user().isEmpty();
            counters.warn(
                    known ? "role-missing" : "role-unknown",
                    known
                            ? "role=" + live.info().user() + " can't be taken on "
                                    + arms.get(arm).info() + ": its sessions are not replayed; create the role there"
                            : "session=" + live.info().session()
                                    + ": the trace does not tell its role, so it is not replayed");
            live.breakOff(known ? "role-missing" : "role-unknown");
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
            whenLost.accept(
                    new ServiceUnreachable("target=" + server.info() + " is lost: " + cause.getMessage(), cause));
        }
    }

    /** Says of a session that has ended what is to be said of its role. */
    void over(LiveSession live) {
        for (int arm = 0; arm < arms.size(); arm++) {
            ArmSession session = live.arm(arm);
            if (session != null && session.escapes() > 0) {
                counters.warn(
                        "role-escaped",
                        "role=" + live.info().user() + " on " + arms.get(arm).info()
                                + ": something set session_authorization out of sight, and was as the login's role until"
                                + " the end of its exchange; revoke what does so");
            }
        }
    }

    /** Ends a session on every arm; {@code whenDone} is called when every server has closed. */
    void end(LiveSession live, Runnable whenDone) {
        endAll(List.of(live), () -> {
            if (live.wasOpened()) {
                open--;
            }
            whenDone.run();
        });
    }

    /** Ends sessions on every arm; {@code whenDone} is called when every server has closed. */
    void endAll(Collection<LiveSession> sessions, Runnable whenDone) {
        int[] outstanding = {1};
        Runnable closed = () -> {
            if (--outstanding[0] == 0) {
                whenDone.run();
            }
        };
        for (LiveSession live : sessions) {
            for (int arm = 0; arm < arms.size(); arm++) {
                ArmSession session = live.arm(arm);
                if (session != null) {
                    outstanding[0]++;
                    session.terminate(closed);
                }
            }
        }
        closed.run();
    }
}
