package dev.understudy.replay.schedule;

import java.util.List;
import java.util.Set;

/** Says what may be sent next. Pure and single-threaded: told what was read, what ended and what waits for whom. */
public sealed interface Schedule permits CausalSchedule, SerialSchedule, SessionSchedule {
    /** What {@link #next} answers where nothing becomes due by time alone. */
    long NOT_BY_TIME = Long.MAX_VALUE;

    /** Takes a task; each session's come in that session's order. */
    void add(Task task);

    /** Everything not yet added has a {@code sentAfter} of at least this; {@link Long#MAX_VALUE} at the trace's end. */
    void watermark(long counter);

    /**
     * Tasks of one session to be sent now, together, in this order; empty if nothing may be sent. Ask again after each
     * answer, since several sessions may be ready.
     */
    List<Task> next(long nowNanos);

    /** When something will be due that nothing but time holds back; {@link #NOT_BY_TIME} if there is no such thing. */
    long nextDueNanos(long nowNanos);

    /**
     * A task that {@link #next} gave out has ended on every arm.
     *
     * @param transactionOver whether no transaction of its session is open on any arm
     */
    void done(Task task, boolean transactionOver);

    /** A task that was given out waits, on some arm, for locks that these sessions hold. */
    void blocked(Task task, Set<Long> holders);

    /** Whether sessions wait for each other here, so that who holds what in the database matters. */
    boolean isOrderedAcrossSessions();

    /** Whether nothing is left: nothing queued, nothing under way. */
    boolean isIdle();

    /** Every task that was added and not given out, in no order. */
    List<Task> queued();
}
