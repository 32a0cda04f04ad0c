package dev.understudy.replay.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can't be done before what, at one moment: tasks follow each other in a session, follow what they may conflict with,
 * and wait in the databases for the ends of transactions.
 */
final class WaitGraph {
    private final CausalPlan plan;

    WaitGraph(CausalPlan plan) {
        this.plan = plan;
    }

    /** A line's tasks that are in sight and not done. */
    static List<Planned> undone(CausalLine line) {
        List<Planned> undone = new ArrayList<>(line.underWay);
        for (Planned planned : line.unsent) {
            if (planned.inSight) {
                undone.add(planned);
            }
        }
        return undone;
    }

    /** What can't be done before one of these, these included. */
    Set<Planned> behind(Collection<Planned> start) {
        return closure(start, edges(false));
    }

    /** What these can't be done before, these included. */
    Set<Planned> before(Collection<Planned> start) {
        return closure(start, edges(true));
    }

    /** What came behind a task by way of another that now comes before it follows it again, and so does what is to come. */
    void keepBehind(Planned planned, Set<Planned> exempt) {
        plan.index.showAgain(planned);
        Set<Planned> ahead = before(List.of(planned));
        for (Planned later : plan.index.inSight()) {
            if (later.isQueued()
                    && later.line != planned.line
                    && later.place().compareTo(planned.place()) > 0
                    && !exempt.contains(later)
                    && !ahead.contains(later)
                    && planned.conflictsWith(later)) {
                plan.follow(planned, later);
            }
        }
    }

    private static Set<Planned> closure(Collection<Planned> start, Map<Planned, List<Planned>> edges) {
        Set<Planned> reached = new HashSet<>(start);
        Deque<Planned> toFollow = new ArrayDeque<>(start);
        while (!toFollow.isEmpty()) {
            for (Planned next : edges.getOrDefault(toFollow.removeFirst(), List.of())) {
                if (reached.add(next)) {
                    toFollow.addLast(next);
                }
            }
        }
        return reached;
    }

    private Map<Planned, List<Planned>> edges(boolean backwards) {
        Map<Planned, List<Planned>> edges = new HashMap<>();
        for (Planned planned : plan.index.inSight()) {
            if (!planned.isDone()) {
                planned.followers.forEach(follower -> add(edges, planned, follower, backwards));
            }
        }
        for (CausalLine line : plan.lines()) {
            List<Planned> undone = undone(line);
            for (int i = 1; i < undone.size(); i++) {
                add(edges, undone.get(i - 1), undone.get(i), backwards);
            }
        }
        for (CausalLine waiter : plan.blocked) {
            for (long holder : waiter.holders) {
                CausalLine line = plan.known(holder);
                Planned end = line == null ? null : line.end();
                if (end != null) {
                    add(edges, end, waiter.underWay.getFirst(), backwards);
                }
            }
        }
        return edges;
    }

    private static void add(Map<Planned, List<Planned>> edges, Planned from, Planned to, boolean backwards) {
        edges.computeIfAbsent(backwards ? to : from, node -> new ArrayList<>()).add(backwards ? from : to);
    }
}
