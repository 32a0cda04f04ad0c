package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** What a client sends after login, as far as its meaning depends on the content. */
public sealed interface FrontendMessage {
    /** A simple query. */
    record Query(String sql) implements FrontendMessage {}

    /** Prepares a statement; {@code types} are the parameter types as far as the client names them. */
    record Parse(String name, String sql, List<Integer> types) implements FrontendMessage {}

    /** Makes a portal of a statement; {@code body} is the whole Bind body, a view. */
    record Bind(String portal, String statement, ByteBuf body) implements FrontendMessage {}

    /** Asks for the shape of a statement or a portal. */
    record Describe(boolean ofStatement, String name) implements FrontendMessage {}

    /** Runs a portal; {@code maxRows} 0 is no limit. */
    record Execute(String portal, int maxRows) implements FrontendMessage {}

    /** Closes a statement or a portal. */
    record Close(boolean ofStatement, String name) implements FrontendMessage {}

    /** Calls a function by its OID; {@code body} is the whole FunctionCall body, a view. */
    record FunctionCall(int functionOid, ByteBuf body) implements FrontendMessage {}

    /** Everything whose content says nothing: Sync, Flush, CopyData and the like, and unknown types. */
    record Plain(byte type) implements FrontendMessage {}

    /**
     * Reads a frame.
     *
     * @param type the frame's type byte, see {@link FrontendType}
     * @param body borrowed; indexes are not moved; the message may hold a view of it
     * @throws ProtocolException if the body is cut off
     */
    static FrontendMessage decode(byte type, ByteBuf body) {
        return switch (type) {
            case FrontendType.QUERY -> new Query(new BodyReader(body, "Query").string());
            case FrontendType.PARSE -> parse(new BodyReader(body, "Parse"));
            case FrontendType.BIND -> {
                BodyReader reader = new BodyReader(body, "Bind");
                yield new Bind(reader.string(), reader.string(), body);
            }
            case FrontendType.DESCRIBE -> {
                BodyReader reader = new BodyReader(body, "Describe");
                yield new Describe(isStatement(reader.int8(), "Describe"), reader.string());
            }
            case FrontendType.EXECUTE -> {
                BodyReader reader = new BodyReader(body, "Execute");
                yield new Execute(reader.string(), reader.int32());
            }
            case FrontendType.CLOSE -> {
                BodyReader reader = new BodyReader(body, "Close");
                yield new Close(isStatement(reader.int8(), "Close"), reader.string());
            }
            case FrontendType.FUNCTION_CALL -> new FunctionCall(new BodyReader(body, "FunctionCall").int32(), body);
            default -> new Plain(type);
        };
    }

    private static Parse parse(BodyReader reader) {
        String name = reader.string();
        String sql = reader.string();
        int count = reader.count();
        List<Integer> types = new ArrayList<>(Math.min(count, reader.remaining() / 4));
        for (int i = 0; i < count; i++) {
            types.add(reader.int32());
        }
        return new Parse(name, sql, List.copyOf(types));
    }

    private static boolean isStatement(byte kind, String message) {
        return switch (kind) {
            case 'S' -> true;
            case 'P' -> false;
            default ->
                throw new ProtocolException(
                        message + ": expected S (statement) or P (portal), found " + (char) (kind & 0xff));
        };
    }
}
