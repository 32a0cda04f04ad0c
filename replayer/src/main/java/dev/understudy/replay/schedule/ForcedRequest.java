package dev.understudy.replay.schedule;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * What is sent in the place of an exchange whose error came from waiting: it leaves the session, and the database, as that
 * error left them. What had been done before the error is done: the messages before the one that failed, and the
 * statements before the one that failed in a simple query's text, since a COMMIT, a savepoint, a prepared statement or a
 * session's lock among them outlives the error. Then the same SQLSTATE is raised where it was.
 */
public final class ForcedRequest {
    private static final int ROOM_BYTES = 256;
    /** A statement of our own, so that the unnamed one stays what it was. */
    private static final String NAME = "understudy_forced";

    private ForcedRequest() {}

    /** Makes the request; its bytes are unpooled heap and the caller's. */
    public static ByteBuf of(RecordedExchange exchange, String sqlState) {
        ByteBuf request = exchange.request();
        Interruption interruption = Interruption.of(request, exchange.answer());
        ByteBuf out = Unpooled.buffer(ROOM_BYTES + request.readableBytes());
        boolean wasIdle = exchange.before() == TransactionStatus.IDLE;
        boolean isIdle = exchange.after() == TransactionStatus.IDLE;
        boolean began = exchange.tags().contains("BEGIN") || exchange.tags().contains("START TRANSACTION");
        if (wasIdle && !isIdle && !began) {
            FrontendMessages.query(out, "BEGIN");
        }
        int start = interruption.start();
        out.writeBytes(request, request.readerIndex(), start - request.readerIndex());
        if (interruption.type() == FrontendType.QUERY) {
            raiseWithin(out, request, interruption, sqlState);
        } else if (isExtended(interruption, request)) {
            raiseExtended(out, sqlState);
        } else {
            FrontendMessages.query(out, raising(sqlState));
        }
        if (isIdle && (!wasIdle || began)) {
            FrontendMessages.query(out, "ROLLBACK");
        }
        return out;
    }

    /** Whether the error came to messages that a Sync ends. */
    private static boolean isExtended(Interruption interruption, ByteBuf request) {
        return interruption.type() != FrontendType.FUNCTION_CALL && request.isReadable();
    }

    private static void raiseWithin(ByteBuf out, ByteBuf request, Interruption interruption, String sqlState) {
        FrameCursor frame =
                new FrameCursor(request.slice(interruption.start(), request.writerIndex() - interruption.start()));
        frame.next();
        ByteBuf body = frame.body();
        String sql = body.toString(body.readerIndex(), Math.max(0, body.readableBytes() - 1), Interruption.BYTES);
        List<SqlPart> parts = SqlSplitter.split(sql);
        int done = interruption.statements();
        String before = done < parts.size() ? sql.substring(0, parts.get(done).start()) : sql + "\n;";
        int length = out.writerIndex() + 1;
        out.writeByte(FrontendType.QUERY).writeInt(0);
        out.writeCharSequence(done == 0 ? raising(sqlState) : before + raising(sqlState), Interruption.BYTES);
        out.writeByte(0);
        out.setInt(length, out.writerIndex() - length);
    }

    private static void raiseExtended(ByteBuf out, String sqlState) {
        FrontendMessages.closeStatement(out, NAME);
        FrontendMessages.parse(out, NAME, raising(sqlState), List.of());
        FrontendMessages.bind(out, NAME, NAME, List.of(), List.of(), List.of());
        FrontendMessages.execute(out, NAME, 0);
        FrontendMessages.sync(out);
        FrontendMessages.closeStatement(out, NAME);
        FrontendMessages.sync(out);
    }

    private static String raising(String sqlState) {
        return "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + sqlState + "'; END $$";
    }

    /**
     * Makes the request where only a part of the recorded one may be sent: what had been parsed stays prepared, and
     * nothing else of it is done. Its bytes are unpooled heap and the caller's.
     *
     * @param request what is left of the recorded frames; borrowed
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
        FrontendMessages.query(out, raising(sqlState));
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
