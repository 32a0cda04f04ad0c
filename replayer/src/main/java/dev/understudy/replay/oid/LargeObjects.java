package dev.understudy.replay.oid;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.replay.schedule.RequestRewrite;
import dev.understudy.replay.schedule.Work;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives new large objects the number that they got in production, which its answer tells: {@code lo_creat} and a
 * {@code lo_create} that leaves the choice to the server become a {@code lo_create} of that number (chapter 35.3). So every
 * later use means the same object, wherever the application keeps the number. What a FunctionCall makes, as libpq's and
 * JDBC's interfaces do, and what a statement makes that selects this alone.
 */
public final class LargeObjects implements RequestRewrite {
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;
    private static final int LO_CREAT = 957;
    private static final int LO_CREATE = 715;
    private static final short BINARY = 1;
    /** FunctionCall with one argument of four bytes in binary: function, formats, arguments, length, result's format. */
    private static final int CALL_BYTES = 4 + 2 + 2 + 2 + 4 + 4 + 2;

    private static final int ARGUMENT_AT = 14;

    private static final Pattern CREAT = Pattern.compile(
            "\\s*select\\s+(?:pg_catalog\\.)?(lo_creat)\\s*\\(\\s*[^()\\s]+\\s*\\)\\s*;?\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CHOSEN = Pattern.compile(
            "(\\s*select\\s+(?:pg_catalog\\.)?(?:lo_create|lo_from_bytea)\\s*\\(\\s*)0(\\s*[,)].*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Runnable whenRewritten;

    /** {@code whenRewritten} is told of each request that is not sent as it was. */
    public LargeObjects(Runnable whenRewritten) {
        this.whenRewritten = whenRewritten;
    }

    @Override
    public ByteBuf forArm(Work.Run run, int arm, ByteBuf request) {
        ByteBuf numbered = run.treatment().isAsRecorded()
                ? numbered(request, run.exchange().answer())
                : null;
        if (numbered == null) {
            return request;
        }
        whenRewritten.run();
        return numbered;
    }

    /** A new buffer for a request that makes a large object; null for any other. */
    static @Nullable ByteBuf numbered(ByteBuf request, ByteBuf answer) {
        FrameCursor frame = new FrameCursor(request);
        if (!frame.next()) {
            return null;
        }
        return switch (frame.type()) {
            case FrontendType.FUNCTION_CALL -> call(request, frame, answer);
            case FrontendType.QUERY -> statement(request, frame, frame.end() - frame.bodyLength(), answer);
            case FrontendType.PARSE -> unnamed(request, frame, answer);
            default -> null;
        };
    }

    /** A statement with a name may run again, and would make the same object. */
    private static @Nullable ByteBuf unnamed(ByteBuf request, FrameCursor frame, ByteBuf answer) {
        int name = frame.end() - frame.bodyLength();
        if (request.getByte(name) != 0) {
            return null;
        }
        return statement(request, frame, name + 1, answer);
    }

    private static @Nullable ByteBuf call(ByteBuf request, FrameCursor frame, ByteBuf answer) {
        int body = frame.end() - frame.bodyLength();
        if (frame.bodyLength() != CALL_BYTES) {
            return null;
        }
        int function = request.getInt(body);
        boolean leavesChoice = function == LO_CREAT || function == LO_CREATE && request.getInt(body + ARGUMENT_AT) == 0;
        boolean binary = request.getShort(body + 4) == 1 && request.getShort(body + 6) == BINARY;
        FrameCursor result = new FrameCursor(answer);
        if (!leavesChoice || !binary || !result.next() || result.type() != BackendType.FUNCTION_CALL_RESPONSE) {
            return null;
        }
        Integer number = number(result.bodyLength() < 4 ? null : result.body().skipBytes(4));
        if (number == null) {
            return null;
        }
        ByteBuf copy = Unpooled.copiedBuffer(request);
        int at = body - request.readerIndex();
        copy.setInt(at, LO_CREATE);
        copy.setInt(at + ARGUMENT_AT, number);
        return copy;
    }

    private static @Nullable ByteBuf statement(ByteBuf request, FrameCursor frame, int sqlStart, ByteBuf answer) {
        int sqlEnd = request.indexOf(sqlStart, frame.end(), (byte) 0);
        if (sqlEnd < 0 || !speaksOfLargeObjects(request, sqlStart, sqlEnd)) {
            return null;
        }
        Integer number = number(onlyValue(answer));
        String sql = request.toString(sqlStart, sqlEnd - sqlStart, BYTES);
        String numbered = number == null ? null : numbered(sql, Integer.toUnsignedString(number));
        if (numbered == null) {
            return null;
        }
        ByteBuf out = Unpooled.buffer(request.readableBytes() + numbered.length());
        out.writeBytes(request, frame.start(), sqlStart - frame.start());
        out.writeCharSequence(numbered, BYTES);
        out.writeBytes(request, sqlEnd, frame.end() - sqlEnd);
        out.setInt(1, out.writerIndex() - 1);
        return out.writeBytes(request, frame.end(), request.writerIndex() - frame.end());
    }

    static @Nullable String numbered(String sql, String number) {
        Matcher creat = CREAT.matcher(sql);
        if (creat.matches()) {
            return "SELECT pg_catalog.lo_create(" + number + ") AS " + creat.group(1);
        }
        Matcher chosen = CHOSEN.matcher(sql);
        return chosen.matches() ? chosen.group(1) + number + chosen.group(2) : null;
    }

    /** Whether "lo_" stands in a text, in any case. */
    private static boolean speaksOfLargeObjects(ByteBuf bytes, int from, int to) {
        for (int at = from + 2; at < to; at++) {
            if (bytes.getByte(at) == '_'
                    && (bytes.getByte(at - 1) | 0x20) == 'o'
                    && (bytes.getByte(at - 2) | 0x20) == 'l') {
                return true;
            }
        }
        return false;
    }

    /** The only value of an answer's only row; null if there is no such. */
    private static @Nullable ByteBuf onlyValue(ByteBuf answer) {
        ByteBuf value = null;
        for (FrameCursor frame = new FrameCursor(answer); frame.next(); ) {
            if (frame.type() == BackendType.DATA_ROW) {
                List<@Nullable ByteBuf> columns = columns(frame.body());
                if (value != null || columns.size() != 1) {
                    return null;
                }
                value = columns.get(0);
            }
        }
        return value;
    }

    private static List<@Nullable ByteBuf> columns(ByteBuf row) {
        try {
            return DataRow.columns(row);
        } catch (ProtocolException e) {
            return List.of(); // an answer that cannot be read proves no number
        }
    }

    /** A number as oid_send or oidout gives it; null if it is none. */
    private static @Nullable Integer number(@Nullable ByteBuf value) {
        if (value == null) {
            return null;
        }
        if (value.readableBytes() == 4 && value.getByte(value.readerIndex()) < '0') {
            return value.getInt(value.readerIndex());
        }
        try {
            return Integer.parseUnsignedInt(value.toString(BYTES));
        } catch (NumberFormatException e) {
            return value.readableBytes() == 4 ? value.getInt(value.readerIndex()) : null;
        }
    }
}
