package dev.understudy.replay;

import dev.understudy.replay.schedule.SessionInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sessions that live on the arms, and which of them have something under way. Belongs to the director's thread. */
final class LiveSessions {
    private final int arms;
    private final long stallAfterNanos;
    private final Map<Long, LiveSession> all = new HashMap<>();
    private final Map<Long, LiveSession> busy = new HashMap<>();

    LiveSessions(int arms, long stallAfterNanos) {
        this.arms = arms;
        this.stallAfterNanos = stallAfterNanos;
    }

    /** The session as it lives, or is about to. */
    LiveSession of(SessionInfo info) {
        return all.computeIfAbsent(info.session(), session -> new LiveSession(info, arms));
    }

    /** Something is under way in a session, behind what is already. */
    void begin(LiveSession live, Flight flight) {
        live.flights().addLast(flight);
        busy.put(live.info().session(), live);
    }

    /** Something is not under way any more. */
    void end(LiveSession live, Flight flight, long nowNanos) {
        live.flights().remove(flight);
        Flight next = live.flights().peekFirst();
        if (next == null) {
            busy.remove(live.info().session());
        } else {
            next.atHead(nowNanos, stallAfterNanos);
        }
    }

    /** The session has ended on every arm. */
    void forget(LiveSession live) {
        all.remove(live.info().session());
    }

    /** Whether nothing is under way. */
    boolean areQuiet() {
        return busy.isEmpty();
    }

    /** A view; whoever may end sessions while going through it takes a copy. */
    Collection<LiveSession> all() {
        return all.values();
    }

    /** A copy: those with something under way. */
    List<LiveSession> busy() {
        return List.copyOf(busy.values());
    }
}
