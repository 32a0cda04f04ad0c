package dev.understudy.diff.kit;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.pgwire.message.ServerMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A blocking connection that asks for either format and hands the bytes out as they came. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;

    /** Connects to a server on this machine that asks for no password. */
    public RawClient(int port, String user, String database) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        ByteBuf startup = Unpooled.buffer();
        FrontendMessages.startup(
                startup, Map.of("user", user, "database", database, "client_encoding", "UTF8", "TimeZone", "UTC"));
        exchange(startup);
    }

    /** One query's columns and rows. */
    public record Result(RowDescription columns, List<List<@Nullable ByteBuf>> rows) {}

    /** Runs one query. */
    public Result query(String sql, int format) throws IOException {
        ByteBuf request = Unpooled.buffer();
        FrontendMessages.parse(request, "", sql, List.of());
        FrontendMessages.bind(request, "", "", List.of(), List.of(), List.of(format));
        FrontendMessages.describePortal(request, "");
        FrontendMessages.execute(request, "", 0);
        FrontendMessages.sync(request);
        RowDescription columns = new RowDescription(List.of());
        List<List<@Nullable ByteBuf>> rows = new ArrayList<>();
        for (FrameCursor frame = new FrameCursor(exchange(request)); frame.next(); ) {
            if (frame.type() == BackendType.ROW_DESCRIPTION) {
                columns = RowDescription.decode(frame.body());
            } else if (frame.type() == BackendType.DATA_ROW) {
                rows.add(DataRow.columns(frame.body()));
            } else if (frame.type() == BackendType.ERROR_RESPONSE) {
                throw new AssertionError(ServerMessage.decode(frame.body()));
            }
        }
        return new Result(columns, rows);
    }

    private ByteBuf exchange(ByteBuf request) throws IOException {
        socket.getOutputStream().write(ByteBufUtil.getBytes(request));
        ByteBuf answer = Unpooled.buffer();
        MessageWalker walker = new MessageWalker();
        byte[] bytes = new byte[8192];
        for (boolean ready = false; !ready; ) {
            int read = socket.getInputStream().read(bytes);
            if (read < 0) {
                throw new EOFException("the server closed the connection");
            }
            walker.begin(Unpooled.wrappedBuffer(bytes), 0, read);
            while (walker.next()) {
                ready |= walker.type() == BackendType.READY_FOR_QUERY;
            }
            answer.writeBytes(bytes, 0, read);
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
