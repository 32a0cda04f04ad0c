package dev.understudy.diff.kit;

import dev.understudy.pgwire.message.FrontendType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Writes what a client sends. */
public final class Requests {
    private Requests() {}

    /** A simple query. */
    public static ByteBuf query(String sql) {
        return frame(Unpooled.buffer(), FrontendType.QUERY, string(Unpooled.buffer(), sql));
    }

    /** Parse, Bind, Describe, Execute, Sync with text parameters and one result format. */
    public static ByteBuf prepared(String sql, int format, String... parameters) {
        ByteBuf out = Unpooled.buffer();
        frame(
                out,
                FrontendType.PARSE,
                string(string(Unpooled.buffer(), ""), sql).writeShort(0));
        bind(out, "", format, parameters);
        frame(out, FrontendType.DESCRIBE, string(Unpooled.buffer().writeByte('P'), ""));
        return execute(out);
    }

    /** Bind, Execute, Sync of a statement prepared before. */
    public static ByteBuf bound(String statement, int format, String... parameters) {
        ByteBuf out = Unpooled.buffer();
        bind(out, statement, format, parameters);
        return execute(out);
    }

    /** Execute, Sync of a portal bound before. */
    public static ByteBuf executed() {
        return execute(Unpooled.buffer());
    }

    private static void bind(ByteBuf out, String statement, int format, String... parameters) {
        ByteBuf body = string(string(Unpooled.buffer(), ""), statement).writeShort(0);
        body.writeShort(parameters.length);
        for (String parameter : parameters) {
            byte[] bytes = parameter.getBytes(StandardCharsets.UTF_8);
            body.writeInt(bytes.length).writeBytes(bytes);
        }
        frame(out, FrontendType.BIND, body.writeShort(1).writeShort(format));
    }

    private static ByteBuf execute(ByteBuf out) {
        frame(out, FrontendType.EXECUTE, string(Unpooled.buffer(), "").writeInt(0));
        return frame(out, FrontendType.SYNC, Unpooled.buffer());
    }

    private static ByteBuf frame(ByteBuf out, byte type, ByteBuf body) {
        return out.writeByte(type).writeInt(body.readableBytes() + 4).writeBytes(body);
    }

    private static ByteBuf string(ByteBuf body, String text) {
        ByteBufUtil.writeUtf8(body, text);
        return body.writeByte(0);
    }
}
