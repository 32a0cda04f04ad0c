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

    public Frames query(String sql) {
        FrontendMessages.query(out, sql);
        return this;
    }

    public Frames parse(String name, String sql) {
        FrontendMessages.parse(out, name, sql, List.of());
        return this;
    }

    public Frames bind(String statement, String... values) {
        FrontendMessages.bind(
                out,
                "",
                statement,
                List.of(),
                Arrays.stream(values)
                        .map(value -> Unpooled.copiedBuffer(value, StandardCharsets.UTF_8))
                        .toList(),
                List.of());
        return this;
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

    public Frames describePortal() {
        FrontendMessages.describePortal(out, "");
        return this;
    }

    public Frames execute() {
        FrontendMessages.execute(out, "", 0);
        return this;
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

    public ByteBuf bytes() {
        return out;
    }
}
