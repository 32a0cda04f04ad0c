package dev.understudy.replay.schedule;

import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.trace.entry.SessionSnapshot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What brings a session to the state that a snapshot describes. */
public final class SnapshotRequest {
    private SnapshotRequest() {}

    /**
     * Makes the request; its bytes are unpooled heap and the caller's. Empty if there is nothing to bring.
     *
     * @param fresh whether the session has just begun; otherwise only its statements are prepared anew
     */
    public static ByteBuf of(SessionSnapshot snapshot, boolean fresh) {
        ByteBuf out = Unpooled.buffer();
        boolean open = false;
        if (fresh) {
            for (ByteBuf frame : snapshot.state()) {
                open = append(out, frame, open);
            }
        }
        for (var statement : snapshot.statements().entrySet()) {
            if (!fresh) {
                FrontendMessages.closeStatement(out, statement.getKey());
                open = true;
            }
            open = append(out, statement.getValue(), open);
        }
        if (open) {
            FrontendMessages.sync(out);
        }
        return out;
    }

    /** Appends a frame; a Sync goes before a Query that follows extended messages. */
    private static boolean append(ByteBuf out, ByteBuf frame, boolean open) {
        boolean query = frame.getByte(frame.readerIndex()) == FrontendType.QUERY;
        if (query && open) {
            FrontendMessages.sync(out);
        }
        out.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
        return !query;
    }
}
