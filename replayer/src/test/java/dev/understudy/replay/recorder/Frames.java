package dev.understudy.replay.recorder;

import dev.understudy.pgwire.message.FrontendMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A client's frames, one behind the other. */
public final class Frames {
    private final ByteBuf out = Unpooled.buffer();

    public static Frames frames() {
        return new Frames();
    }

    public static ByteBuf simple(String sql) {
        return frames().query(sql).bytes();
    }

    /** Frames as they are. */
    public Frames raw(ByteBuf frames) {
        out.writeBytes(frames, frames.readerIndex(), frames.readableBytes());
        return this;
    }

    public Frames query(String sql) {
        FrontendMessages.query(out, sql);
        return this;
    }

    public Frames bind(String statement, String... values) {
        FrontendMessages.bind(out, "", statement, List.of(), texts(values), List.of());
        return this;
    }

    private static List<ByteBuf> texts(String... values) {
        return Arrays.stream(values)
                .map(value -> Unpooled.copiedBuffer(value, StandardCharsets.UTF_8))
                .toList();
    }

    public Frames bindBinary(String statement, int... values) {
        FrontendMessages.bind(
                out,
                "",
                statement,
                List.of(1),
                Arrays.stream(values).mapToObj(Unpooled::copyInt).toList(),
                List.of());
        return this;
    }

    public Frames parse(String name, String sql, Integer... types) {
        FrontendMessages.parse(out, name, sql, List.of(types));
        return this;
    }

    /** Binds text values to a portal with a name. */
    public Frames bindPortal(String portal, String statement, String... values) {
        FrontendMessages.bind(out, portal, statement, List.of(), texts(values), List.of());
        return this;
    }

    /** Binds values in binary, and asks for the result in binary. */
    public Frames bindBytes(String statement, ByteBuf... values) {
        FrontendMessages.bind(out, "", statement, List.of(1), List.of(values), List.of(1));
        return this;
    }

    public Frames describePortal() {
        FrontendMessages.describePortal(out, "");
        return this;
    }

    public Frames describeStatement(String name) {
        FrontendMessages.describeStatement(out, name);
        return this;
    }

    public Frames closeStatement(String name) {
        FrontendMessages.closeStatement(out, name);
        return this;
    }

    public Frames closePortal(String name) {
        FrontendMessages.closePortal(out, name);
        return this;
    }

    public Frames execute() {
        return execute("", 0);
    }

    public Frames execute(String portal, int maxRows) {
        FrontendMessages.execute(out, portal, maxRows);
        return this;
    }

    /** A FunctionCall with its arguments and its result in binary. */
    public Frames functionCall(int function, ByteBuf... arguments) {
        out.writeByte('F');
        int start = out.writerIndex();
        out.writeInt(0).writeInt(function).writeShort(1).writeShort(1).writeShort(arguments.length);
        for (ByteBuf argument : arguments) {
            out.writeInt(argument.readableBytes())
                    .writeBytes(argument, argument.readerIndex(), argument.readableBytes());
        }
        out.writeShort(1);
        out.setInt(start, out.writerIndex() - start);
        return this;
    }

    /** A statement at once: Parse, Bind, Describe, Execute. */
    public Frames extended(String sql, String... values) {
        return parse("", sql).bind("", values).describePortal().execute();
    }

    public Frames sync() {
        FrontendMessages.sync(out);
        return this;
    }

    public Frames flush() {
        FrontendMessages.flush(out);
        return this;
    }

    public Frames copyData(String line) {
        FrontendMessages.copyData(out, Unpooled.copiedBuffer(line, StandardCharsets.UTF_8));
        return this;
    }

    public Frames copyDone() {
        FrontendMessages.copyDone(out);
        return this;
    }

    public Frames copyFail(String reason) {
        FrontendMessages.copyFail(out, reason);
        return this;
    }

    public ByteBuf bytes() {
        return out;
    }
}
