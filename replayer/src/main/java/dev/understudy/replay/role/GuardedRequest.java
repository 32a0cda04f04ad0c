package dev.understudy.replay.role;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import dev.understudy.pgwire.sql.StatementKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request in which no statement sets who the session is. Texts are read byte by byte (Latin-1): what counts is ASCII in
 * every encoding that a server has, and all other bytes come through as they were.
 */
final class GuardedRequest {
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;
    private static final byte[] AUTHORIZATION = "authorization".getBytes(BYTES);
    /** Where the rarest letter stands in that word. */
    private static final int Z = 7;

    private static final byte[] DISCARD = "discard".getBytes(BYTES);
    private static final int C = 3;

    private GuardedRequest() {}

    /**
     * A new buffer for a request; null where nothing in it sets the session's role.
     *
     * @param role the captured one, no superuser
     * @param sqlState what production answered a statement with that asked for another role
     */
    static @Nullable ByteBuf of(ByteBuf request, String role, String sqlState) {
        ByteBuf out = null;
        String bytesOfRole = new String(role.getBytes(StandardCharsets.UTF_8), BYTES);
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            int sqlStart = sqlStart(request, frame);
            String replaced = sqlStart < 0 ? null : replaced(request, frame, sqlStart, bytesOfRole, sqlState);
            if (replaced != null && out == null) {
                out = Unpooled.buffer(request.readableBytes() + replaced.length());
                out.writeBytes(request, request.readerIndex(), frame.start() - request.readerIndex());
            }
            if (replaced != null && out != null) {
                write(out, request, frame, sqlStart, replaced);
            } else if (out != null) {
                out.writeBytes(request, frame.start(), frame.end() - frame.start());
            }
        }
        return out;
    }

    /** Where a frame's statement text begins; -1 if it has none. */
    private static int sqlStart(ByteBuf request, FrameCursor frame) {
        int body = frame.end() - frame.bodyLength();
        return switch (frame.type()) {
            case FrontendType.QUERY -> body;
            case FrontendType.PARSE -> {
                int nameEnd = request.indexOf(body, frame.end(), (byte) 0);
                yield nameEnd < 0 ? -1 : nameEnd + 1;
            }
            default -> -1;
        };
    }

    private static @Nullable String replaced(
            ByteBuf request, FrameCursor frame, int sqlStart, String role, String sqlState) {
        int sqlEnd = request.indexOf(sqlStart, frame.end(), (byte) 0);
        if (sqlEnd < 0) {
            return null;
        }
        boolean sets = mentions(request, sqlStart, sqlEnd, AUTHORIZATION, Z);
        if (!sets && !mentions(request, sqlStart, sqlEnd, DISCARD, C)) {
            return null;
        }
        String sql = request.toString(sqlStart, sqlEnd - sqlStart, BYTES);
        List<SqlPart> parts = SqlSplitter.split(sql);
        if (!sets) {
            boolean goesOn = frame.type() == FrontendType.PARSE && executesBehind(request, frame.end());
            boolean discards = goesOn && parts.size() == 1 && StatementKind.of(sql) == StatementKind.DISCARD;
            return discards && sql.toLowerCase(Locale.ROOT).contains("all") ? refusal(sqlState) : null;
        }
        StringBuilder text = new StringBuilder(sql);
        boolean any = false;
        for (int i = parts.size() - 1; i >= 0; i--) {
            SqlPart part = parts.get(i);
            String own = AuthorizationStatement.replacement(part.sql(), role, refusal(sqlState));
            if (own != null) {
                text.replace(part.start(), part.end(), own);
                any = true;
            }
        }
        return any ? text.toString() : null;
    }

    private static String refusal(String sqlState) {
        return "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + sqlState
                + "', MESSAGE = 'permission denied to set session authorization'; END $$";
    }

    /** Whether the request has more to execute than what is parsed just before {@code from}. */
    private static boolean executesBehind(ByteBuf request, int from) {
        int executes = 0;
        for (FrameCursor rest = new FrameCursor(request.slice(from, request.writerIndex() - from)); rest.next(); ) {
            executes += rest.type() == FrontendType.EXECUTE ? 1 : 0;
            if (rest.type() == FrontendType.QUERY || rest.type() == FrontendType.FUNCTION_CALL) {
                return true;
            }
        }
        return executes > 1;
    }

    private static boolean mentions(ByteBuf bytes, int from, int to, byte[] word, int rarest) {
        for (int at = from + rarest; at <= to - (word.length - rarest); at++) {
            if ((bytes.getByte(at) | 0x20) == word[rarest] && isAt(bytes, at - rarest, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(ByteBuf bytes, int from, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if ((bytes.getByte(from + i) | 0x20) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static void write(ByteBuf out, ByteBuf request, FrameCursor frame, int sqlStart, String sql) {
        int length = out.writerIndex() + 1;
        int oldSqlEnd = request.indexOf(sqlStart, frame.end(), (byte) 0);
        out.writeBytes(request, frame.start(), sqlStart - frame.start());
        out.writeCharSequence(sql, BYTES);
        out.writeBytes(request, oldSqlEnd, frame.end() - oldSqlEnd);
        out.setInt(length, out.writerIndex() - length);
    }
}
