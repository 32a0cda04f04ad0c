package dev.understudy.replay.schedule;

import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.SessionSnapshot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What brings a session to the state that a snapshot describes. Each statement ends with a Sync of its own, so that one
 * that fails takes no other with it. A transaction that was open is begun: what it had done before is not known.
 */
public final class SnapshotRequest {
    private SnapshotRequest() {}

    /**
     * Makes the request; its bytes are unpooled heap and the caller's. Empty if there is nothing to bring.
     *
     * @param fresh whether the session has just begun; otherwise only its statements are prepared anew, and its
     *     transaction is put right
     */
    public static ByteBuf of(SessionSnapshot snapshot, boolean fresh) {
        ByteBuf out = Unpooled.buffer();
        if (fresh) {
            snapshot.state().forEach(frame -> append(out, frame));
        } else if (snapshot.status() == TransactionStatus.IDLE) {
            FrontendMessages.query(out, "COMMIT");
        }
        snapshot.statements().forEach((name, frame) -> {
            if (!fresh) {
                FrontendMessages.closeStatement(out, name);
            }
            append(out, frame);
        });
        if (snapshot.status() == TransactionStatus.IN_TRANSACTION) {
            FrontendMessages.query(out, "BEGIN");
        }
        return out;
    }

    private static void append(ByteBuf out, ByteBuf frame) {
        out.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
        if (frame.getByte(frame.readerIndex()) != FrontendType.QUERY) {
            FrontendMessages.sync(out);
        }
    }
}
