package dev.understudy.replay.outcome;

import dev.understudy.pgwire.exchange.Portal;
import dev.understudy.pgwire.exchange.PreparedStatement;
import dev.understudy.pgwire.exchange.StatementBook;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a book knew, before an exchange, of the statements and portals that the exchange names: the exchange may replace
 * them.
 */
final class UsedNames {
    private final StatementBook book;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();

    UsedNames(ByteBuf request, StatementBook book) {
        this.book = book;
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            byte type = frame.type();
            if (type == FrontendType.BIND || type == FrontendType.DESCRIBE || type == FrontendType.EXECUTE) {
                note(type, frame.body());
            }
        }
    }

    private void note(byte type, ByteBuf body) {
        try {
            FrontendMessage message = FrontendMessage.decode(type, body);
            if (message instanceof FrontendMessage.Bind bind) {
                noteStatement(bind.statement());
            } else if (message instanceof FrontendMessage.Execute execute) {
                notePortal(execute.portal());
            } else if (message instanceof FrontendMessage.Describe describe) {
                if (describe.ofStatement()) {
                    noteStatement(describe.name());
                } else {
                    notePortal(describe.name());
                }
            }
        } catch (ProtocolException e) {
            // The server refuses such a message, so that nothing known is used by it.
        }
    }

    private void noteStatement(String name) {
        PreparedStatement statement = book.statement(name);
        if (statement != null) {
            statements.put(name, statement);
        }
    }

    private void notePortal(String name) {
        Portal portal = book.portal(name);
        if (portal != null) {
            portals.put(name, portal);
        }
    }

    /** The statement as it was, or (used by SQL's EXECUTE, which is not looked for) as it is now. */
    @Nullable PreparedStatement statement(String name) {
        PreparedStatement before = statements.get(name);
        return before != null ? before : book.statement(name);
    }

    @Nullable Portal portal(String name) {
        Portal before = portals.get(name);
        return before != null ? before : book.portal(name);
    }
}
