package dev.understudy.replay;

import dev.understudy.replay.target.ArmServer;
import dev.understudy.replay.target.ArmSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Looks after what takes long: asks the servers what it waits for, cancels it at the limit, and gives the session up
 * if even that does not help. Belongs to the director's thread.
 */
final class StallWatch {
    private static final long LONGEST_POLL_NANOS = 500_000_000;
    private static final long CANCEL_GRACE_NANOS = 1_000_000_000;

    private final List<ArmServer> arms;
    private final long waitLimitNanos;
    private final Actions actions;

    /** What the watch has done. */
    interface Actions {
        /** A session's answer waits for what these others hold. */
        void blocked(LiveSession live, Set<Long> holders);

        /** A session has to be ended with all that is under way on it. */
        void giveUp(LiveSession live);
    }

    StallWatch(List<ArmServer> arms, Duration waitLimit, Actions actions) {
        this.arms = arms;
        this.waitLimitNanos = waitLimit.toNanos();
        this.actions = actions;
    }

    /**
     * Looks once.
     *
     * @param busy sessions with something under way; a copy, as ending them changes which have
     * @param all all sessions, any of which may hold what others wait for
     * @param ask whether the servers are to be asked
     */
    void look(Collection<LiveSession> busy, Collection<LiveSession> all, boolean ask, long now) {
        List<LiveSession> stalled = new ArrayList<>();
        for (LiveSession live : busy) {
            Flight head = live.flights().peekFirst();
            if (head == null) {
                continue;
            }
            long age = head.ageNanos(now);
            if (age >= waitLimitNanos + CANCEL_GRACE_NANOS) {
                head.hitLimit();
                actions.giveUp(live);
            } else if (age >= waitLimitNanos) {
                cancel(live, head);
            } else if (ask && head.isPollDue(now, LONGEST_POLL_NANOS)) {
                stalled.add(live);
            }
        }
        if (!stalled.isEmpty()) {
            new StallCheck(arms, all, stalled).run(actions::blocked);
        }
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
}
