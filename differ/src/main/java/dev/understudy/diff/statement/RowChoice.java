package dev.understudy.diff.statement;

import dev.understudy.diff.statement.StatementFacts.SortKey;
import java.util.List;
import java.util.Set;

/**
 * What of a statement's text decides which rows it gives, beyond its conditions.
 *
 * @param limited whether LIMIT, OFFSET or FETCH makes the rows a selection
 * @param limit how many rows LIMIT or FETCH lets through; -1 where that is not a plain number
 * @param limitParameter the number of the parameter that says so, from 1; 0 for none
 * @param offset whether OFFSET may step over rows
 * @param withTies whether FETCH takes every row that ties with the last
 * @param drawn whether chance chooses: TABLESAMPLE, or a condition that asks a volatile function
 * @param openInside whether a subquery's rows are a selection that no order decides, or are drawn, or locked by others
 * @param distinctOn the expressions of DISTINCT ON, empty without
 * @param pinned columns of the statement's only table that its conditions set equal to a constant, by name
 */
public record RowChoice(
        boolean limited,
        long limit,
        int limitParameter,
        boolean offset,
        boolean withTies,
        boolean drawn,
        boolean openInside,
        List<SortKey> distinctOn,
        Set<String> pinned) {
    /** Every row that meets the conditions. */
    public static final RowChoice ALL = new RowChoice(false, -1, 0, false, false, false, false, List.of(), Set.of());

    /** Copies the collections. */
    public RowChoice {
        distinctOn = List.copyOf(distinctOn);
        pinned = Set.copyOf(pinned);
    }
}
