package dev.understudy.capture.session;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.pgwire.message.BackendType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server answers to a startup message, up to the first ReadyForQuery: authentication is followed and dropped,
 * ParameterStatus, the process id and the protocol's version are kept.
 *
 * <p>Holds at most {@link #MAX_BYTES}, until the session is ready. Belongs to one thread; borrows what it is fed.
 */
public final class StartupAnswer {
    /** More than this before ReadyForQuery and the session is relayed unread. */
    public static final int MAX_BYTES = 64 * 1024;

    private final MessageWalker walker = new MessageWalker();
    private ByteBuf collected = Unpooled.buffer(512, MAX_BYTES);
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private boolean failed;
    private int serverPid;
    private int newestMinor = -1;

    /**
     * Takes the next bytes.
     *
     * @return the index just behind ReadyForQuery, or -1 if the session is not ready yet or never will be
     */
    public int feed(ByteBuf bytes) {
        int from = bytes.readerIndex();
        walker.begin(bytes, from, bytes.readableBytes());
        while (walker.next()) {
            if (walker.type() == BackendType.READY_FOR_QUERY) {
                collect(bytes, from, walker.end() - from);
                parse();
                return walker.end();
            }
        }
        collect(bytes, from, bytes.writerIndex() - from);
        failed |= walker.isPoisoned();
        return -1;
    }

    /** Whether the answer cannot be followed. */
    public boolean failed() {
        return failed;
    }

    /** The backend's process id, 0 if it sent none. */
    public int serverPid() {
        return serverPid;
    }

    /** The minor version that the server negotiated down to, -1 if it took the client's. */
    public int newestMinor() {
        return newestMinor;
    }

    /** The ParameterStatus values. */
    public Map<String, String> parameters() {
        return parameters;
    }

    private void collect(ByteBuf bytes, int from, int length) {
        if (failed || collected.readableBytes() + length > MAX_BYTES) {
            failed = true;
            return;
        }
        collected.writeBytes(bytes, from, length);
    }

    private void parse() {
        for (FrameCursor frame = new FrameCursor(collected); frame.next(); ) {
            ByteBuf body = frame.body();
            if (frame.type() == BackendType.PARAMETER_STATUS) {
                ParameterStatus.read(body, parameters);
            } else if (frame.type() == BackendType.BACKEND_KEY_DATA && body.readableBytes() >= Integer.BYTES) {
                serverPid = body.getInt(0);
            } else if (frame.type() == BackendType.NEGOTIATE_PROTOCOL_VERSION
                    && body.readableBytes() >= Integer.BYTES) {
                newestMinor = body.getInt(0) & 0xffff;
            }
        }
        collected = Unpooled.EMPTY_BUFFER;
    }
}
