package dev.understudy.replay.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a causal schedule does when a task waits in a database for a lock, on whichever arm. Mostly nothing: the holder's
 * transaction goes on and will end. But where that can't end before the waiter is done, since something of it has to
 * follow the waiter, there would be a standstill. Then the holder's tasks up to its end go first:
 *
 * <ul>
 *   <li>they no longer follow what has to follow the waiter and is not proven to come before them; it follows them;
 *   <li>what is proven to come before them no longer follows the waiter, nor what its session has yet to do.
 * </ul>
 *
 * <p>If production had sent that end before the waiter's place, this breaks no order that is proven, and the holder is what
 * has moved; else the waiter is.
 *
 * <p>Two sessions that wait for each other, each on another arm, see no end of that: one of them gets its transaction's
 * rest written behind what it waits with. The arms have taken two orders there, and what was under way is raced. So is
 * what is sent while something waits for a lock with which it may conflict.
 */
final class CausalMoves {
    private final CausalPlan plan;
    private final WaitGraph graph;
    private final Deque<List<Planned>> ahead = new ArrayDeque<>();

    CausalMoves(CausalPlan plan) {
        this.plan = plan;
        this.graph = new WaitGraph(plan);
    }

    /** Tasks to be written behind what their session waits with; null if there are none. */
    @Nullable List<Planned> writtenAhead() {
        return ahead.pollFirst();
    }

    /**
     * A task has been sent: it races with what waits for a lock that its session does not hold, and with what was written
     * behind that, which an arm that does not wait may have done already.
     */
    void sent(Planned planned) {
        for (CausalLine line : plan.blocked) {
            boolean holds = line.holders.contains(planned.task.session());
            for (Planned waiting : line.underWay) {
                if (!(holds && waiting == line.underWay.getFirst()) && waiting.conflictsWith(planned)) {
                    waiting.task.raced = true;
                    planned.task.raced = true;
                }
            }
        }
    }

    /** A task has ended. */
    void done(Planned planned, boolean transactionOver) {
        plan.blocked.remove(planned.line);
        if (transactionOver && !plan.blocked.isEmpty()) {
            plan.blocked.removeIf(line -> line.holders.remove(planned.task.session()) && line.holders.isEmpty());
        }
    }

    /** A task waits for locks that these sessions hold, or foreign ones, on some arm. */
    void blocked(Task task, Set<Long> holders) {
        CausalLine waiter = plan.known(task.session());
        if (waiter == null || waiter.underWay.isEmpty() || holders.isEmpty()) {
            return;
        }
        waiter.holders = new HashSet<>(holders);
        plan.blocked.add(waiter);
        if (!endsCircle(waiter)) {
            resolve(waiter);
        }
    }

    /** Looks again at what waits, if more of those who hold locks has come in sight. */
    void reconsider() {
        if (plan.holderInSight) {
            plan.holderInSight = false;
            plan.blocked.forEach(this::resolve);
        }
    }

    private void resolve(CausalLine waiter) {
        for (long holder : waiter.holders) {
            CausalLine line = plan.known(holder);
            if (line == null) {
                letGoOn(waiter);
            } else if (!line.isEndUnderWay()) {
                Planned end = line.end();
                if (end != null && end.inSight && graph.behind(waiter.underWay).contains(end)) {
                    goFirst(waiter, line, end);
                }
            }
        }
    }

    /** Nobody knows when a lock is let go that no session of the trace holds: the order goes on without the waiter. */
    private void letGoOn(CausalLine waiter) {
        for (Planned planned : WaitGraph.undone(waiter)) {
            for (Planned follower : List.copyOf(planned.followers)) {
                planned.task.moved = true;
                plan.letGo(planned, follower);
            }
        }
    }

    /** Lets what has to come first go on without a line that has to wait. */
    private void letPass(CausalLine line, Set<Planned> first) {
        for (Planned planned : WaitGraph.undone(line)) {
            boolean passed = false;
            for (Planned follower : List.copyOf(planned.followers)) {
                if (first.contains(follower)) {
                    passed = true;
                    plan.letGo(planned, follower);
                }
            }
            if (passed) {
                planned.task.moved = true;
                graph.keepBehind(planned, first);
            }
        }
    }

    /** Whether a task would wait for a row that the open transaction, which has this end, has locked already. */
    private static boolean isLockedOut(Planned planned, Planned end) {
        Planned next = end.line.head();
        for (Access held : end.accesses) {
            if (next != null && held.since().compareTo(next.place()) < 0 && planned.locksRowOf(held)) {
                return true;
            }
        }
        return false;
    }

    /** What is to come first of two that may conflict. */
    private record Order(Planned first, Planned then) {}

