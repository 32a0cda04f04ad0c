package dev.understudy.replay.access;

import java.util.List;
import java.util.Set;

/**
 * Everything that a statement's text names.
 *
 * @param tables each mention of a table
 * @param functions names that are called, built-in ones included
 * @param words where the text is not followed: all its names, any of which may be a table or function; else empty
 * @param reach what the statement may do beyond what it names
 */
record StatementUses(List<TableUse> tables, Set<String> functions, Set<String> words, Reach reach) {
    /** What a text does beyond the tables that it names. */
    enum Reach {
        /** Nothing. */
        NAMED,
        /** It may read anything. */
        READS_ANYTHING,
        /** It may read and write anything. */
        WRITES_ANYTHING
    }

    static final StatementUses NOTHING = new StatementUses(List.of(), Set.of(), Set.of(), Reach.NAMED);
}
