package dev.understudy.replay.schedule;

import org.jspecify.annotations.Nullable;

/**
 * What a planned task has to do with rows, as far as the order of tasks matters.
 *
 * <pre>
 *               looks  shares locks  shows
 *     looks       -      -      -      x      a snapshot is taken before or after rows are shown
 *     shares      -      -      x      x      who shares a lock waits for nobody else who does
 *     locks       -      x      x      x      whoever locks first is let through first, once the holder has let go
 *     shows       x      x      x      -      ends of transactions never wait for each other
 * </pre>
 *
 * @param planned whose it is
 * @param table the table, {@link Touch#ANYTHING} for all
 * @param key the rows, null for all of the table
 * @param modes a set of {@link #LOOKS}, {@link #SHARES}, {@link #LOCKS} and {@link #SHOWS}
 * @param since the first task of the transaction that touched them
 */
record Access(Planned planned, String table, @Nullable Object key, int modes, Place since) {
    static final int LOOKS = 1;
    static final int LOCKS = 2;
    static final int SHOWS = 4;
    static final int SHARES = 8;
    /** What keeps others from locking. */
    static final int LOCKING = LOCKS | SHARES;

    boolean isAnything() {
        return table.equals(Touch.ANYTHING);
    }

    /** Whether it conflicts with whatever comes before and after it. */
    boolean conflictsWithAll() {
        return (modes & LOCKS) != 0 && (modes & SHOWS) != 0;
    }

    /** Whether the task itself takes a lock, and does not just let go of one. */
    boolean takesLock() {
        return (modes & LOCKING) != 0 && since.equals(planned.place());
    }

    /** Whether both lock one row, and not just rows that may be the same, and one has to wait for the other. */
    boolean locksRowOf(Access other) {
        return key != null
                && ((modes | other.modes) & LOCKS) != 0
                && (modes & LOCKING) != 0
                && (other.modes & LOCKING) != 0
                && key.equals(other.key)
                && table.equals(other.table);
    }

    /** Whether the order of the two may matter. */
    boolean conflictsWith(Access other) {
        boolean apart = !isAnything()
                && !other.isAnything()
                && (!table.equals(other.table) || key != null && other.key != null && !key.equals(other.key));
        return !apart && conflict(modes, other.modes);
    }

    /** Whether two sets of modes conflict on the same rows. */
    static boolean conflict(int a, int b) {
        return (a & LOCKS) != 0 && (b & (LOCKS | SHARES | SHOWS)) != 0
                || (a & SHOWS) != 0 && (b & (LOOKS | SHARES | LOCKS)) != 0
                || (a & SHARES) != 0 && (b & (LOCKS | SHOWS)) != 0
                || (a & LOOKS) != 0 && (b & SHOWS) != 0;
    }
}
