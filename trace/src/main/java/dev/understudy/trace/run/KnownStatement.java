package dev.understudy.trace.run;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement or portal that an exchange uses and that an earlier exchange made: with it an outcome speaks for itself.
 *
 * @param arm on whose server: descriptions may differ between arms
 * @param name the statement's name
 * @param portal the portal's name, null where only the statement is used
 * @param sql the text
 * @param parameterTypes type OIDs as far as known
 * @param rowDescription the body of the RowDescription, null if none is known
 * @param bind the body of the portal's Bind message, null for a statement
 */
public record KnownStatement(
        Arm arm,
        String name,
        @Nullable String portal,
        String sql,
        List<Integer> parameterTypes,
        @Nullable ByteBuf rowDescription,
        @Nullable ByteBuf bind) {}
