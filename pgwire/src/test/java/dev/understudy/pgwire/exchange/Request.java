package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.FrontendMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds a client's frames for tests. */
final class Request {
    private final ByteBuf out = Unpooled.buffer();

    ByteBuf bytes() {
        return out;
    }

    Request query(String sql) {
        FrontendMessages.query(out, sql);
        return this;
    }

    Request parse(String name, String sql, Integer... types) {
        FrontendMessages.parse(out, name, sql, List.of(types));
        return this;
    }

    /** Text parameters, text results. */
    Request bind(String portal, String statement, String... values) {
        return bind(portal, statement, List.of(), values);
    }

    Request bind(String portal, String statement, List<Integer> resultFormats, String... values) {
        List<ByteBuf> parameters = new ArrayList<>();
        for (String value : values) {
            parameters.add(value == null ? null : text(value));
        }
        FrontendMessages.bind(out, portal, statement, List.of(), parameters, resultFormats);
        return this;
    }

    Request describeStatement(String name) {
        FrontendMessages.describeStatement(out, name);
        return this;
    }

    Request describePortal(String name) {
        FrontendMessages.describePortal(out, name);
        return this;
    }

    Request execute(String portal) {
        return execute(portal, 0);
    }

    Request execute(String portal, int maxRows) {
        FrontendMessages.execute(out, portal, maxRows);
        return this;
    }

    Request closeStatement(String name) {
        FrontendMessages.closeStatement(out, name);
        return this;
    }

    Request closePortal(String name) {
        FrontendMessages.closePortal(out, name);
        return this;
    }

    Request copyData(String data) {
        FrontendMessages.copyData(out, text(data));
        return this;
    }

    Request copyDone() {
        FrontendMessages.copyDone(out);
        return this;
    }

    Request copyFail(String reason) {
        FrontendMessages.copyFail(out, reason);
        return this;
    }

    Request flush() {
        FrontendMessages.flush(out);
        return this;
    }

    Request sync() {
        FrontendMessages.sync(out);
        return this;
    }

    Request terminate() {
        FrontendMessages.terminate(out);
        return this;
    }

    Request frame(char type, byte... body) {
        out.writeByte(type).writeInt(4 + body.length).writeBytes(body);
        return this;
    }

    static ByteBuf text(String value) {
        return Unpooled.wrappedBuffer(value.getBytes(StandardCharsets.UTF_8));
    }
}
