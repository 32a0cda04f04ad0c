package dev.understudy.replay.generated;

import dev.understudy.pgwire.message.BackendType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** A server's answers, frame by frame. */
public final class Answers {
    private final ByteBuf out = Unpooled.buffer();

    public static Answers answer() {
        return new Answers();
    }

    private Answers frame(byte type, ByteBuf body) {
        out.writeByte(type).writeInt(4 + body.readableBytes()).writeBytes(body);
        return this;
    }

    public Answers empty(byte type) {
        return frame(type, Unpooled.EMPTY_BUFFER);
    }

    /** Columns as {@code relation, attribute, type, format} each. */
    public Answers columns(int... columns) {
        ByteBuf body = Unpooled.buffer().writeShort(columns.length / 4);
        for (int i = 0; i < columns.length; i += 4) {
            body.writeByte('c').writeByte(0);
            body.writeInt(columns[i]).writeShort(columns[i + 1]).writeInt(columns[i + 2]);
            body.writeShort(-1).writeInt(-1).writeShort(columns[i + 3]);
        }
        return frame(BackendType.ROW_DESCRIPTION, body);
    }

    public Answers row(String... values) {
        ByteBuf body = Unpooled.buffer().writeShort(values.length);
        for (String value : values) {
            body.writeInt(value.length()).writeCharSequence(value, StandardCharsets.UTF_8);
        }
        return frame(BackendType.DATA_ROW, body);
    }

    Answers binaryRow(ByteBuf value) {
        return frame(
                BackendType.DATA_ROW,
                Unpooled.buffer().writeShort(1).writeInt(value.readableBytes()).writeBytes(value));
    }

    public Answers error() {
        return frame(
                BackendType.ERROR_RESPONSE, Unpooled.copiedBuffer("SERROR\0C23514\0Mno\0\0", StandardCharsets.UTF_8));
    }

    public Answers done(String tag) {
        return frame(BackendType.COMMAND_COMPLETE, Unpooled.copiedBuffer(tag + "\0", StandardCharsets.UTF_8));
    }

    public ByteBuf ready() {
        frame(BackendType.READY_FOR_QUERY, Unpooled.copiedBuffer("I", StandardCharsets.UTF_8));
        return out;
    }
}
