package dev.understudy.replay.generated;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which generated values recorded exchanges use and bring. Fed each session's exchanges in their order; belongs to one
 * thread. A session that never names a table with generated values costs a look at its statements' texts.
 */
public final class GeneratedReader {
    private final Domains domains;
    private final Statements statements;
    private final Map<Long, SessionReading> sessions = new HashMap<>();

    /** A reader of exchanges of the database whose domains these are. */
    public GeneratedReader(Domains domains) {
        this.domains = domains;
        this.statements = new Statements(domains);
    }

    /** Nothing more comes of a session. */
    public void end(long session) {
        sessions.remove(session);
    }

    /**
     * Whether a session has to do with generated values, by what it has sent up to these frames.
     *
     * @param request the client's frames, or Parse frames of statements that it had prepared before; borrowed
     */
    public boolean concerns(long session, ByteBuf request) {
        if (domains.isEmpty()) {
            return false;
        }
        if (!sessions.containsKey(session) && touches(request)) {
            sessions.put(session, new SessionReading(domains, statements));
        }
        return sessions.containsKey(session);
    }

    /**
     * Reads one exchange of a session that is concerned.
     *
     * @param request the client's frames; borrowed, an unpooled heap buffer
     * @param read the exchange, with the server's frames as far as they are known
     * @param whole whether nothing is missing from those; otherwise they say which statements the server knows and no more
     */
    public Generated read(long session, ByteBuf request, Interpretation read, boolean whole) {
        SessionReading reading = sessions.get(session);
        return reading == null ? Generated.NONE : reading.read(request, read, whole);
    }

    private boolean touches(ByteBuf request) {
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            if (frame.type() == FrontendType.QUERY || frame.type() == FrontendType.PARSE) {
                String sql = text(frame);
                if (sql != null && touches(sql)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean touches(String sql) {
        if (sql.indexOf(';') < 0) {
            return statements.of(sql).touches();
        }
        List<SqlPart> parts = SqlSplitter.split(sql);
        return parts.stream().anyMatch(part -> statements.of(part.sql()).touches());
    }

    private static @Nullable String text(FrameCursor frame) {
        try {
            FrontendMessage message = FrontendMessage.decode(frame.type(), frame.body());
            if (message instanceof FrontendMessage.Query query) {
                return query.sql();
            }
            return message instanceof FrontendMessage.Parse parse ? parse.sql() : null;
        } catch (ProtocolException e) {
            return null; // the server refuses it
        }
    }
}
