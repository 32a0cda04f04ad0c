package dev.understudy.replay.schedule;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What is sent in the place of an exchange whose error came from waiting: it leaves the session as that error left it.
 * The statements that the server had parsed before the error stay prepared, so they are parsed; then the same SQLSTATE
 * is raised, in a transaction if production was left in a failed one, and rolled back if it was not.
 */
public final class ForcedRequest {
    private static final int ROOM_BYTES = 256;

    private ForcedRequest() {}

    /** Makes the request; its bytes are unpooled heap and the caller's. */
    public static ByteBuf of(RecordedExchange exchange, String sqlState) {
        ByteBuf out = Unpooled.buffer(ROOM_BYTES);
        parses(exchange, out);
        boolean wasIdle = exchange.before() == TransactionStatus.IDLE;
        boolean isIdle = exchange.after() == TransactionStatus.IDLE;
        if (wasIdle && !isIdle) {
            FrontendMessages.query(out, "BEGIN");
        }
        FrontendMessages.query(out, "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + sqlState + "'; END $$");
        if (!wasIdle && isIdle) {
            FrontendMessages.query(out, "ROLLBACK");
        }
        return out;
    }

    private static void parses(RecordedExchange exchange, ByteBuf out) {
        int left = exchange.facts().parsesBeforeError();
        FrameCursor frame = new FrameCursor(exchange.request());
        boolean any = false;
        while (left > 0 && frame.next()) {
            if (frame.type() == FrontendType.PARSE) {
                out.writeBytes(exchange.request(), frame.start(), frame.end() - frame.start());
                left--;
                any = true;
            }
        }
        if (any) {
            FrontendMessages.sync(out);
        }
    }
}
