package dev.understudy.replay.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mends places that answers got by overtaking each other. Of two tasks that lock one row the lower place goes first. But
 * where the other had been answered before the first one's transaction ended, it can't have waited for that end: it had
 * the lock before. As long as neither has been sent, it gets it first here too.
 */
final class Overtaking {
    private final CausalPlan plan;
    private final Passing passing;

    Overtaking(CausalPlan plan) {
        this.plan = plan;
        this.passing = new Passing(plan, new WaitGraph(plan));
    }

    /** Looks at what locks the rows that this end lets go. */
    void mend(Planned end) {
        List<Planned> lockers = lockers(end);
        for (Planned overtaken : plan.index.undoneInOrder()) {
            if (overtaken.isQueued()
                    && overtaken.line != end.line
                    && overtaken.place().compareTo(end.place()) < 0
                    && overtaken.isProvenBefore(end)) {
                for (Planned locker : lockers) {
                    if (locker.position < overtaken.position && lockOneRow(locker, overtaken, end)) {
                        Planned first = upToEnd(overtaken, end.place());
                        if (first != null) {
                            passing.passIfUnproven(first, locker);
                        }
                    }
                }
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

    /** The end of a task's transaction; null if that does not come before a place. */
    private static @Nullable Planned upToEnd(Planned from, Place before) {
        boolean behind = false;
        for (Planned planned : from.line.unsent) {
            if (planned.place().compareTo(before) >= 0 || !planned.inSight) {
                return null;
            }
            behind |= planned == from;
            if (behind && planned.letsGo()) {
                return planned;
            }
        }
        return null;
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
