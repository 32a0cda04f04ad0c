package dev.understudy.replay.blocked;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's frames less what is blocked in them. */
final class StrippedRequest {
    private static final String EMPTY_STATEMENT = "SELECT";

    private final SessionNames names;
    private final BlockList list;
    private final ByteBuf request;
    private @Nullable ByteBuf kept;
    private @Nullable BlockedRule rule;
    private boolean worth;
    private boolean droppingCopy;

    private StrippedRequest(ByteBuf request, SessionNames names, BlockList list) {
        this.request = request;
        this.names = names;
        this.list = list;
    }

    /** Goes through a request; {@code request} is borrowed, or kept where nothing is blocked. Notes names as it goes. */
    static StrippedRequest of(ByteBuf request, SessionNames names, BlockList list) {
        StrippedRequest stripped = new StrippedRequest(request, names, list);
        if (names.isEmpty() && !hasText(request)) {
            return stripped;
        }
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            stripped.frame(frame);
        }
        return stripped;
    }

    /** Whether a request brings text, or a call by number: all else can only run what was prepared before. */
    private static boolean hasText(ByteBuf request) {
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            byte type = frame.type();
            if (type == FrontendType.QUERY || type == FrontendType.PARSE || type == FrontendType.FUNCTION_CALL) {
                return true;
            }
        }
        return false;
    }

    /** The first rule that blocks something, null if nothing is. */
    @Nullable BlockedRule rule() {
        return rule;
    }

    /** What is left; the request itself if nothing is blocked. */
    ByteBuf request() {
        return kept == null ? request : kept;
    }

    /** Whether what is left does anything. */
    boolean isWorthSending() {
        return worth;
    }

    private void frame(FrameCursor frame) {
        byte type = frame.type();
        boolean copy =
                type == FrontendType.COPY_DATA || type == FrontendType.COPY_DONE || type == FrontendType.COPY_FAIL;
        if (copy && droppingCopy) {
            return;
        }
        if (!copy && type != FrontendType.SYNC && type != FrontendType.FLUSH) {
            droppingCopy = false;
        }
        try {
            message(frame, FrontendMessage.decode(type, frame.body()));
        } catch (ProtocolException e) {
            keep(frame); // the server refuses such a message
        }
    }

    private void message(FrameCursor frame, FrontendMessage message) {
        if (message instanceof FrontendMessage.Query query) {
            query(frame, query.sql());
        } else if (message instanceof FrontendMessage.Parse parse) {
            BlockedRule blocked = names.rule(parse.sql());
            names.statement(parse.name(), blocked);
            if (blocked == null) {
                keep(frame);
            } else {
                block(frame, blocked);
                FrontendMessages.parse(started(frame), parse.name(), EMPTY_STATEMENT, List.of());
                worth = true;
            }
        } else if (message instanceof FrontendMessage.Bind bind) {
            BlockedRule blocked = names.statement(bind.statement());
            names.portal(bind.portal(), blocked);
            keepUnless(blocked, frame);
        } else if (message instanceof FrontendMessage.Describe describe && !describe.ofStatement()) {
            keepUnless(names.portal(describe.name()), frame);
        } else if (message instanceof FrontendMessage.Execute execute) {
            BlockedRule blocked = names.portal(execute.portal());
            droppingCopy = blocked != null;
            keepUnless(blocked, frame);
        } else if (message instanceof FrontendMessage.FunctionCall call) {
            keepUnless(list.function(call.functionOid()), frame);
        } else {
            keep(frame);
        }
    }

    private void query(FrameCursor frame, String sql) {
        // nearly all texts are one statement, and need not be read to be split
        List<SqlPart> parts =
                sql.indexOf(';') < 0 ? List.of(new SqlPart(sql, 0, sql.length())) : SqlSplitter.split(sql);
        List<String> left = new ArrayList<>(parts.size());
        BlockedRule blocked = null;
        for (SqlPart part : parts) {
            BlockedRule own = names.rule(part.sql());
            blocked = blocked == null ? own : blocked;
            String instead = own == null ? part.sql() : SessionNames.instead(part.sql());
            if (instead != null) {
                left.add(instead);
            }
        }
        if (blocked == null && parts.size() > 1 && names.readsBackslashes()) {
            // where strings end decides where statements do: then the text counts as a whole
            blocked = names.rule(sql);
            left = blocked == null ? left : List.of();
        }
        if (blocked == null) {
            keep(frame);
            return;
        }
        block(frame, blocked);
        droppingCopy = left.stream().noneMatch(text -> text.regionMatches(true, 0, "copy", 0, 4));
        if (!left.isEmpty()) {
            worth = true;
            FrontendMessages.query(started(frame), String.join("; ", left));
        }
    }

    private void keepUnless(@Nullable BlockedRule blocked, FrameCursor frame) {
        if (blocked == null) {
            keep(frame);
        } else {
            block(frame, blocked);
        }
    }

    private void block(FrameCursor frame, BlockedRule blocked) {
        rule = rule == null ? blocked : rule;
        started(frame);
    }

    /** The frames that are kept, with all that came before this one. */
    private ByteBuf started(FrameCursor frame) {
        ByteBuf out = kept;
        if (out == null) {
            out = Unpooled.buffer(request.readableBytes() + EMPTY_STATEMENT.length());
            out.writeBytes(request, request.readerIndex(), frame.start() - request.readerIndex());
            kept = out;
        }
        return out;
    }

    private void keep(FrameCursor frame) {
        byte type = frame.type();
        worth |= type != FrontendType.SYNC && type != FrontendType.FLUSH;
        if (kept != null) {
            kept.writeBytes(request, frame.start(), frame.end() - frame.start());
        }
    }
}
