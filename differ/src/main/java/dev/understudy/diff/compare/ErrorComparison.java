package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.message.ServerMessage;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Errors of one step: whether there are any, by SQLSTATE (appendix A), then by their words. */
final class ErrorComparison {
    /** query_canceled, lock_not_available, idle-in-transaction, transaction and idle-session timeouts. */
    private static final Set<String> TIMEOUTS = Set.of("57014", "55P03", "25P03", "25P04", "57P05");

    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String STALE_PLAN_ROUTINE = "RevalidateCachedQuery";
    private static final String STALE_PLAN = "cached plan must not change result type";
    /**
     * Their DETAIL holds no fact of the schema: two deadlocks tell of other processes each time, and what violates NOT NULL
     * or a CHECK is quoted as a whole row, with the times and keys that the server made up for it.
     */
    private static final Set<String> DETAIL_VARIES = Set.of("40P01", "23502", "23514");
    /** Table, column, type and constraint that an error names: facts that applications act on. */
    private static final String NAMED = "tcdn";

    private ErrorComparison() {}

    /** The difference between a step's errors, null for a step without; null if there is none. */
    static @Nullable Difference compare(
            int step, @Nullable ServerMessage left, @Nullable ServerMessage right, ErrorPlace place) {
        if (left == null && right == null) {
            return null;
        }
        DifferenceClass type = classify(left, right);
        return type == null ? null : difference(type, step, left, right, place);
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
        // The message is translated by lc_messages, the name of the server's routine is not.
        return error.sqlState().equals(FEATURE_NOT_SUPPORTED)
                && (error.text().contains(STALE_PLAN)
                        || error.fields().getOrDefault('R', "").equals(STALE_PLAN_ROUTINE));
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
            DifferenceClass type,
            int step,
            @Nullable ServerMessage left,
            @Nullable ServerMessage right,
            ErrorPlace place) {
        String transition = state(left) + " → " + state(right);
        ServerMessage telling = right == null ? Objects.requireNonNull(left) : right;
        String column = place.column(telling);
        String named = place.named(telling);
        return Difference.of(
                        type,
                        Place.ofStep(Aspect.ERROR, step),
                        named,
                        type == DifferenceClass.ERROR_MESSAGE_ONLY ? state(right) + " in other words" : transition,
                        describe(left),
                        describe(right))
                .from(column.isEmpty() ? "error " + telling.sqlState() + " " + named : column);
    }

    private static String state(@Nullable ServerMessage error) {
        return error == null ? "success" : error.sqlState();
    }

    private static String describe(@Nullable ServerMessage error) {
        return error == null ? "success" : error.severity() + " " + error.sqlState() + ": " + error.text();
    }
}
