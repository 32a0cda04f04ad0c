package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.message.ServerMessage;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Errors of one step: whether there are any, by SQLSTATE (appendix A), then by their words. */
final class ErrorComparison {
    /** query_canceled, lock_not_available, idle-in-transaction, transaction and idle-session timeouts. */
    private static final Set<String> TIMEOUTS = Set.of("57014", "55P03", "25P03", "25P04", "57P05");

    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String STALE_PLAN = "cached plan must not change result type";
    /**
     * Their DETAIL holds no fact of the schema: two deadlocks tell of other processes each time, and what violates NOT NULL
     * or a CHECK is quoted as a whole row, with the times and keys that the server made up for it.
     */
    private static final Set<String> DETAIL_VARIES = Set.of("40P01", "23502", "23514");
    /** Table, column, type and constraint that an error names: facts that applications act on. */
    private static final String NAMED = "tcdn";

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]{1,130})\"");

    private ErrorComparison() {}

    /** The difference between a step's errors, null for a step without; null if there is none. */
    static @Nullable Difference compare(int step, @Nullable ServerMessage left, @Nullable ServerMessage right) {
        if (left == null && right == null) {
            return null;
        }
        DifferenceClass type = classify(left, right);
        return type == null ? null : difference(type, step, left, right);
    }

    private static @Nullable DifferenceClass classify(@Nullable ServerMessage left, @Nullable ServerMessage right) {
        if (right == null) {
            return DifferenceClass.ERROR_GONE;
        }
        if (left == null || !left.sqlState().equals(right.sqlState())) {
            if (isStalePlan(right)) {
                return DifferenceClass.ERROR_STALE_PLAN;
            }
            if (TIMEOUTS.contains(right.sqlState())) {
                return DifferenceClass.ERROR_TIMEOUT;
            }
            return left == null ? DifferenceClass.ERROR_NEW : DifferenceClass.ERROR_SQLSTATE_CHANGED;
        }
        return sameWords(left, right) ? null : DifferenceClass.ERROR_MESSAGE_ONLY;
    }

    private static boolean isStalePlan(ServerMessage error) {
        // The message is translated by lc_messages; without English words it stays a new error, which is as bad.
        return error.sqlState().equals(FEATURE_NOT_SUPPORTED) && error.text().contains(STALE_PLAN);
    }

    private static boolean sameWords(ServerMessage left, ServerMessage right) {
        if (!left.text().equals(right.text())) {
            return false;
        }
        Map<Character, String> a = left.fields();
        Map<Character, String> b = right.fields();
        for (int i = 0; i < NAMED.length(); i++) {
            if (!Objects.equals(a.get(NAMED.charAt(i)), b.get(NAMED.charAt(i)))) {
                return false;
            }
        }
        return DETAIL_VARIES.contains(left.sqlState()) || Objects.equals(a.get('D'), b.get('D'));
    }

    private static Difference difference(
            DifferenceClass type, int step, @Nullable ServerMessage left, @Nullable ServerMessage right) {
        String transition = state(left) + " → " + state(right);
        ServerMessage telling = right == null ? Objects.requireNonNull(left) : right;
        return Difference.of(
                        type,
                        Place.ofStep(Aspect.ERROR, step),
                        named(telling),
                        type == DifferenceClass.ERROR_MESSAGE_ONLY ? state(right) + " in other words" : transition,
                        describe(left),
                        describe(right))
                .from("error " + telling.sqlState() + " " + named(telling));
    }

    /** What the error names: the constraint, or column, or table; else that it is the statement. */
    private static String named(ServerMessage error) {
        Map<Character, String> fields = error.fields();
        String table = fields.getOrDefault('t', "");
        String detail = fields.getOrDefault('n', fields.getOrDefault('c', ""));
        if (table.isEmpty()) {
            return detail.isEmpty() ? quoted(error) : detail;
        }
        String qualified = fields.getOrDefault('s', "").isEmpty() ? table : fields.get('s') + "." + table;
        return detail.isEmpty() ? qualified : qualified + "." + detail;
    }

    /** What the message of a missing object or right has in quotes; other messages quote values. */
    private static String quoted(ServerMessage error) {
        Matcher quoted = QUOTED.matcher(error.text());
        return error.sqlState().startsWith("42") && quoted.find() ? quoted.group(1) : "statement";
    }

    private static String state(@Nullable ServerMessage error) {
        return error == null ? "success" : error.sqlState();
    }

    private static String describe(@Nullable ServerMessage error) {
        return error == null ? "success" : error.severity() + " " + error.sqlState() + ": " + error.text();
    }
}
