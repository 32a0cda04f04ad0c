package dev.understudy.replay;

import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.target.ArmSession;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A captured session as it lives on the arms. Belongs to the director's thread. */
final class LiveSession {
    private final SessionInfo info;
    private final @Nullable ArmSession[] arms;
    private final Deque<Flight> flights = new ArrayDeque<>();
    private @Nullable String broken;

    LiveSession(SessionInfo info, int arms) {
        this.info = info;
        this.arms = new @Nullable ArmSession[arms];
    }

    SessionInfo info() {
        return info;
    }

    /** What is under way, the one to be answered next first. */
    Deque<Flight> flights() {
        return flights;
    }

    void put(int arm, ArmSession session) {
        arms[arm] = session;
    }

    @Nullable ArmSession arm(int arm) {
        return arms[arm];
    }

    /** Whether any arm has a connection for it, or had. */
    boolean wasOpened() {
        for (ArmSession session : arms) {
            if (session != null) {
                return true;
            }
        }
        return false;
    }

    /** Why nothing more can be sent; null while something can. */
    @Nullable String broken() {
        return broken;
    }

    /** Ends the session on every arm, so that nothing that it holds keeps others waiting; the first reason counts. */
    void breakOff(String reason) {
        if (broken == null) {
            broken = reason;
        }
        for (ArmSession session : arms) {
            if (session != null) {
                session.abort();
            }
        }
    }
}
