package dev.understudy.capture;

import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.pgwire.message.FrontendMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.function.Consumer;

/** A client that sends what it is told to, byte for byte, and remembers what went either way once it is logged in. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    final Socket socket;
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private final boolean byteByByte;
    private final MessageWalker walker = new MessageWalker();

    private RawClient(Socket socket, boolean byteByByte) {
        this.socket = socket;
        this.byteByByte = byteByByte;
    }

    static RawClient unconnected(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new RawClient(socket, false);
    }

    static RawClient login(int port, String database) throws IOException {
        return login(port, database, false);
    }

    static RawClient login(int port, String database, boolean byteByByte) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        RawClient client = new RawClient(socket, byteByByte);
        ByteBuf startup = Unpooled.buffer();
        FrontendMessages.startup(startup, Map.of("user", "postgres", "database", database));
        client.write(ByteBufUtil.getBytes(startup));
        client.await('Z', 1);
        client.sent.reset();
        client.received.reset();
        return client;
    }

    /** Sends frames. */
    RawClient send(Consumer<ByteBuf> frames) throws IOException {
        ByteBuf request = Unpooled.buffer();
        frames.accept(request);
        write(ByteBufUtil.getBytes(request));
        return this;
    }

    /**
     * Sends frames in one write, even where every byte goes alone otherwise: for frames that a server ignores once it has
     * failed. Behind the failed exchange's end they belong to no exchange, and a fast server could be there before them.
     */
    RawClient sendAtOnce(Consumer<ByteBuf> frames) throws IOException {
        ByteBuf request = Unpooled.buffer();
        frames.accept(request);
        byte[] bytes = ByteBufUtil.getBytes(request);
        sent.write(bytes);
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawClient query(String sql) throws IOException {
        return send(out -> FrontendMessages.query(out, sql)).await('Z', 1);
    }

    void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        sent.write(bytes);
        if (byteByByte) {
            for (byte each : bytes) {
                out.write(each);
                out.flush();
            }
        } else {
            out.write(bytes);
            out.flush();
        }
    }

    /** Reads until so many messages of that type have come whole. */
    RawClient await(char type, int count) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        int left = count;
        while (left > 0) {
            int read = socket.getInputStream().read(bytes);
            if (read < 0) {
                throw new EOFException("expected " + left + " more " + type);
            }
            received.write(bytes, 0, read);
            walker.begin(Unpooled.wrappedBuffer(bytes), 0, read);
            while (walker.next()) {
                left -= walker.type() == type ? 1 : 0;
            }
        }
        return this;
    }

    /** Reads to the connection's end. */
    byte[] readToEnd() throws IOException {
        byte[] rest = socket.getInputStream().readAllBytes();
        received.write(rest);
        return rest;
    }

    /** Ends the connection as a killed process with unread bytes does: by a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