    /** Lets the holder's tasks up to its end go before the waiter is done. */
    private void goFirst(CausalLine waiter, CausalLine holder, Planned end) {
        Planned waiting = waiter.underWay.getFirst();
        boolean proven = 2 * end.task.work().sentAfter() >= waiting.place().rank();
        waiting.task.moved |= proven;
        Set<Planned> behind = graph.behind(waiter.underWay);
        List<Order> turned = new ArrayList<>();
        List<Order> kept = new ArrayList<>();
        List<Planned> goBefore = new ArrayList<>(List.of(end));
        Set<Planned> lockedOut = new HashSet<>();
        for (Planned planned : rest(holder)) {
            planned.task.moved |= !proven;
            for (Planned earlier : List.copyOf(plan.index.inSight())) {
                if (earlier.isDone() || earlier.line == holder) {
                    continue;
                }
                if (earlier.isQueued() && isLockedOut(earlier, end)) {
                    lockedOut.add(earlier);
                }
                boolean isBefore = earlier.place().compareTo(planned.place()) < 0 && earlier.conflictsWith(planned);
                earlier.task.moved |= earlier.line == waiter && isBefore;
                if (behind.contains(earlier) && (lockedOut.contains(earlier) || !earlier.isProvenBefore(planned))) {
                    plan.letGo(earlier, planned);
                    if (isBefore) {
                        earlier.task.moved = true;
                        turned.add(new Order(planned, earlier));
                        if (earlier.locksRowOf(planned)) {
                            lockedOut.add(earlier);
                        }
                    }
                } else if (isBefore) {
                    // it may have come first by way of what does so no longer
                    kept.add(new Order(earlier, planned));
                    goBefore.add(earlier);
                }
            }
        }
        Set<Planned> before = graph.before(goBefore);
        letPass(waiter, before);
        for (Order keep : kept) {
            if (!isBehind(keep.then(), keep.first())) {
                plan.follow(keep.first(), keep.then());
            }
        }
        for (Order turn : turned) {
            if (lockedOut.contains(turn.then()) && isBehind(turn.then(), turn.first())) {
                letPass(turn.then().line, before);
            }
            if (turn.then().isQueued() && !isBehind(turn.then(), turn.first())) {
                plan.follow(turn.first(), turn.then());
            }
            graph.keepBehind(turn.then(), before);
        }
    }

    private boolean isBehind(Planned first, Planned then) {
        return graph.behind(List.of(first)).contains(then);
    }

    /** A line's unsent tasks in sight, up to what lets go of its transaction's locks. */
    private static List<Planned> rest(CausalLine line) {
        List<Planned> rest = new ArrayList<>();
        for (Planned planned : line.unsent) {
            if (!planned.inSight) {
                break;
            }
            rest.add(planned);
            if (planned.letsGo()) {
                break;
            }
        }
        return rest;
    }

    /** If all that a line waits for waits in a circle, lets the lowest go on that can; whether there is a circle. */
    private boolean endsCircle(CausalLine start) {
        Set<CausalLine> circle = new HashSet<>();
        Deque<CausalLine> toFollow = new ArrayDeque<>(List.of(start));
        boolean closed = false;
        while (!toFollow.isEmpty()) {
            for (long holder : toFollow.removeFirst().holders) {
                CausalLine next = plan.known(holder);
                if (next != null && plan.blocked.contains(next) && circle.add(next)) {
                    toFollow.add(next);
                }
                closed |= next == start;
            }
        }
        if (closed && ahead.isEmpty()) {
            circle.forEach(line -> line.underWay.forEach(planned -> planned.task.raced = true));
            List<CausalLine> lowestFirst = new ArrayList<>(circle);
            lowestFirst.removeIf(line -> line.unsent.isEmpty() || line.isEndUnderWay());
            lowestFirst.sort(Comparator.comparing(line -> line.unsent.getFirst().place()));
            for (CausalLine line : lowestFirst) {
                if (writeAhead(line)) {
                    break;
                }
            }
        }
        return closed;
    }

    /** Writes a line's tasks up to its transaction's end behind what it waits with; whether that can be done. */
    private boolean writeAhead(CausalLine line) {
        Work last = line.underWay.getLast().task.work();
        List<Planned> rest = rest(line);
        if (rest.isEmpty() || !rest.get(rest.size() - 1).letsGo()) {
            return false;
        }
        for (Planned planned : rest) {
            if (!Pipelining.mayFollow(last) || !Pipelining.mayBeAhead(planned.task.work())) {
                return false;
            }
            last = planned.task.work();
        }
        for (Planned planned : rest) {
            for (Planned earlier : plan.index.inSight()) {
                if (!earlier.isDone()) {
                    plan.letGo(earlier, planned);
                }
            }
            planned.task.moved = true;
        }
        ahead.add(rest);
        return true;
    }
}
