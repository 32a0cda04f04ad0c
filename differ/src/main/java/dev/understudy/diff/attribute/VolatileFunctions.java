package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.statement.ServerFunctions;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that a function answers anew each time, or differently on every server. */
final class VolatileFunctions {
    private static final Pattern CALL = Pattern.compile("([a-z_0-9]+)\\s*\\(");

    private VolatileFunctions() {}

    /**
     * Whether the value at a difference's place comes from such a function: the select list's item calls it, or an INSERT
     * returns a column whose default does.
     *
     * @param item what the statement says of the result's column, null if that is not known
     * @param defaultValue the expression of the column's default, null if it has none or the column is not known
     */
    static boolean explain(
            Difference difference, StatementFacts facts, @Nullable SelectItem item, @Nullable String defaultValue) {
        if (!difference.type().isValue()) {
            return false;
        }
        if (item != null && item.functions().stream().anyMatch(ServerFunctions::isVolatile)) {
            return true;
        }
        return facts.verb().equals("insert")
                && defaultValue != null
                && CALL.matcher(defaultValue).results().anyMatch(call -> ServerFunctions.isVolatile(call.group(1)));
    }
}
