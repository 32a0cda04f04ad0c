package dev.understudy.capture.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** The only messages of its own that the agent ever sends a client: why there is no server behind it. */
enum FatalError {
    /** The server could not be reached. */
    NO_SERVER("08006", "understudy: the server behind this capture agent could not be reached"),
    /** The agent shuts down while the session is idle. */
    SHUTDOWN("57P01", "understudy: the capture agent is shutting down, terminating connection");

    private final String sqlState;
    private final String message;

    FatalError(String sqlState, String message) {
        this.sqlState = sqlState;
        this.message = message;
    }

    /** An ErrorResponse of severity FATAL; the caller's to release. */
    ByteBuf encode(ByteBufAllocator allocator) {
        ByteBuf frame = allocator.buffer();
        frame.writeByte('E').writeInt(0);
        field(frame, 'S', "FATAL");
        field(frame, 'V', "FATAL");
        field(frame, 'C', sqlState);
        field(frame, 'M', message);
        frame.writeByte(0);
        return frame.setInt(1, frame.readableBytes() - 1);
    }

    private static void field(ByteBuf frame, char code, String value) {
        frame.writeByte(code);
        frame.writeCharSequence(value, StandardCharsets.UTF_8);
        frame.writeByte(0);
    }
}
