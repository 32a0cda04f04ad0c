package dev.understudy.diff.state;

import java.time.Duration;

/**
 * The bounds of a comparison of whole tables.
 *
 * @param budget how long it may take in all; what is not compared by then is told by name
 * @param detailRows rows of one table whose columns are looked at one by one; differing rows beyond are counted only
 * @param groups differences of one table's cells told apart; further ones are counted together by column and class
 * @param samples cells or rows shown of each kind
 * @param moments pairs of times kept of all tables together, those that lie close to each other as one
 */
public record StateLimits(Duration budget, int detailRows, int groups, int samples, int moments) {
    /** What holds where nothing else is said. */
    public static final StateLimits DEFAULTS = new StateLimits(Duration.ofMinutes(30), 100_000, 200, 5, 200_000);

    /** Checks each bound. */
    public StateLimits {
        check("state-budget-ms", budget.toMillis(), 1, Duration.ofDays(30).toMillis());
        check("detail-rows", detailRows, 1, 10_000_000);
        check("groups", groups, 1, 10_000);
        check("samples", samples, 0, 1_000);
        check("moments", moments, 0, 1_000_000);
    }

    /** The same bounds with another budget. */
    public StateLimits withBudget(Duration other) {
        return new StateLimits(other, detailRows, groups, samples, moments);
    }

    /** The same bounds with another number of rows looked at column by column. */
    public StateLimits withDetailRows(int rows) {
        return new StateLimits(budget, rows, groups, samples, moments);
    }

    private static void check(String name, long value, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + "=" + value + ": expected " + from + " to " + to);
        }
    }
}
