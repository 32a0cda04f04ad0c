package dev.understudy.replay.schedule;

import org.jspecify.annotations.Nullable;

/**
 * Rows that a piece of work may touch.
 *
 * @param table whose rows; {@link #ANYTHING} where that is not known
 * @param key which of them, equal for equal keys; null for any of them
 * @param use what becomes of them
 * @param turn what production's answer reveals of when it was this one's turn; null for nothing
 * @param version what production's answer shows of the row, as it was read or as it was left; null for nothing
 */
public record Touch(
        String table,
        @Nullable Object key,
        Use use,
        @Nullable Turn turn,
        @Nullable Version version) {
    /** In a table's place: all tables, and whatever else a server keeps. */
    public static final String ANYTHING = "";

    /**
     * What becomes of rows. Advisory locks are rows too, of a table of their own.
     *
     * <p>Which use is whose:
     *
     * <ul>
     *   <li>{@link #READ}: a plain SELECT, COPY TO, what a view or a function that only reads looks at;
     *   <li>{@link #SHARE}: a foreign key's look at the row it refers to, FOR SHARE and FOR KEY SHARE, LOCK TABLE IN SHARE MODE,
     *       {@code pg_advisory_xact_lock_shared};
     *   <li>{@link #WRITE}: UPDATE, DELETE, FOR UPDATE and FOR NO KEY UPDATE (of any row where they skip locked ones), an INSERT's
     *       keys of unique indexes, ON CONFLICT, stronger modes of LOCK TABLE, {@code pg_advisory_xact_lock};
     *   <li>{@link #REMOVE}: DELETE;
     *   <li>{@link #MISS}: what would have been a WRITE or REMOVE, had production found a row;
     *   <li>{@link #ADD}: an INSERT's rows, beside its keys;
     *   <li>{@link #DRAW}: {@code nextval}, {@code setval};
     *   <li>{@link #EXCLUDE}: what readers wait for: TRUNCATE, LOCK TABLE IN ACCESS EXCLUSIVE MODE, ALTER and DROP;
     *   <li>{@link #HOLD}: {@code pg_advisory_lock} and its variants, {@code try} ones too;
     *   <li>{@link #RELEASE}: {@code pg_advisory_unlock}; of any key: {@code pg_advisory_unlock_all}, DISCARD ALL.
     * </ul>
     */
    public enum Use {
        /** They are looked at, as they were committed. */
        READ,
        /** They are looked at as they are, and kept from being written until the transaction ends. */
        SHARE,
        /** They are locked until the transaction ends, and shown to others from then on. */
        WRITE,
        /** The same, and they are gone then: who waited for them finds none, even if there are such ones again. */
        REMOVE,
        /** None was found, if need be after a wait for who held one. */
        MISS,
        /** They are new and can't collide with other new ones; shown when the transaction ends. */
        ADD,
        /** What is taken is gone at once, whatever becomes of the transaction: a sequence's next value. */
        DRAW,
        /** They are kept from everybody until the transaction ends: an end on both sides. */
        EXCLUDE,
        /** They are locked until the session lets them go, or ends. */
        HOLD,
        /** The session lets them go. */
        RELEASE
    }

    /** A touch of which no answer reveals more. */
    public Touch(String table, @Nullable Object key, Use use) {
        this(table, key, use, null, null);
    }

    /** A touch whose turn is known, of no row that is shown. */
    public Touch(String table, @Nullable Object key, Use use, @Nullable Turn turn) {
        this(table, key, use, turn, null);
    }

    /** Work of which nothing is known. */
    public static Touch anything() {
        return new Touch(ANYTHING, null, Use.WRITE);
    }
}
