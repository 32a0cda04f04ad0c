package dev.understudy.pgwire.server;

import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;

/** A blocking connection to an embedded server, for tests: frames in, frames out. */
public final class ServerConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;

    private ServerConnection(Socket socket) {
        this.socket = socket;
    }

    /** Connects to the one server that all tests of this JVM share. */
    public static ServerConnection open() throws IOException {
        Socket socket = new Socket("127.0.0.1", Server.INSTANCE.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        ServerConnection connection = new ServerConnection(socket);
        ByteBuf startup = Unpooled.buffer();
        FrontendMessages.startup(
                startup,
                Map.of("user", "postgres", "database", "postgres", "client_encoding", "UTF8", "TimeZone", "UTC"));
        connection.exchange(startup, 1);
        return connection;
    }

    /** Sends the frames and reads up to the given number of ReadyForQuery, or to the connection's end. */
    public ByteBuf exchange(ByteBuf request, int readies) throws IOException {
        socket.getOutputStream().write(ByteBufUtil.getBytes(request));
        ByteBuf answer = Unpooled.buffer();
        MessageWalker walker = new MessageWalker();
        byte[] bytes = new byte[8192];
        int left = readies;
        while (left > 0) {
            int read = socket.getInputStream().read(bytes);
            if (read < 0) {
                return answer;
            }
            walker.begin(Unpooled.wrappedBuffer(bytes), 0, read);
            while (walker.next()) {
                left -= walker.type() == BackendType.READY_FOR_QUERY ? 1 : 0;
            }
            answer.writeBytes(bytes, 0, read);
        }
        if (!walker.isBetweenMessages()) {
            throw new EOFException("bytes behind the last ReadyForQuery");
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "20")
                        .setServerConfig("shared_buffers", "16MB")
                        .setLocaleConfig("locale", "C")
                        .setLocaleConfig("encoding", "UTF8")
                        .start();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
