package dev.understudy.diff.compare;

/** What the statement leaves open about the rows that a difference is about. */
public enum Leeway {
    /** Nothing: the rows and their order are the statement's choice. */
    NONE,
    /** The ORDER BY leaves rows equal, and LIMIT or DISTINCT ON takes one of them. */
    TIE,
    /** LIMIT takes any rows, and every row that both sides took is the same. */
    LIMIT,
    /** Chance chooses the rows. */
    DRAWN,
    /** Something, and the result does not show whether this is it. */
    UNKNOWN
}
