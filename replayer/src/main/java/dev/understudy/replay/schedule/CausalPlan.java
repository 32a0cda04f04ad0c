package dev.understudy.replay.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent by a causal schedule, and what waits for what. Tasks come in sight in the order of their places, so
 * that each is known to all that may have to wait for it; how many are in sight at once is bounded.
 */
final class CausalPlan {
    /** Tasks in sight and not done; more than sessions that run side by side would be of no use. */
    static final int MAX_IN_SIGHT = 1_024;
    /** The same while the end for which something waits is not in sight. */
    private static final int MAX_LOOKING_FURTHER = 8 * MAX_IN_SIGHT;

    /** Tasks that are brought in sight for each other's sake. */
    private static final int MAX_REVEALED = 16;

    static final Comparator<Planned> BY_PLACE = (first, second) -> {
        int byPlace = first.comparePlace(second);
        return byPlace != 0 ? byPlace : Long.compare(first.task.arrival, second.task.arrival);
    };

    final ConflictIndex index = new ConflictIndex();
    final Dependence<Planned> dependence = new Dependence<>();
    private final Overtaking overtaking = new Overtaking(this);
    private final Turns turns = new Turns(this::hadLetGo);
    private final Versions versions = new Versions(this::hadLetGo);
    private final RowLocks locks = new RowLocks();
    private final Map<Long, CausalLine> lines = new HashMap<>();
    private final PriorityQueue<Planned> ranked = new PriorityQueue<>(BY_PLACE);
    private final PriorityQueue<Planned> ready =
            new PriorityQueue<>(Comparator.comparingLong((Planned planned) -> planned.task.dueNanos())
                    .thenComparing(BY_PLACE));
    /** Lines of which something is told to wait for a lock. */
    final Set<CausalLine> blocked = new HashSet<>();
    /** Whether the end of a transaction that holds such a lock has yet to come in sight. */
    boolean looksFurther;
    /** Whether something of a session that holds such a lock has come in sight. */
    boolean holderInSight;

    private long watermark = Long.MIN_VALUE;
    private long arrivals;

    CausalLine line(long session) {
        return lines.computeIfAbsent(session, absent -> new CausalLine());
    }

    @Nullable CausalLine known(long session) {
        return lines.get(session);
    }

    Collection<CausalLine> lines() {
        return lines.values();
    }

    void add(Task task, CausalLine line, Planned planned) {
        task.arrival = arrivals++;
        if (line.newest != null && !line.newest.isDone()) {
            line.newest.next = planned;
        }
        line.newest = planned;
        line.unsent.addLast(planned);
        ranked.add(planned);
        dependence.add(planned, task.work());
        turns.add(planned);
        versions.add(planned);
        locks.add(planned);
    }

    void watermark(long counter) {
        watermark = Math.max(watermark, counter);
    }

    private boolean isFull() {
        return index.undone() >= (looksFurther ? MAX_LOOKING_FURTHER : MAX_IN_SIGHT);
    }

    /** Brings in sight what may be. */
    void look() {
        while (!isFull() && !ranked.isEmpty()) {
            Planned next = ranked.peek();
            if (!next.inSight) {
                boolean allRead = !next.letsGo() || next.place().number() <= watermark;
                if (!next.place().isFinal(watermark) || !allRead) {
                    return; // what is yet to be read may have waited for this
                }
                bring(next, null, 0);
            }
            ranked.poll();
        }
    }

    /** Brings a task in sight, and before it what production's answers reveal to have come before. */
    private void bring(Planned next, @Nullable Planned removed, int depth) {
        List<Planned> waiters = List.of();
        if (depth < MAX_REVEALED) {
            for (Turns.Earlier earlier = before(next); earlier != null && !next.inSight; earlier = before(next)) {
                bringUpTo(earlier, depth + 1);
                if (earlier.behind() != null) {
                    waiters = with(waiters, earlier.task());
                }
            }
        }
        if (!next.inSight) {
            next.waiters = waiters;
            for (Planned waiter : waiters) {
                if (!waiter.isDone()) {
                    next.unmet = with(next.unmet, waiter);
                    waiter.awaited = with(waiter.awaited, next);
                }
            }
            show(next, removed);
        }
    }

    private Turns.@Nullable Earlier before(Planned next) {
        Planned held = locks.before(next, watermark);
        Turns.Earlier earlier = held == null ? turns.before(next) : new Turns.Earlier(held, null);
        Planned version = earlier == null ? versions.before(next, watermark) : null;
        return version == null ? earlier : new Turns.Earlier(version, null);
    }

    /** A list with one more: nearly all stay empty, and are not made. */
    private static List<Planned> with(List<Planned> list, Planned more) {
        List<Planned> longer = list.isEmpty() ? new ArrayList<>(2) : list;
        longer.add(more);
        return longer;
    }

    /** Brings a task in sight, what its session has to do before, and what is proven to come before it: it may have passed that. */
    private void bringUpTo(Turns.Earlier earlier, int depth) {
        for (Planned proven : answeredBefore(earlier.task())) {
            if (!proven.inSight) {
                bring(proven, null, depth);
            }
        }
        if (earlier.task().inSight) {
            return;
        }
        for (Planned planned : earlier.task().line.unsent) {
            boolean last = planned == earlier.task();
            if (!planned.inSight) {
                bring(planned, last ? earlier.behind() : null, depth);
            }
            if (last) {
                return;
            }
        }
        if (!earlier.task().inSight) {
            throw new IllegalStateException("session=" + earlier.task().task.session() + ": its order broke");
        }
    }

