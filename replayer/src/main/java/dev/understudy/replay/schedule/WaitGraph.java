package dev.understudy.replay.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can't be done before what, at one moment. Tasks follow each other in a session and follow what they may conflict
 * with: that order can be changed where nothing proves it. But nobody gets a row before its holder's transaction ends, so
 * what waits in a database, or would have to, follows that end whatever the order says; and what uses a value follows
 * what brings it.
 */
final class WaitGraph {
    private final CausalPlan plan;

    WaitGraph(CausalPlan plan) {
        this.plan = plan;
    }

    /** What can't be done before a task as the order is, the task included. */
    Set<Planned> behind(Planned start) {
        return forwards(start, true);
    }

    /** What can't be done before a task whatever the order, the task included. */
    Set<Planned> boundBehind(Planned start) {
        return forwards(start, false);
    }

    private Set<Planned> forwards(Planned start, boolean inOrder) {
        Set<Planned> reached = new HashSet<>();
        Deque<Planned> toFollow = new ArrayDeque<>();
        reach(start, reached, toFollow);
        while (!toFollow.isEmpty()) {
            Planned planned = toFollow.removeFirst();
            if (inOrder) {
                planned.followers.forEach(follower -> reach(follower, reached, toFollow));
            }
            reach(planned.next, reached, toFollow);
            if (planned.letsGo()) {
                for (CausalLine line : plan.blocked) {
                    if (line.holders.contains(planned.task.session())) {
                        reach(line.underWay.getFirst(), reached, toFollow);
                    }
                }
            }
        }
        return reached;
    }

    /**
     * What must be done before some tasks whatever the order, these included: less what has been sent.
     *
     * @param ends see {@link #openEnds}
     */
    Set<Planned> boundBefore(Collection<Planned> start, List<Planned> ends) {
        Set<Planned> reached = new HashSet<>();
        Deque<Planned> toFollow = new ArrayDeque<>();
        start.forEach(planned -> reach(planned, reached, toFollow));
        while (!toFollow.isEmpty()) {
            Planned planned = toFollow.removeFirst();
            for (Planned earlier : planned.line.unsent) {
                if (earlier == planned) {
                    break;
                }
                reach(earlier, reached, toFollow);
            }
            for (Planned producer : planned.producers) {
                reach(producer.isQueued() ? producer : null, reached, toFollow);
            }
            if (plan.blocked.contains(planned.line)) {
                for (long holder : planned.line.holders) {
                    CausalLine line = plan.known(holder);
                    reach(line == null || line.isEndUnderWay() ? null : line.end(), reached, toFollow);
                }
            }
            for (Planned end : ends) {
                if (isLockedOut(planned, end)) {
                    reach(end, reached, toFollow);
                }
            }
        }
        return reached;
    }

    private static void reach(@Nullable Planned planned, Set<Planned> reached, Deque<Planned> toFollow) {
        if (planned != null && planned.inSight && !planned.isDone() && reached.add(planned)) {
            toFollow.addLast(planned);
        }
    }

    /** What lets go of rows that were locked by tasks which have been sent, as far as it is in sight and not sent. */
    List<Planned> openEnds() {
        List<Planned> ends = new ArrayList<>();
        for (CausalLine line : plan.lines()) {
            Planned head = line.head();
            Planned end = head == null || line.isEndUnderWay() ? null : line.end();
            if (end != null && end.inSight && !end.accesses.isEmpty()) {
                ends.add(end);
            }
        }
        return ends;
    }

    /** Whether a task would wait for a row that the open transaction, which has this end, has locked already. */
    boolean isLockedOut(Planned planned, Planned end) {
        if (planned.line == end.line || (planned.modes & Access.LOCKING) == 0) {
            return false;
        }
        Planned next = plan.blocked.contains(end.line) ? end.line.underWay.getFirst() : end.line.head();
        for (Access held : end.accesses) {
            if (next != null && held.since().compareTo(next.place()) < 0 && planned.locksRowOf(held)) {
                return true;
            }
        }
        return false;
    }
}
