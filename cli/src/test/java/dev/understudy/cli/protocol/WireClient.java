package dev.understudy.cli.protocol;

import dev.understudy.pgwire.message.BackendKeyData;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client that says just what it is told to say. Belongs to one thread. */
final class WireClient implements AutoCloseable {
    private static final int MAX_WAIT_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteBuf out = Unpooled.buffer();
    private @Nullable BackendKeyData key;

    WireClient(int port, String user, String database) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(MAX_WAIT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        FrontendMessages.startup(out, Map.of("user", user, "database", database, "application_name", "wire"));
        flush();
        ready(1);
    }

    /** Messages to be sent with the next {@link #run}. */
    ByteBuf out() {
        return out;
    }

    void parse(String name, String sql, Integer... types) {
        FrontendMessages.parse(out, name, sql, List.of(types));
    }

    /** Binds, describes and executes; values and results in binary. */
    void execute(String name, ByteBuf... values) {
        FrontendMessages.bind(out, "", name, List.of(1), List.of(values), List.of(1));
        FrontendMessages.describePortal(out, "");
        FrontendMessages.execute(out, "", 0);
    }

    /** A simple query, to its end; the first error's text, empty without one. */
    String query(String sql) throws IOException {
        FrontendMessages.query(out, sql);
        return run(1);
    }

    String sync() throws IOException {
        FrontendMessages.sync(out);
        return run(1);
    }

    /** Sends what was said and reads the answer. */
    String run(int readies) throws IOException {
        flush();
        return ready(readies);
    }

    void flush() throws IOException {
        socket.getOutputStream().write(ByteBufUtil.getBytes(out));
        out.clear();
    }

    private String ready(int count) throws IOException {
        String error = "";
        for (int left = count; left > 0; ) {
            byte type = in.readByte();
            ByteBuf body = Unpooled.wrappedBuffer(in.readNBytes(in.readInt() - 4));
            if (type == BackendType.READY_FOR_QUERY) {
                left--;
            } else if (type == BackendType.BACKEND_KEY_DATA) {
                key = BackendKeyData.decode(body);
            } else if (type == BackendType.ERROR_RESPONSE && error.isEmpty()) {
                error = body.toString(StandardCharsets.UTF_8);
            }
        }
        return error;
    }

    /** The server's process. */
    int pid() {
        return key == null ? 0 : key.processId();
    }

    /** Asks for what is under way to be cancelled. */
    void cancel() throws IOException {
        BackendKeyData mine = key;
        if (mine == null) {
            throw new IllegalStateException("the server sent no key");
        }
        try (Socket other = new Socket(socket.getInetAddress(), socket.getPort())) {
            ByteBuf message = Unpooled.buffer();
            FrontendMessages.cancelRequest(message, mine.processId(), mine.secretKey());
            other.getOutputStream().write(ByteBufUtil.getBytes(message));
            other.getInputStream().readAllBytes();
        }
    }

    @Override
    public void close() throws IOException {
        FrontendMessages.terminate(out);
        flush();
        in.readAllBytes();
        socket.close();
    }
}