    /** What is not in sight, and had been answered in production when a task was sent, its own session's too; in the order of places. */
    private List<Planned> answeredBefore(Planned task) {
        long sentAfter = task.task.work().sentAfter();
        if (ranked.isEmpty() || ranked.peek().place().rank() > 2 * sentAfter + 1) {
            return List.of();
        }
        List<Planned> polled = new ArrayList<>();
        while (!ranked.isEmpty() && ranked.peek().place().rank() <= 2 * sentAfter + 1) {
            polled.add(ranked.poll());
        }
        ranked.addAll(polled);
        polled.removeIf(planned -> planned.inSight || planned.place().number() > sentAfter);
        return polled;
    }

    /**
     * Whether the end of a transaction had let go in production when a task was sent: it had been answered, or another had
     * got a row of it.
     */
    private boolean hadLetGo(Planned end, Planned task) {
        if (end.isProvenBefore(task)) {
            return true;
        }
        for (Planned answered : answeredBefore(task)) {
            if (answered.line != end.line && answered.line != task.line && locks.gotRowOf(end.line, answered)) {
                return true;
            }
        }
        return false;
    }

    /** A task waits for who holds what it wants, or is done: ends that it was to wait for need not be kept back for it. */
    void met(Planned waiter) {
        if (waiter.awaited.isEmpty()) {
            return;
        }
        for (Planned end : waiter.awaited) {
            end.unmet.remove(waiter);
            offer(end.line);
        }
        waiter.awaited = List.of();
    }

    /** An end is waited for, and whoever else was to wait for it can't, or would have by now. */
    void meetNobodyElse(Planned end) {
        end.unmet.forEach(waiter -> waiter.awaited.remove(end));
        end.unmet = List.of();
        offer(end.line);
    }

    /** Nothing goes on: who was to wait for the first of the ends that could be sent can't come to that before it. */
    void meetNobody() {
        for (Planned end : index.undoneInOrder()) {
            if (!end.unmet.isEmpty() && end.waitsFor == 0 && end.line.head() == end) {
                meetNobodyElse(end);
                return;
            }
        }
    }

    private void show(Planned planned, @Nullable Planned removed) {
        planned.inSight = true;
        turns.shown(planned);
        versions.shown(planned);
        locks.shown(planned);
        planned.accesses = planned.line.held.next(planned);
        for (Access access : planned.accesses) {
            planned.modes |= access.modes();
        }
        planned.producers = dependence.before(planned, planned.task.work());
        if (removed != null) {
            planned.producers = new ArrayList<>(planned.producers);
            planned.producers.add(removed);
        }
        index.add(planned);
        if (index.wasOvertaken()) {
            overtaking.mend(planned);
        }
        offer(planned.line);
        if (!blocked.isEmpty()) {
            for (CausalLine line : blocked) {
                holderInSight |= line.holders.contains(planned.task.session());
            }
        }
    }

    /** Makes the line's head available, if nothing of the line is and nothing keeps it. */
    void offer(CausalLine line) {
        Planned head = line.head();
        if (!line.offered && line.underWay.isEmpty() && head != null && head.inSight && head.isFree()) {
            line.offered = true;
            ready.add(head);
        }
    }

    /** The opposite. */
    private void withdraw(CausalLine line) {
        Planned head = line.head();
        if (line.offered && head != null) {
            line.offered = false;
            ready.remove(head);
        }
    }

    /** What is to be sent first of all that nothing but time keeps; null if there is no such thing. */
    @Nullable Planned firstReady() {
        return ready.peek();
    }

    /** Takes another order of what is in sight and not done. */
    void reorder(List<Planned> order) {
        index.reorder(order);
        for (CausalLine line : lines.values()) {
            Planned head = line.head();
            if (line.offered && head != null && !head.isFree()) {
                withdraw(line);
            }
            offer(line);
        }
    }

    void sent(Planned planned) {
        CausalLine line = planned.line;
        if (line.head() != planned) {
            throw new IllegalStateException("session=" + planned.task.session() + ": its order broke");
        }
        withdraw(line);
        line.unsent.removeFirst();
        line.underWay.addLast(planned);
        line.keep(planned.touches);
        planned.task.state = Task.State.SENT;
    }

    /** Takes a task out that has ended, and lets go on what waited for it. */
    void done(Planned planned) {
        CausalLine line = planned.line;
        planned.task.state = Task.State.DONE;
        line.underWay.remove(planned);
        index.remove(planned);
        dependence.done(planned);
        List<Planned> followers = planned.followers;
        for (int i = 0; i < followers.size(); i++) {
            Planned follower = followers.get(i);
            if (--follower.waitsFor == 0) {
                offer(follower.line);
            }
        }
        met(planned);
        planned.forget();
        if (line.unsent.isEmpty() && line.underWay.isEmpty() && planned.task.work() instanceof Work.Close) {
            lines.remove(planned.task.session());
        }
    }
}
