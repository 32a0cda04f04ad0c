package dev.understudy.bench.pgwire;

import dev.understudy.pgwire.message.FrontendMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Frames of pgbench's kind, as a client and a server write them. */
final class Exchanges {
    static final String SELECT = "SELECT abalance FROM pgbench_accounts WHERE aid = $1;";

    private Exchanges() {}

    static ByteBuf simpleRequest() {
        ByteBuf out = Unpooled.buffer();
        FrontendMessages.query(out, "UPDATE pgbench_accounts SET abalance = abalance + -4082 WHERE aid = 123456;");
        return out;
    }

    static ByteBuf simpleAnswer() {
        ByteBuf out = Unpooled.buffer();
        frame(out, 'C', string("UPDATE 1"));
        frame(out, 'Z', Unpooled.buffer().writeByte('T'));
        return out;
    }

    static ByteBuf prepareRequest() {
        ByteBuf out = Unpooled.buffer();
        FrontendMessages.parse(out, "P_1", SELECT, List.of());
        FrontendMessages.sync(out);
        return out;
    }

    static ByteBuf prepareAnswer() {
        ByteBuf out = Unpooled.buffer();
        frame(out, '1', Unpooled.EMPTY_BUFFER);
        frame(out, 'Z', Unpooled.buffer().writeByte('I'));
        return out;
    }

    static ByteBuf preparedRequest() {
        ByteBuf out = Unpooled.buffer();
        FrontendMessages.bind(out, "", "P_1", List.of(), List.of(text("123456")), List.of(0));
        FrontendMessages.describePortal(out, "");
        FrontendMessages.execute(out, "", 0);
        FrontendMessages.sync(out);
        return out;
    }

    /** The answer to {@link #preparedRequest} with so many rows of one int4 column. */
    static ByteBuf preparedAnswer(int rows) {
        ByteBuf out = Unpooled.buffer();
        frame(out, '2', Unpooled.EMPTY_BUFFER);
        ByteBuf columns = Unpooled.buffer().writeShort(1).writeBytes(string("abalance"));
        columns.writeInt(16_402)
                .writeShort(3)
                .writeInt(23)
                .writeShort(4)
                .writeInt(-1)
                .writeShort(0);
        frame(out, 'T', columns);
        for (int i = 0; i < rows; i++) {
            ByteBuf value = text(Integer.toString(i * 7919 % 100_000 - 50_000));
            frame(
                    out,
                    'D',
                    Unpooled.buffer()
                            .writeShort(1)
                            .writeInt(value.readableBytes())
                            .writeBytes(value));
        }
        frame(out, 'C', string("SELECT " + rows));
        frame(out, 'Z', Unpooled.buffer().writeByte('I'));
        return out;
    }

    static ByteBuf text(String value) {
        return Unpooled.wrappedBuffer(value.getBytes(StandardCharsets.UTF_8));
    }

    static void frame(ByteBuf out, char type, ByteBuf body) {
        out.writeByte(type).writeInt(4 + body.readableBytes()).writeBytes(body);
    }

    private static ByteBuf string(String value) {
        return Unpooled.buffer()
                .writeBytes(value.getBytes(StandardCharsets.UTF_8))
                .writeByte(0);
    }
}
