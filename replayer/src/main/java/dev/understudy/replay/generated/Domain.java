package dev.understudy.replay.generated;

import dev.understudy.pgwire.value.Value;

/**
 * Where generated values come from, and so within what two equal ones mean the same thing: a sequence with every column
 * that it fills, or one column; columns that refer to another by a foreign key belong to that one's. Identity counts.
 */
final class Domain {
    private final String name;
    private final long next;
    private final long cached;
    private final long increment;
    private final boolean linkable;

    private Domain(String name, long next, long cached, long increment, boolean linkable) {
        this.name = name;
        this.next = next;
        this.cached = cached;
        this.increment = increment;
        this.linkable = linkable;
    }

    /**
     * A sequence's.
     *
     * @param next what it gave out first once the trace had begun
     * @param cached how many values up to there sessions may have taken and not yet given out
     */
    static Domain sequence(String name, long next, long cached, long increment) {
        return new Domain(name, next, cached, increment, false);
    }

    /** A column's that is filled by a default of its own. */
    static Domain column(String name) {
        return new Domain(name, 0, 0, 0, false);
    }

    /** A column's that only a client fills, perhaps with what it drew from a sequence before. */
    static Domain key(String name) {
        return new Domain(name, 0, 0, 0, true);
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
        long first = next - cached * increment;
        return increment > 0 ? number.value() >= first : number.value() <= first;
    }

    /**
     * Whether two values came from as many draws, production's since the trace began.
     *
     * @param ownStart what the other sequence was to give out first
     */
    boolean isSameDraw(Value recorded, Value own, long ownStart) {
        if (increment == 0 || !(recorded instanceof Value.Int theirs) || !(own instanceof Value.Int ours)) {
            return false;
        }
        long behind = theirs.value() - next;
        boolean isNew = increment > 0 ? behind >= 0 : behind <= 0;
        return isNew && ours.value() - ownStart == behind;
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
