package dev.understudy.replay.schedule;

import org.jspecify.annotations.Nullable;

/**
 * Rows that a piece of work may touch.
 *
 * @param table whose rows; {@link #ANYTHING} where that is not known
 * @param key which of them, equal for equal keys; null for any of them
 * @param use what becomes of them
 */
public record Touch(String table, @Nullable Object key, Use use) {
    /** In a table's place: all tables, and whatever else a server keeps. */
    public static final String ANYTHING = "";

    /** What becomes of rows. */
    public enum Use {
        /** They are looked at, as they were committed. */
        READ,
        /** They are locked until the transaction ends, and shown to others from then on. */
        WRITE,
        /** They are new and can't collide with other new ones; shown when the transaction ends. */
        ADD,
        /** What is taken is gone at once, whatever becomes of the transaction: a sequence's next value. */
        DRAW
    }

    /** Work of which nothing is known. */
    public static Touch anything() {
        return new Touch(ANYTHING, null, Use.WRITE);
    }
}
