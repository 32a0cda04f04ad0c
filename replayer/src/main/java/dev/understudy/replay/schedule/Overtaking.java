package dev.understudy.replay.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Mends places that answers got by overtaking each other. Of two tasks that lock one row the lower place goes first. But
 * where the other had been answered before the first one's transaction ended, it can't have waited for that end: it had
 * the lock before. As long as neither has been sent, it gets it first here too.
 */
final class Overtaking {
    private final CausalPlan plan;
    private final WaitGraph graph;

    Overtaking(CausalPlan plan) {
        this.plan = plan;
        this.graph = new WaitGraph(plan);
    }

    private record Pair(Planned first, Planned then) {}

    /** Looks at what locks the rows that this end lets go. */
    void mend(Planned end) {
        List<Planned> lockers = lockers(end);
        List<Pair> pairs = new ArrayList<>();
        for (Planned overtaken : plan.index.inSight()) {
            if (overtaken.isQueued()
                    && overtaken.line != end.line
                    && overtaken.place().compareTo(end.place()) < 0
                    && overtaken.isProvenBefore(end)) {
                for (Planned locker : lockers) {
                    if (locker.place().compareTo(overtaken.place()) < 0 && lockOneRow(locker, overtaken, end)) {
                        List<Planned> first = upToEnd(overtaken, end.place());
                        if (first.stream().noneMatch(locker::isProvenBefore)) {
                            first.stream()
                                    .filter(locker::conflictsWith)
                                    .forEach(planned -> pairs.add(new Pair(planned, locker)));
                        }
                    }
                }
            }
        }
        for (Pair pair : pairs) {
            plan.letGo(pair.then(), pair.first());
        }
        for (Pair pair : pairs) {
            Set<Planned> before = graph.before(List.of(pair.first()));
            if (before.contains(pair.then())) {
                plan.follow(pair.then(), pair.first());
            } else {
                plan.follow(pair.first(), pair.then());
                graph.keepBehind(pair.first(), before);
                graph.keepBehind(pair.then(), Set.of());
            }
        }
    }

    /** Tasks of the transaction that wait to be sent and hide nothing; none if it has let go before. */
    private static List<Planned> lockers(Planned end) {
        List<Planned> lockers = new ArrayList<>();
        for (Planned planned : end.line.unsent) {
            if (planned == end) {
                break;
            }
            if (planned.letsGo()) {
                lockers.clear();
            } else if (planned.accesses.stream().noneMatch(Access::conflictsWithAll)) {
                lockers.add(planned);
            }
        }
        return lockers;
    }

    /** A task with the rest of its transaction; nothing if that does not come before a place. */
    private static List<Planned> upToEnd(Planned from, Place before) {
        List<Planned> rest = new ArrayList<>();
        for (Planned planned : from.line.unsent) {
            if (planned.place().compareTo(before) >= 0 || !planned.inSight) {
                break;
            }
            if (planned == from || !rest.isEmpty()) {
                rest.add(planned);
                if (planned.letsGo()) {
                    return rest;
                }
            }
        }
        return List.of();
    }

    /** Whether both lock a row that nothing of the transaction has locked which has been sent. */
    private static boolean lockOneRow(Planned locker, Planned other, Planned end) {
        Planned next = end.line.head();
        for (Access held : end.accesses) {
            if (next == null || held.since().compareTo(next.place()) < 0) {
                continue;
            }
            for (Access access : locker.accesses) {
                for (Access theirs : other.accesses) {
                    if (access.locksRowOf(held) && theirs.locksRowOf(held)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
