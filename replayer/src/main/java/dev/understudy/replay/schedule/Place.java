package dev.understudy.replay.schedule;

/**
 * Where a piece of work stands in the one total order of a trace.
 *
 * <p>Ranks are doubled counters, so that {@code sentAfter + ½} is a whole number. Each piece ranks
 *
 * <ul>
 *   <li>{@code sentAfter + ½} if it cannot wait for a lock: COMMIT and ROLLBACK, a session's end. PostgreSQL releases
 *       locks before it answers, so a waiter often answers before the COMMIT that it waited for; but the COMMIT had
 *       been sent before the waiter answered;
 *   <li>{@code sentAfter} if it was long and read: its snapshot is at its start;
 *   <li>{@code doneNo} else;
 *   <li>never below its session's predecessor.
 * </ul>
 *
 * <p>Where ranks are equal the lower number goes first. That keeps every proven precedence {@code A.doneNo <=
 * B.sentAfter}: A's rank is at most {@code A.doneNo} (its predecessors' numbers are lower), B's is at least {@code
 * B.sentAfter}, and {@code A.doneNo <= B.sentAfter < B.doneNo} decides where they meet.
 *
 * @param rank the doubled rank
 * @param number the piece's {@code doneNo}, which no other has
 */
public record Place(long rank, long number) implements Comparable<Place> {
    /** Before everything: what a session's first piece follows. */
    public static final Place FIRST = new Place(Long.MIN_VALUE, 0);

    /** The place of what cannot wait for a lock. */
    public static Place ofEnd(long sentAfter, long number, Place predecessor) {
        return notBelow(predecessor, 2 * sentAfter + 1, number);
    }

    /** The place of a long exchange that read. */
    public static Place ofLong(long sentAfter, long number, Place predecessor) {
        return notBelow(predecessor, 2 * sentAfter, number);
    }

    /** The place of anything else. */
    public static Place ofAny(long number, Place predecessor) {
        return notBelow(predecessor, 2 * number, number);
    }

    private static Place notBelow(Place predecessor, long rank, long number) {
        return new Place(Math.max(predecessor.rank, rank), number);
    }

    /**
     * Whether nothing that is yet to be read can come before this place.
     *
     * @param watermark everything unread has a {@code sentAfter} of at least this
     */
    public boolean isFinal(long watermark) {
        return watermark == Long.MAX_VALUE || rank < 2 * watermark;
    }

    @Override
    public int compareTo(Place other) {
        int byRank = Long.compare(rank, other.rank);
        return byRank != 0 ? byRank : Long.compare(number, other.number);
    }
}
