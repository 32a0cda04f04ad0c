package dev.understudy.replay.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task in a causal schedule, with what waits for it. */
final class Planned {
    final Task task;
    final CausalLine line;
    /** Its place's, at hand: places are compared more often than anything else. */
    private final long rank;

    private final long number;
    private final boolean letsGo;
    final List<Touch> touches;
    /** Tasks of other sessions that are not sent before this one is done. */
    List<Planned> followers = List.of();
    /** What it does to rows; known once it is {@link #inSight}. */
    List<Access> accesses = List.of();

    /**
     * Tasks that must have been answered: they bring the values which it uses, in its own session too, or removed the row
     * that it waits for. Known once it is {@link #inSight}.
     */
    List<Planned> producers = List.of();

    /** Who takes the one snapshot that its transaction has, perhaps itself; null if each statement has its own. */
    @Nullable Planned snapshot;

    int modes;
    /** How many undone tasks of other sessions have this one among their followers. */
    int waitsFor;
    /** Whether an arm is known to have waited at it. */
    boolean waited;
    /** Whether its place is final and what it has to wait for is known. */
    boolean inSight;
    /** Whether everything that comes later in the order follows it, or what follows it. */
    boolean hidesAll;
    /** Where it stands in the order of what is in sight. */
    int position;
    /** What its session does next; null if that is not known. */
    @Nullable Planned next;

    /** Tasks that waited for this end in production, and do so again: they come before it, and are not followed by it. */
    List<Planned> waiters = List.of();
    /** Ends that it is a waiter of. */
    List<Planned> awaited = List.of();
    /** Those of them of which it is not known yet that they wait. */
    List<Planned> unmet = List.of();

    /** The last task that was made to follow this one. */
    private Planned lastFollower = this;

    Planned(Task task, CausalLine line, List<Touch> touches) {
        this.task = task;
        this.line = line;
        this.rank = task.work().place().rank();
        this.number = task.work().place().number();
        this.touches = touches;
        this.letsGo = task.work().letsGo() || unlocks();
    }

    Place place() {
        return task.work().place();
    }

    /** As {@link Place#compareTo}. */
    int comparePlace(Planned other) {
        int byRank = Long.compare(rank, other.rank);
        return byRank != 0 ? byRank : Long.compare(number, other.number);
    }

    boolean isDone() {
        return task.state == Task.State.DONE;
    }

    boolean isQueued() {
        return task.state == Task.State.QUEUED;
    }

    /** Whether locks of the session are let go here: it ends its transaction, it fails, or it unlocks. */
    boolean letsGo() {
        return letsGo;
    }

    /** Whether it lets go of locks that its session keeps beyond its transactions. */
    boolean unlocks() {
        for (int i = 0; i < touches.size(); i++) {
            if (touches.get(i).use() == Touch.Use.RELEASE) {
                return true;
            }
        }
        return false;
    }

    /** Whether this had ended in production before the other was sent. */
    boolean isProvenBefore(Planned other) {
        return number <= other.task.work().sentAfter();
    }

    boolean conflictsWith(Planned other) {
        if (line == other.line || !Access.conflict(modes, other.modes)) {
            return false;
        }
        for (Access mine : accesses) {
            for (Access theirs : other.accesses) {
                if (mine.conflictsWith(theirs)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether it locks a row that the other locks too. */
    boolean locksRowOf(Access other) {
        for (Access mine : accesses) {
            if (mine.takesLock() && mine.locksRowOf(other)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing keeps it but its session and time. */
    boolean isFree() {
        return waitsFor == 0 && unmet.isEmpty();
    }

    /** Makes a task wait for this; the same one only in a row, so that each is among the followers once. */
    void lead(Planned follower) {
        if (lastFollower != follower) {
            lastFollower = follower;
            if (followers.isEmpty()) {
                followers = new ArrayList<>(2);
            }
            followers.add(follower);
            follower.waitsFor++;
        }
    }

    /**
     * It is done: it refers to no later task any more. One that a collector has tenured would keep those alive, and each of
     * them the next, long after nothing else does.
     */
    void forget() {
        next = null;
        followers = List.of();
        lastFollower = this;
        producers = List.of();
        waiters = List.of();
    }

    /** Forgets who waits for whom. */
    void unlink() {
        followers = List.of();
        lastFollower = this;
        waitsFor = 0;
        hidesAll = false;
    }
}
