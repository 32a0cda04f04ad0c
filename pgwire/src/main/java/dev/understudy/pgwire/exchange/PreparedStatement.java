package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.RowDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that ParseComplete (or a simple query's PREPARE) has made known to the server.
 *
 * @param name its name, empty for the unnamed statement
 * @param sql its text as parsed
 * @param parameterTypes the parameter types as far as Parse or ParameterDescription told them; 0 is unspecified
 * @param rows its result columns if a Describe told them, with formats not yet known
 */
public record PreparedStatement(
        String name,
        String sql,
        List<Integer> parameterTypes,
        @Nullable RowDescription rows) {
    /** Copies the list. */
    public PreparedStatement {
        parameterTypes = List.copyOf(parameterTypes);
    }
}
