package dev.understudy.replay.selection;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import dev.understudy.pgwire.sql.StatementKind;
import dev.understudy.replay.schedule.RecordedExchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of an exchange that is left out sets up its session for those that are not: named statements, and settings made
 * outside a transaction. Settings made inside one, temporary tables, advisory locks and open cursors are not carried.
 */
final class StateRequest {
    private final ByteBuf request;
    private final boolean idle;
    private final ByteBuf out;
    private boolean settingBound;
    private boolean worth;

    private StateRequest(ByteBuf request, boolean idle) {
        this.request = request;
        this.idle = idle;
        this.out = Unpooled.buffer(request.readableBytes());
    }

    /** The frames that are sent in its place, unpooled heap; null if it leaves nothing behind. */
    static @Nullable ByteBuf of(RecordedExchange exchange) {
        if (exchange.facts().sqlState() != null || !exchange.answered()) {
            return null;
        }
        boolean idle = exchange.before() == TransactionStatus.IDLE && exchange.after() == TransactionStatus.IDLE;
        StateRequest state = new StateRequest(exchange.request(), idle);
        for (FrameCursor frame = new FrameCursor(exchange.request()); frame.next(); ) {
            state.frame(frame);
        }
        return state.worth ? state.out : null;
    }

    private void frame(FrameCursor frame) {
        try {
            FrontendMessage message = FrontendMessage.decode(frame.type(), frame.body());
            if (message instanceof FrontendMessage.Query query) {
                query(query.sql());
            } else if (message instanceof FrontendMessage.Parse parse) {
                settingBound = parse.name().isEmpty() && isSetting(parse.sql());
                keepIf(settingBound || !parse.name().isEmpty(), true, frame);
            } else if (message instanceof FrontendMessage.Bind bind) {
                keepIf(settingBound && bind.statement().isEmpty(), false, frame);
            } else if (message instanceof FrontendMessage.Describe describe) {
                keepIf(settingBound && !describe.ofStatement(), false, frame);
            } else if (message instanceof FrontendMessage.Execute) {
                keepIf(settingBound, true, frame);
            } else if (message instanceof FrontendMessage.Close close) {
                keepIf(close.ofStatement(), true, frame);
            } else if (frame.type() == FrontendType.SYNC || frame.type() == FrontendType.FLUSH) {
                keepIf(true, false, frame);
            }
        } catch (ProtocolException e) {
            // the server refuses such a message: it leaves nothing behind
        }
    }

    private void query(String sql) {
        List<String> kept = new ArrayList<>();
        for (SqlPart part : SqlSplitter.split(sql)) {
            if (isSetting(part.sql())) {
                kept.add(part.sql());
            }
        }
        if (!kept.isEmpty()) {
            worth = true;
            FrontendMessages.query(out, String.join("; ", kept));
        }
    }

    private boolean isSetting(String sql) {
        return switch (StatementKind.of(sql)) {
            case PREPARE, DEALLOCATE -> true;
            case SET -> idle && !isOfTransaction(sql);
            case RESET, DISCARD, LISTEN, UNLISTEN -> idle;
            default -> false;
        };
    }

    private static boolean isOfTransaction(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        lexer.next(); // SET itself
        return lexer.next() && (lexer.isWord("local") || lexer.isWord("transaction") || lexer.isWord("constraints"));
    }

    private void keepIf(boolean kept, boolean worthIt, FrameCursor frame) {
        if (kept) {
            worth |= worthIt;
            out.writeBytes(request, frame.start(), frame.end() - frame.start());
        }
    }
}
