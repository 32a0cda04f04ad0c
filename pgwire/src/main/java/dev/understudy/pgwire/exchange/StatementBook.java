package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.message.RowDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements and portals of one session on one server, as its answers have proved them: a statement is
 * known from ParseComplete, a portal from BindComplete to the end of its transaction.
 *
 * <p>Mutable; belongs to one thread at a time.
 */
public final class StatementBook {
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    /** What statements' columns were last described as, by the statement's name. */
    private final Map<String, Described> described = new HashMap<>();

    private record Described(byte[] body, RowDescription rows) {}

    /** A book that knows the same and changes on its own from here on. */
    public StatementBook copy() {
        StatementBook copy = new StatementBook();
        copy.statements.putAll(statements);
        copy.portals.putAll(portals);
        copy.described.putAll(described);
        return copy;
    }

    /** Whether another book knows the same statements and portals. */
    public boolean knowsSameAs(StatementBook other) {
        return statements.equals(other.statements) && portals.equals(other.portals);
    }

    /** The statement of that name, null if none is known. */
    public @Nullable PreparedStatement statement(String name) {
        return statements.get(name);
    }

    /** The portal of that name, null if none is known. */
    public @Nullable Portal portal(String name) {
        return portals.get(name);
    }

    /** All statements, in no order. */
    public Collection<PreparedStatement> statements() {
        return statements.values();
    }

    /** Adds or replaces a statement. */
    public void put(PreparedStatement statement) {
        statements.put(statement.name(), statement);
    }

    /**
     * The server is known to have the statements that these Parse messages made. One that can't be read is left out: what
     * uses it is then not known either.
     *
     * @param frames whole frames; borrowed
     */
    public void prepared(ByteBuf frames) {
        for (FrameCursor frame = new FrameCursor(frames); frame.next(); ) {
            try {
                if (FrontendMessage.decode(frame.type(), frame.body()) instanceof FrontendMessage.Parse parse) {
                    put(new PreparedStatement(parse.name(), parse.sql(), parse.types(), null));
                }
            } catch (ProtocolException e) {
                return;
            }
        }
    }

    /**
     * Brings this book to where an interpretation left the one that it was given: a book that knows the same stays alike
     * without reading the exchange again.
     *
     * @param changes {@link Interpretation#changes}
     */
    public void apply(List<BookChange> changes) {
        for (BookChange change : changes) {
            if (change instanceof BookChange.Statement put) {
                put(put.statement());
            } else if (change instanceof BookChange.Bound put) {
                put(put.portal());
            } else if (change instanceof BookChange.StatementClosed closed) {
                closeStatement(closed.name());
            } else if (change instanceof BookChange.PortalClosed closed) {
                closePortal(closed.name());
            } else if (change instanceof BookChange.AllStatementsClosed) {
                closeAllStatements();
            } else {
                closeAllPortals();
            }
        }
    }

    /** Adds or replaces a portal. */
    public void put(Portal portal) {
        portals.put(portal.name(), portal);
    }

    /** Forgets a statement (Close, DEALLOCATE); an unknown name changes nothing. */
    public void closeStatement(String name) {
        statements.remove(name);
        described.remove(name);
    }

    /** Forgets a portal; an unknown name changes nothing. */
    public void closePortal(String name) {
        portals.remove(name);
    }

    /** Forgets every named statement (DEALLOCATE ALL, DISCARD ALL): the server keeps the unnamed one. */
    public void closeAllStatements() {
        statements.keySet().removeIf(name -> !name.isEmpty());
        described.keySet().retainAll(statements.keySet());
    }

    /** All portals, in no order. */
    Collection<Portal> portals() {
        return portals.values();
    }

    /** Forgets every portal (the transaction's end). */
    public void closeAllPortals() {
        portals.clear();
    }

    /**
     * The columns that a RowDescription for a statement tells: servers say the same again and again, so the last is kept.
     *
     * @param body the message's body; borrowed
     * @throws ProtocolException if it can't be read
     */
    RowDescription describes(String statement, ByteBuf body) {
        Described last = described.get(statement);
        if (last != null && isSame(last.body(), body)) {
            return last.rows();
        }
        RowDescription rows = RowDescription.decode(body);
        if (statements.containsKey(statement)) {
            described.put(statement, new Described(ByteBufUtil.getBytes(body), rows));
        }
        return rows;
    }

    private static boolean isSame(byte[] last, ByteBuf body) {
        int length = body.readableBytes();
        if (length != last.length) {
            return false;
        }
        if (body.hasArray()) {
            int from = body.arrayOffset() + body.readerIndex();
            return Arrays.equals(last, 0, length, body.array(), from, from + length);
        }
        return Unpooled.wrappedBuffer(last).equals(body);
    }
}
