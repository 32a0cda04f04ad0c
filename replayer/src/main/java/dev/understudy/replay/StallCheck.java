package dev.understudy.replay;

import dev.understudy.replay.target.ArmServer;
import dev.understudy.replay.target.ArmSession;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Asks every arm which of our sessions some others wait for. */
final class StallCheck {
    /** Stands for a holder that is no session, such as a prepared transaction. */
    static final long NO_SESSION = Long.MIN_VALUE;

    private final List<ArmServer> arms;
    private final Collection<LiveSession> sessions;
    /** What has no answer yet of those sessions about which is asked. */
    private final Map<LiveSession, Flight> stalled = new LinkedHashMap<>();

    StallCheck(List<ArmServer> arms, Collection<LiveSession> sessions, List<LiveSession> stalled) {
        this.arms = arms;
        this.sessions = sessions;
        for (LiveSession live : stalled) {
            Flight head = live.flights().peekFirst();
            if (head != null) {
                this.stalled.put(live, head);
            }
        }
    }

    /** Calls back, later, for each stalled session that waits for sessions of ours, with those of all arms together. */
    void run(BiConsumer<LiveSession, Set<Long>> whenBlocked) {
        Map<LiveSession, Set<Long>> blocked = new LinkedHashMap<>();
        Map<LiveSession, Integer> armsThatWait = new HashMap<>();
        List<Future<?>> asked = new ArrayList<>();
        for (int arm = 0; arm < arms.size(); arm++) {
            int index = arm;
            Map<Integer, LiveSession> waiters = waiters(arm);
            asked.add(arms.get(arm)
                    .blockers(waiters.keySet())
                    .onSuccess(found -> found.forEach((waiter, pids) -> {
                        LiveSession live = waiters.get(waiter);
                        if (live != null) {
                            armsThatWait.merge(live, 1, Integer::sum);
                            blocked.computeIfAbsent(live, absent -> new HashSet<>())
                                    .addAll(holders(index, pids, live));
                        }
                    })));
        }
        Future.join(asked)
                .onComplete(done -> blocked.forEach((live, holders) -> {
                    Flight head = stalled.get(live);
                    // what was told of another, which has been answered since, says nothing of this one
                    if (head != null && head == live.flights().peekFirst() && !holders.isEmpty()) {
                        if (armsThatWait.getOrDefault(live, 0) == arms.size()) {
                            head.task().waitsOnEveryArm();
                        }
                        whenBlocked.accept(live, holders);
                    }
                }));
    }

    private Map<Integer, LiveSession> waiters(int arm) {
        Map<Integer, LiveSession> waiters = new HashMap<>();
        for (LiveSession live : stalled.keySet()) {
            ArmSession session = live.arm(arm);
            Flight head = live.flights().peekFirst();
            if (session != null && head != null && !head.hasAnswered(arm)) {
                waiters.put(session.processId(), live);
            }
        }
        return waiters;
    }

    private Set<Long> holders(int arm, Set<Integer> pids, LiveSession waiter) {
        Set<Long> holders = new HashSet<>();
        for (LiveSession live : sessions) {
            ArmSession session = live.arm(arm);
            if (live != waiter && session != null && pids.contains(session.processId())) {
                holders.add(live.info().session());
            }
        }
        if (pids.contains(0) || holders.isEmpty() && !pids.isEmpty()) {
            // a prepared transaction, or somebody who is no session of the trace
            holders.add(NO_SESSION);
        }
        return holders;
    }
}
