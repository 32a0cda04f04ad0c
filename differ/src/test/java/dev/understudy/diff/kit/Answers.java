package dev.understudy.diff.kit;

import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a server answers. */
public final class Answers {
    private final ByteBuf out = Unpooled.buffer();

    /** Nothing yet. */
    public static Answers answer() {
        return new Answers();
    }

    /** Columns. */
    public Answers columns(Field... fields) {
        ByteBuf body = Unpooled.buffer().writeShort(fields.length);
        for (Field field : fields) {
            string(body, field.name());
            body.writeInt(field.relationOid())
                    .writeShort(field.attributeNumber())
                    .writeInt(field.typeOid())
                    .writeShort(field.typeSize())
                    .writeInt(field.typeModifier())
                    .writeShort(field.format());
        }
        return frame(BackendType.ROW_DESCRIPTION, body);
    }

    /** A row of text values; null is SQL NULL. */
    public Answers row(@Nullable String... values) {
        ByteBuf body = Unpooled.buffer().writeShort(values.length);
        for (String value : values) {
            if (value == null) {
                body.writeInt(-1);
            } else {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                body.writeInt(bytes.length).writeBytes(bytes);
            }
        }
        return frame(BackendType.DATA_ROW, body);
    }

    /** A row of values as they are on the wire. */
    public Answers rawRow(List<byte @Nullable []> values) {
        ByteBuf body = Unpooled.buffer().writeShort(values.size());
        for (byte[] value : values) {
            if (value == null) {
                body.writeInt(-1);
            } else {
                body.writeInt(value.length).writeBytes(value);
            }
        }
        return frame(BackendType.DATA_ROW, body);
    }

    /** CommandComplete. */
    public Answers done(String tag) {
        return frame(BackendType.COMMAND_COMPLETE, string(Unpooled.buffer(), tag));
    }

    /** COPY OUT with these lines. */
    public Answers copyOut(String... lines) {
        frame(BackendType.COPY_OUT_RESPONSE, Unpooled.buffer().writeByte(0).writeShort(0));
        for (String line : lines) {
            frame(BackendType.COPY_DATA, Unpooled.copiedBuffer(line, StandardCharsets.UTF_8));
        }
        return frame(BackendType.COPY_DONE, Unpooled.buffer());
    }

    /** COPY OUT with these messages as they are on the wire. */
    public Answers copyOutRaw(byte[]... messages) {
        frame(BackendType.COPY_OUT_RESPONSE, Unpooled.buffer().writeByte(1).writeShort(0));
        for (byte[] message : messages) {
            frame(BackendType.COPY_DATA, Unpooled.wrappedBuffer(message));
        }
        return frame(BackendType.COPY_DONE, Unpooled.buffer());
    }

    /** An error with these further fields. */
    public Answers error(String sqlState, String message, Map<Character, String> fields) {
        ByteBuf body = Unpooled.buffer();
        field(body, 'S', "ERROR");
        field(body, 'V', "ERROR");
        field(body, 'C', sqlState);
        field(body, 'M', message);
        fields.forEach((code, value) -> field(body, code, value));
        return frame(BackendType.ERROR_RESPONSE, body.writeByte(0));
    }

    /** An error. */
    public Answers error(String sqlState, String message) {
        return error(sqlState, message, Map.of());
    }

    /** ParseComplete and BindComplete. */
    public Answers parsedAndBound() {
        frame(BackendType.PARSE_COMPLETE, Unpooled.buffer());
        return bound();
    }

    /** BindComplete. */
    public Answers bound() {
        return frame(BackendType.BIND_COMPLETE, Unpooled.buffer());
    }

    /** EmptyQueryResponse. */
    public Answers empty() {
        return frame(BackendType.EMPTY_QUERY_RESPONSE, Unpooled.buffer());
    }

    /** NoData. */
    public Answers noData() {
        return frame(BackendType.NO_DATA, Unpooled.buffer());
    }

    /** PortalSuspended. */
    public Answers suspended() {
        return frame(BackendType.PORTAL_SUSPENDED, Unpooled.buffer());
    }

    /** ReadyForQuery. */
    public ByteBuf ready(char status) {
        frame(BackendType.READY_FOR_QUERY, Unpooled.buffer().writeByte(status));
        return out;
    }

    /** ReadyForQuery outside a transaction. */
    public ByteBuf ready() {
        return ready('I');
    }

    /** What there is so far. */
    public ByteBuf unfinished() {
        return out;
    }

    private Answers frame(byte type, ByteBuf body) {
        out.writeByte(type).writeInt(body.readableBytes() + 4).writeBytes(body);
        return this;
    }

    private static void field(ByteBuf body, char code, String value) {
        string(body.writeByte(code), value);
    }

    private static ByteBuf string(ByteBuf body, String text) {
        ByteBufUtil.writeUtf8(body, text);
        return body.writeByte(0);
    }
}
