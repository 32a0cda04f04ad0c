package dev.understudy.replay.generated;

import dev.understudy.pgwire.value.Value;

/**
 * Where generated values come from, and so within what two equal ones mean the same thing: a sequence with every column
 * that it fills, or one column; columns that refer to another by a foreign key belong to that one's. Identity counts.
 */
final class Domain {
    private final String name;
    private final long last;
    private final long increment;
    private final boolean linkable;

    private Domain(String name, long last, long increment, boolean linkable) {
        this.name = name;
        this.last = last;
        this.increment = increment;
        this.linkable = linkable;
    }

    /** A sequence's, which gave out nothing beyond {@code last} before the trace began. */
    static Domain sequence(String name, long last, long increment) {
        return new Domain(name, last, increment, false);
    }

    /** A column's that is filled by a default of its own. */
    static Domain column(String name) {
        return new Domain(name, 0, 0, false);
    }

    /** A column's that only a client fills, perhaps with what it drew from a sequence before. */
    static Domain key(String name) {
        return new Domain(name, 0, 0, true);
    }

    /** Whether a client fills it with what it draws elsewhere. */
    boolean isKey() {
        return linkable;
    }

    /** Whether the value can be one that was generated after the trace began. */
    boolean mayBeNew(Value value) {
        if (increment == 0 || !(value instanceof Value.Int number)) {
            return true;
        }
        return increment > 0 ? number.value() > last : number.value() < last;
    }

    /** The name for people: the sequence's, or the column's with its table. */
    String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
