package dev.understudy.pgwire.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Builds a server's frames for tests. */
final class ServerAnswer {
    private final ByteBuf out = Unpooled.buffer();

    ByteBuf bytes() {
        return out;
    }

    ServerAnswer parseComplete() {
        return frame('1', Unpooled.EMPTY_BUFFER);
    }

    ServerAnswer bindComplete() {
        return frame('2', Unpooled.EMPTY_BUFFER);
    }

    ServerAnswer closeComplete() {
        return frame('3', Unpooled.EMPTY_BUFFER);
    }

    ServerAnswer noData() {
        return frame('n', Unpooled.EMPTY_BUFFER);
    }

    ServerAnswer suspended() {
        return frame('s', Unpooled.EMPTY_BUFFER);
    }

    ServerAnswer emptyQuery() {
        return frame('I', Unpooled.EMPTY_BUFFER);
    }

    ServerAnswer tag(String tag) {
        return frame('C', string(Unpooled.buffer(), tag));
    }

    ServerAnswer ready(char status) {
        return frame('Z', Unpooled.buffer().writeByte(status));
    }

    ServerAnswer parameterDescription(int... types) {
        ByteBuf body = Unpooled.buffer().writeShort(types.length);
        for (int type : types) {
            body.writeInt(type);
        }
        return frame('t', body);
    }

    /** Columns of type text, in text format. */
    ServerAnswer columns(String... names) {
        return columns(0, names);
    }

    ServerAnswer columns(int format, String... names) {
        ByteBuf body = Unpooled.buffer().writeShort(names.length);
        for (String name : names) {
            string(body, name)
                    .writeInt(0)
                    .writeShort(0)
                    .writeInt(25)
                    .writeShort(-1)
                    .writeInt(-1)
                    .writeShort(format);
        }
        return frame('T', body);
    }

    ServerAnswer row(String... values) {
        ByteBuf body = Unpooled.buffer().writeShort(values.length);
        for (String value : values) {
            if (value == null) {
                body.writeInt(-1);
            } else {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                body.writeInt(bytes.length).writeBytes(bytes);
            }
        }
        return frame('D', body);
    }

    ServerAnswer error(String sqlState) {
        return error("ERROR", sqlState, 0);
    }

    ServerAnswer errorAt(String sqlState, int position) {
        return error("ERROR", sqlState, position);
    }

    ServerAnswer fatal(String sqlState) {
        return error("FATAL", sqlState, 0);
    }

    private ServerAnswer error(String severity, String sqlState, int position) {
        ByteBuf body = Unpooled.buffer();
        string(body.writeByte('S'), severity);
        string(body.writeByte('V'), severity);
        string(body.writeByte('C'), sqlState);
        string(body.writeByte('M'), "no");
        if (position > 0) {
            string(body.writeByte('P'), Integer.toString(position));
        }
        return frame('E', body.writeByte(0));
    }

    ServerAnswer notice(String text) {
        ByteBuf body = Unpooled.buffer();
        string(body.writeByte('M'), text);
        return frame('N', body.writeByte(0));
    }

    ServerAnswer parameterStatus(String name, String value) {
        return frame('S', string(string(Unpooled.buffer(), name), value));
    }

    ServerAnswer notification(String channel, String payload) {
        return frame('A', string(string(Unpooled.buffer().writeInt(7), channel), payload));
    }

    ServerAnswer copyInResponse() {
        return frame('G', Unpooled.buffer().writeByte(0).writeShort(0));
    }

    ServerAnswer copyOutResponse() {
        return frame('H', Unpooled.buffer().writeByte(0).writeShort(0));
    }

    ServerAnswer copyBothResponse() {
        return frame('W', Unpooled.buffer().writeByte(0).writeShort(0));
    }

    ServerAnswer copyData(String data) {
        return frame('d', Request.text(data));
    }

    ServerAnswer copyDone() {
        return frame('c', Unpooled.EMPTY_BUFFER);
    }

    ServerAnswer frame(char type, ByteBuf body) {
        out.writeByte(type).writeInt(4 + body.readableBytes()).writeBytes(body);
        return this;
    }

    static ByteBuf string(ByteBuf out, String value) {
        return out.writeBytes(value.getBytes(StandardCharsets.UTF_8)).writeByte(0);
    }
}
