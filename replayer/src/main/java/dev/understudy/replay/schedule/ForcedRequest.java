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
        return of(
                exchange.request(),
                exchange.facts().parsesBeforeError(),
                exchange.before(),
                exchange.after(),
                sqlState);
    }

    /**
     * Makes the request; its bytes are unpooled heap and the caller's.
     *
     * @param request the recorded frames, or what is left of them; borrowed
     * @param parses how many of its Parse messages the server had taken
     * @param before the transaction status when the exchange began
     * @param after the transaction status at its end
     */
    public static ByteBuf of(
            ByteBuf request, int parses, TransactionStatus before, TransactionStatus after, String sqlState) {
        ByteBuf out = Unpooled.buffer(ROOM_BYTES);
        parses(request, parses, out);
        boolean wasIdle = before == TransactionStatus.IDLE;
        boolean isIdle = after == TransactionStatus.IDLE;
        if (wasIdle && !isIdle) {
            FrontendMessages.query(out, "BEGIN");
        }
        FrontendMessages.query(out, "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + sqlState + "'; END $$");
        if (!wasIdle && isIdle) {
            FrontendMessages.query(out, "ROLLBACK");
        }
        return out;
    }

    private static void parses(ByteBuf request, int parses, ByteBuf out) {
        int left = parses;
        FrameCursor frame = new FrameCursor(request);
        boolean any = false;
        while (left > 0 && frame.next()) {
            if (frame.type() == FrontendType.PARSE) {
                out.writeBytes(request, frame.start(), frame.end() - frame.start());
                left--;
                any = true;
            }
        }
        if (any) {
            FrontendMessages.sync(out);
        }
    }
}
