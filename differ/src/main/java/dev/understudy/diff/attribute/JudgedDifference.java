package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.statement.StatementFacts;
import org.jspecify.annotations.Nullable;

/**
 * A difference with whose fault it is.
 *
 * @param difference what differs
 * @param attribution whose fault it is
 * @param claim what this exchange alone does not explain, or what explains others: the whole run
 *     {@linkplain OpenClaim#settle settles} whose fault it is; null where there is none
 * @param facts the statement
 * @param row which row it was, for people: by its key, else by the statement's arguments
 * @param origin what it comes from: a column that both servers prove, an error; or {@link #DERIVED} and the only column
 *     that the expression names; empty where nobody knows
 */
public record JudgedDifference(
        Difference difference,
        Attribution attribution,
        @Nullable OpenClaim claim,
        StatementFacts facts,
        String row,
        String origin) {
    /** How the origin of a computed value begins. */
    public static final String DERIVED = "computed from ";
}
