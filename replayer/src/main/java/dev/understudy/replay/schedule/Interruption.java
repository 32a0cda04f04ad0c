package dev.understudy.replay.schedule;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which message of a request its first error answers. What stands before it had been done.
 *
 * @param start where the message begins in the request's buffer; its end, if all of its messages had been answered (a
 *     commit at Sync can fail)
 * @param type the message's type, 0 at the end
 * @param statements of a simple query, how many of its statements had been completed
 */
record Interruption(int start, byte type, int statements) {
    /** Texts are read byte by byte: what counts is ASCII in every encoding, and other bytes come through as they are. */
    static final Charset BYTES = StandardCharsets.ISO_8859_1;

    /** Reads an exchange; both buffers are borrowed. */
    static Interruption of(ByteBuf request, ByteBuf answer) {
        FrameCursor done = new FrameCursor(answer);
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            if (frame.type() == FrontendType.QUERY) {
                int statements = 0;
                byte next = completion(done, false);
                while (next == BackendType.COMMAND_COMPLETE || next == BackendType.EMPTY_QUERY_RESPONSE) {
                    statements++;
                    next = completion(done, false);
                }
                if (next == 0) {
                    return new Interruption(frame.start(), frame.type(), statements);
                }
            } else {
                for (int left = completions(frame); left > 0; left--) {
                    if (completion(done, true) == 0) {
                        boolean commits = frame.type() == FrontendType.SYNC;
                        return new Interruption(frame.start(), commits ? 0 : frame.type(), 0);
                    }
                }
            }
        }
        return new Interruption(request.writerIndex(), (byte) 0, 0);
    }

    /** How many messages complete one of these. */
    private static int completions(FrameCursor frame) {
        return switch (frame.type()) {
            case FrontendType.PARSE, FrontendType.BIND, FrontendType.CLOSE, FrontendType.EXECUTE, FrontendType.SYNC ->
                1;
            case FrontendType.DESCRIBE -> frame.bodyLength() > 0 && frame.body().getByte(0) == 'S' ? 2 : 1;
            case FrontendType.FUNCTION_CALL -> 2;
            default -> 0;
        };
    }

    /**
     * Steps to the next message that completes something; 0 at the first error, and at the end.
     *
     * @param extended whether a RowDescription answers a Describe; else it begins a result
     */
    private static byte completion(FrameCursor answer, boolean extended) {
        while (answer.next()) {
            switch (answer.type()) {
                case BackendType.ERROR_RESPONSE -> {
                    return 0;
                }
                case BackendType.PARSE_COMPLETE,
                        BackendType.BIND_COMPLETE,
                        BackendType.CLOSE_COMPLETE,
                        BackendType.COMMAND_COMPLETE,
                        BackendType.EMPTY_QUERY_RESPONSE,
                        BackendType.PORTAL_SUSPENDED,
                        BackendType.PARAMETER_DESCRIPTION,
                        BackendType.NO_DATA,
                        BackendType.FUNCTION_CALL_RESPONSE,
                        BackendType.READY_FOR_QUERY -> {
                    return answer.type();
                }
                case BackendType.ROW_DESCRIPTION -> {
                    if (extended) {
                        return answer.type();
                    }
                }
                default -> {}
            }
        }
        return 0;
    }

    /** The text of the statement that failed as the only one of its message; null if it is not known, or no such. */
    @Nullable String statement(ByteBuf request) {
        String sql = null;
        for (FrameCursor frame = new FrameCursor(request); frame.next() && frame.start() <= start; ) {
            if (frame.type() == FrontendType.PARSE) {
                sql = text(
                        request, request.indexOf(frame.end() - frame.bodyLength(), frame.end(), (byte) 0) + 1, frame);
            } else if (frame.type() == FrontendType.QUERY) {
                sql = text(request, frame.end() - frame.bodyLength(), frame);
            }
        }
        boolean runs = type == FrontendType.EXECUTE || type == FrontendType.QUERY;
        if (!runs || sql == null) {
            return null;
        }
        List<SqlPart> parts = SqlSplitter.split(sql);
        return parts.size() == 1 ? parts.get(0).sql() : null;
    }

    static String text(ByteBuf request, int from, FrameCursor frame) {
        int end = request.indexOf(from, frame.end(), (byte) 0);
        return request.toString(from, (end < 0 ? frame.end() : end) - from, BYTES);
    }
}
