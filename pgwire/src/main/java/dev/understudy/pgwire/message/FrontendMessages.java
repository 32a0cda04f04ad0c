package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a client's messages (protocol chapter 55.7). Each method appends one whole message at the writerIndex of
 * {@code out}, which stays the caller's. Strings are written as UTF-8; one with a zero character is an
 * {@link IllegalArgumentException}, since it would end early on the wire.
 */
public final class FrontendMessages {
    private static final int PROTOCOL_3_0 = 3 << 16;
    private static final int SSL_REQUEST = 1234 << 16 | 5679;
    private static final int CANCEL_REQUEST = 1234 << 16 | 5678;

    private FrontendMessages() {}

    /** StartupMessage of protocol 3.0; {@code parameters} must name a {@code user}. */
    public static void startup(ByteBuf out, Map<String, String> parameters) {
        int start = out.writerIndex();
        out.writeInt(0).writeInt(PROTOCOL_3_0);
        parameters.forEach((name, value) -> {
            string(out, name);
            string(out, value);
        });
        out.writeByte(0);
        out.setInt(start, out.writerIndex() - start);
    }

    /** SSLRequest. */
    public static void sslRequest(ByteBuf out) {
        out.writeInt(8).writeInt(SSL_REQUEST);
    }

    /** CancelRequest. */
    public static void cancelRequest(ByteBuf out, int processId, byte[] secretKey) {
        out.writeInt(12 + secretKey.length)
                .writeInt(CANCEL_REQUEST)
                .writeInt(processId)
                .writeBytes(secretKey);
    }

    /** PasswordMessage: the clear password, or {@code md5…}. */
    public static void password(ByteBuf out, String password) {
        int start = open(out, FrontendType.PASSWORD);
        string(out, password);
        close(out, start);
    }

    /** SASLInitialResponse; {@code data} is null where the mechanism has no initial response. */
    public static void saslInitialResponse(ByteBuf out, String mechanism, byte @Nullable [] data) {
        int start = open(out, FrontendType.PASSWORD);
        string(out, mechanism);
        if (data == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(data.length).writeBytes(data);
        }
        close(out, start);
    }

    /** SASLResponse. */
    public static void saslResponse(ByteBuf out, byte[] data) {
        int start = open(out, FrontendType.PASSWORD);
        out.writeBytes(data);
        close(out, start);
    }

    /** Query. */
    public static void query(ByteBuf out, String sql) {
        int start = open(out, FrontendType.QUERY);
        string(out, sql);
        close(out, start);
    }

    /** Parse; {@code types} may be shorter than the statement's parameters, and 0 leaves a type to the server. */
    public static void parse(ByteBuf out, String name, String sql, List<Integer> types) {
        int start = open(out, FrontendType.PARSE);
        string(out, name);
        string(out, sql);
        out.writeShort(types.size());
        types.forEach(out::writeInt);
        close(out, start);
    }

    /**
     * Bind.
     *
     * @param formats of the parameters: none (all text), one for all, or one each
     * @param values the parameters' bytes, borrowed, indexes not moved; null for SQL NULL
     * @param resultFormats of the result's columns: none (all text), one for all, or one each
     */
    public static void bind(
            ByteBuf out,
            String portal,
            String statement,
            List<Integer> formats,
            List<? extends @Nullable ByteBuf> values,
            List<Integer> resultFormats) {
        int start = open(out, FrontendType.BIND);
        string(out, portal);
        string(out, statement);
        formats(out, formats);
        out.writeShort(values.size());
        for (ByteBuf value : values) {
            if (value == null) {
                out.writeInt(-1);
            } else {
                out.writeInt(value.readableBytes());
                out.writeBytes(value, value.readerIndex(), value.readableBytes());
            }
        }
        formats(out, resultFormats);
        close(out, start);
    }

    /** Describe a statement. */
    public static void describeStatement(ByteBuf out, String name) {
        named(out, FrontendType.DESCRIBE, 'S', name);
    }

    /** Describe a portal. */
    public static void describePortal(ByteBuf out, String name) {
        named(out, FrontendType.DESCRIBE, 'P', name);
    }

    /** Close a statement. */
    public static void closeStatement(ByteBuf out, String name) {
        named(out, FrontendType.CLOSE, 'S', name);
    }

    /** Close a portal. */
    public static void closePortal(ByteBuf out, String name) {
        named(out, FrontendType.CLOSE, 'P', name);
    }

    /** Execute; {@code maxRows} 0 is no limit. */
    public static void execute(ByteBuf out, String portal, int maxRows) {
        int start = open(out, FrontendType.EXECUTE);
        string(out, portal);
        out.writeInt(maxRows);
        close(out, start);
    }

    /** CopyData; {@code data} is borrowed, its indexes are not moved. */
    public static void copyData(ByteBuf out, ByteBuf data) {
        int start = open(out, FrontendType.COPY_DATA);
        out.writeBytes(data, data.readerIndex(), data.readableBytes());
        close(out, start);
    }

    /** CopyDone. */
    public static void copyDone(ByteBuf out) {
        close(out, open(out, FrontendType.COPY_DONE));
    }

    /** CopyFail. */
    public static void copyFail(ByteBuf out, String reason) {
        int start = open(out, FrontendType.COPY_FAIL);
        string(out, reason);
        close(out, start);
    }

    /** Flush. */
    public static void flush(ByteBuf out) {
        close(out, open(out, FrontendType.FLUSH));
    }

    /** Sync. */
    public static void sync(ByteBuf out) {
        close(out, open(out, FrontendType.SYNC));
    }

    /** Terminate. */
    public static void terminate(ByteBuf out) {
        close(out, open(out, FrontendType.TERMINATE));
    }

    private static void named(ByteBuf out, byte type, char kind, String name) {
        int start = open(out, type);
        out.writeByte(kind);
        string(out, name);
        close(out, start);
    }

    private static void formats(ByteBuf out, List<Integer> formats) {
        out.writeShort(formats.size());
        formats.forEach(out::writeShort);
    }

    private static int open(ByteBuf out, byte type) {
        out.writeByte(type).writeInt(0);
        return out.writerIndex() - 4;
    }

    private static void close(ByteBuf out, int start) {
        out.setInt(start, out.writerIndex() - start);
    }

    private static void string(ByteBuf out, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a string on the wire ends at a zero character: found one inside");
        }
        out.writeCharSequence(value, StandardCharsets.UTF_8);
        out.writeByte(0);
    }
}
