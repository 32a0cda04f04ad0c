package dev.understudy.replay.generated;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import io.netty.buffer.ByteBuf;
import java.util.Collection;
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

    /** A session begins, or goes on after a gap, with statements that these Parse frames have made. */
    public void begin(long session, Collection<ByteBuf> parseFrames) {
        for (ByteBuf frames : parseFrames) {
            if (touches(frames)) {
                reading(session).know(frames);
            }
        }
    }

    /** Nothing more comes of a session. */
    public void end(long session) {
        sessions.remove(session);
    }

    /**
     * Reads one exchange.
     *
     * @param request the client's frames; borrowed, an unpooled heap buffer
     * @param answer the server's frames; borrowed. Empty where they are not known
     * @param whole whether nothing is missing from them; otherwise they say which statements the server knows and no more
     */
    public Generated read(long session, ByteBuf request, ByteBuf answer, boolean whole) {
        if (domains.isEmpty()) {
            return Generated.NONE;
        }
        SessionReading reading = sessions.get(session);
        if (reading == null && !touches(request)) {
            return Generated.NONE;
        }
        reading = reading == null ? reading(session) : reading;
        Interpretation read = Interpreter.interpret(request, answer, reading.book);
        return reading.read(request, read, whole);
    }

    private SessionReading reading(long session) {
        return sessions.computeIfAbsent(session, id -> new SessionReading(domains, statements));
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
