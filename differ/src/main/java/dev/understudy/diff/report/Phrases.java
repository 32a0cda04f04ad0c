package dev.understudy.diff.report;

import dev.understudy.diff.group.DifferenceGroup;

/** Says in a few words what a group is about. */
final class Phrases {
    private Phrases() {}

    /** What changed, as Markdown. */
    static String change(DifferenceGroup group) {
        String transition = Md.code(group.transition());
        String path = Md.code(group.path());
        return switch (group.type()) {
            case ROW_MISSING -> "rows are missing";
            case ROW_EXTRA -> "there are rows that were not there";
            case ROW_DUPLICATED -> "rows come more than once";
            case ROW_COUNT_ONLY -> "the number of rows changes by " + transition;
            case ROW_ORDER_CHANGED -> "rows come in an order that breaks the ORDER BY";
            case ERROR_NEW, ERROR_TIMEOUT, ERROR_STALE_PLAN ->
                "a statement fails that did not fail like this: " + transition + " (" + path + ")";
            case ERROR_GONE -> "a statement succeeds that failed: " + transition;
            case ERROR_SQLSTATE_CHANGED -> "a statement fails in another way: " + transition;
            case DML_AFFECTED_ROWS -> "a statement changes another number of rows: " + transition;
            case DML_RETURNING -> "a statement returns other rows";
            case STATE_ROW_MISSING, STATE_ROW_EXTRA, STATE_DUPLICATE_KEY ->
                "table " + path + " does not hold the same rows: " + transition;
            case STATE_CELL -> "stored values of " + path + " differ: " + transition;
            default -> value(group, path, transition);
        };
    }

    private static String value(DifferenceGroup group, String path, String transition) {
        if (!group.type().isValue()) {
            return Md.code(group.type().name()) + " in " + path + ": " + transition;
        }
        boolean delta = group.transition().startsWith("+") || group.transition().startsWith("-");
        return "column " + path + (delta ? " changes by " : " changes: ") + transition;
    }

    /** What a failure kept from being compared. */
    static String dependants(long number) {
        return number + (number == 1 ? " exchange that depends" : " exchanges that depend") + " on it: not compared";
    }

    /** How often, as Markdown. */
    static String share(DifferenceGroup group) {
        String things = group.type().isState()
                ? "rows"
                : group.type().isValue() ? "values" : group.type().isRow() ? "rows" : "statements";
        if (group.compared() == 0) {
            return count(group.count(), "time");
        }
        return "in " + Md.count(group.count()) + " of " + Md.count(group.compared()) + " " + things + " compared ("
                + Md.percent(group.share()) + ")";
    }

    /** A count with its noun. */
    static String count(long count, String thing) {
        return Md.count(count) + " " + thing + (count == 1 ? "" : "s");
    }
}
