package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.RowDescription;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A portal that BindComplete has made known to the server.
 *
 * @param name its name, empty for the unnamed portal
 * @param statement what it runs
 * @param bind the body of the Bind message that made it: parameters and formats; a view, never released
 * @param rows its result columns with formats, if the server or the statement's description told them
 */
public record Portal(
        String name,
        PreparedStatement statement,
        ByteBuf bind,
        @Nullable RowDescription rows) {
    /** The parameters as bound. */
    public List<Parameter> parameters() {
        return BindBody.parameters(bind, statement.parameterTypes());
    }
}
