package dev.understudy.replay.schedule;

/** A piece of work on its way through a schedule. Identity counts; belongs to the schedule's thread. */
public final class Task {
    enum State {
        QUEUED,
        SENT,
        DONE
    }

    private final Work work;
    private final long dueNanos;
    State state = State.QUEUED;
    /** In which order tasks came to a schedule: decides between equal places. */
    long arrival;

    boolean moved;
    boolean raced;
    boolean answeredSomewhere;
    boolean waitsEverywhere;

    /**
     * A piece of work that is not sent before it is due.
     *
     * @param dueNanos on the clock whose readings {@link Schedule#next} gets; {@link Long#MIN_VALUE} for at once
     */
    public Task(Work work, long dueNanos) {
        this.work = work;
        this.dueNanos = dueNanos;
    }

    /** What is to be done. */
    public Work work() {
        return work;
    }

    /** When it is due. */
    public long dueNanos() {
        return dueNanos;
    }

    /** Tells that an arm has answered it, while others may not have. */
    public void answeredOnAnArm() {
        answeredSomewhere = true;
    }

    /** Tells that every arm waits for a lock with it. */
    public void waitsOnEveryArm() {
        waitsEverywhere = true;
    }

    /** Whether it left its place because an arm waited: pulled forward, left waiting, or held back behind such a one. */
    public boolean moved() {
        return moved;
    }

    /** Whether the arms took two orders around it. */
    public boolean raced() {
        return raced;
    }

    long session() {
        return work.session().session();
    }
}
