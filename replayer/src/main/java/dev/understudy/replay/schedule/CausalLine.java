package dev.understudy.replay.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One session's tasks in a causal schedule. */
final class CausalLine {
    final Deque<Planned> unsent = new ArrayDeque<>();
    final Deque<Planned> underWay = new ArrayDeque<>();
    final HeldRows held = new HeldRows();
    final Versions.OfLine versions = new Versions.OfLine();
    /** Sessions that hold, on some arm, what the first task under way waits for, as far as that was told. */
    Set<Long> holders = new HashSet<>();

    /** Tables that its open transaction has written to. */
    final List<Contention.Table> written = new ArrayList<>();

    /** Rows that its open transaction has locked, as far as it has come in sight. */
    final List<Touch> locks = new ArrayList<>();

    /** How many locks the session keeps beyond its transactions, by what has been sent. */
    int keptLocks;
    /** How often it was told, of the first task under way, that it waits. */
    int told;

    boolean offered;
    /** Whether nobody waits for it, since it waits for a lock of which nobody knows when it is let go. */
    boolean stranded;
    /** How often was told that what is under way waits for somebody who is no session of the trace. */
    int strangers;
    /** The last task that was added. */
    @Nullable Planned newest;

    @Nullable Planned head() {
        return unsent.peekFirst();
    }

    /** Counts the locks that the session keeps beyond its transactions. */
    void keep(List<Touch> touches) {
        for (int i = 0; i < touches.size(); i++) {
            Touch touch = touches.get(i);
            if (touch.use() == Touch.Use.HOLD) {
                keptLocks++;
            } else if (touch.use() == Touch.Use.RELEASE) {
                keptLocks = touch.key() == null ? 0 : Math.max(0, keptLocks - 1);
            }
        }
    }

    /** A task under way, which is mostly the first. */
    Planned underWay(Task task) {
        Planned first = underWay.peekFirst();
        if (first != null && first.task == task) {
            return first;
        }
        for (Planned planned : underWay) {
            if (planned.task == task) {
                return planned;
            }
        }
        throw new IllegalStateException("session=" + task.session() + ": a task ended that was not under way");
    }

    /** Whether what lets go of the open transaction's locks has been sent. */
    boolean isEndUnderWay() {
        for (Planned planned : underWay) {
            if (planned.letsGo()) {
                return true;
            }
        }
        return false;
    }

    /** What lets go first of all that is not in sight; null if that is not known yet. */
    @Nullable Planned endOutOfSight() {
        for (Planned planned : unsent) {
            if (!planned.inSight && planned.letsGo()) {
                return planned;
            }
        }
        return null;
    }

    /** What lets go of the open transaction's locks, null if that is not known yet. */
    @Nullable Planned end() {
        for (Planned planned : underWay) {
            if (planned.letsGo()) {
                return planned;
            }
        }
        for (Planned planned : unsent) {
            if (planned.letsGo()) {
                return planned;
            }
        }
        return null;
    }
}
