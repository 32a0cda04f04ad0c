package dev.understudy.diff.tally;

import dev.understudy.diff.attribute.BlindBook;

/**
 * How much a tally tells apart; each is described where it is used.
 *
 * @param groups of differences
 * @param transitions of one path
 * @param blindPaths whose noise is counted
 * @param statementCharacters of all statements' texts
 * @param sqlStates of errors
 * @param columns read or written
 * @param claims of times that wait for the timeline
 * @param cells of a timeline
 * @param failures whose dependants are counted
 */
public record Bounds(
        int groups,
        int transitions,
        int blindPaths,
        int statementCharacters,
        int sqlStates,
        int columns,
        int claims,
        int cells,
        int failures) {
    /** What a process can hold for a few partitions. */
    public static final Bounds DEFAULT = new Bounds(
            5_000,
            40,
            BlindBook.MAX_PATHS,
            StatementTally.MAX_CHARACTERS,
            ErrorTally.MAX_SQLSTATES,
            ColumnTally.MAX_COLUMNS,
            OpenClaims.MAX_OPEN,
            200_000,
            Dependants.MAX_REMEMBERED);
}
