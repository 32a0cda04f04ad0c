package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.message.RowDescription;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings a book up to date message by message, and notes what an exchange used that was known before it. */
final class BookKeeping {
    private final StatementBook book;
    private final FewNames statementsMade = new FewNames();
    private final FewNames portalsMade = new FewNames();
    private final FewNames statementsUsed = new FewNames();
    private final FewNames portalsUsed = new FewNames();
    private final List<PreparedStatement> statementsBefore = new ArrayList<>(1);
    private final List<Portal> portalsBefore = new ArrayList<>(0);
    private final List<BookChange> changes = new ArrayList<>(2);
    private final boolean hadPortals;

    BookKeeping(StatementBook book) {
        this.book = book;
        this.hadPortals = !book.portals().isEmpty();
    }

    /** The statement that a message names; one without text where the book does not know it. */
    PreparedStatement use(String statementName) {
        PreparedStatement statement = book.statement(statementName);
        if (statement == null) {
            return new PreparedStatement(statementName, "", List.of(), null);
        }
        if (!statementsMade.contains(statementName) && statementsUsed.add(statementName)) {
            statementsBefore.add(statement);
        }
        return statement;
    }

    /** The portal that a message names, null where the book does not know it. */
    @Nullable Portal usePortal(String portalName) {
        Portal portal = book.portal(portalName);
        if (portal != null && !portalsMade.contains(portalName) && portalsUsed.add(portalName)) {
            portalsBefore.add(portal);
        }
        return portal;
    }

    void parsed(PreparedStatement statement) {
        statementsMade.add(statement.name());
        put(statement);
    }

    /**
     * A portal was bound; what is known of its columns goes with it, for exchanges that only execute it.
     *
     * @throws ProtocolException if the Bind message's body can't be read
     */
    void bound(String name, PreparedStatement statement, ByteBuf bind) {
        RowDescription rows = rows(statement, BindBody.resultFormats(bind));
        portalsMade.add(name);
        put(new Portal(name, statement, bind, rows));
    }

    /** A Describe of a statement was answered. */
    void described(PreparedStatement statement, List<Integer> types, @Nullable RowDescription rows) {
        put(new PreparedStatement(statement.name(), statement.sql(), types, rows));
    }

    /** A Describe of a portal was answered; its statement has the same columns, whatever their formats. */
    void described(Portal portal, @Nullable RowDescription rows) {
        if (portal.rows() == null || !portal.rows().equals(rows)) {
            put(new Portal(portal.name(), portal.statement(), portal.bind(), rows));
        }
        PreparedStatement statement = current(portal.statement());
        RowDescription unformatted = withFormats(rows, List.of());
        if (statement != null && !Objects.equals(statement.rows(), unformatted)) {
            put(new PreparedStatement(statement.name(), statement.sql(), statement.parameterTypes(), unformatted));
        }
    }

    /**
     * Reads the columns that a statement's portal or the statement itself was described with; the same object as long as
     * the server says the same.
     *
     * @throws ProtocolException if the body can't be read
     */
    RowDescription read(String statementName, ByteBuf body) {
        return book.describes(statementName, body);
    }

    /** The columns of a portal's rows: as its own Describe told them, else its statement's in the bound formats. */
    @Nullable RowDescription rowsOf(Portal portal) {
        if (portal.rows() != null) {
            return portal.rows();
        }
        return rows(portal.statement(), BindBody.resultFormats(portal.bind()));
    }

    private @Nullable RowDescription rows(PreparedStatement bound, List<Integer> formats) {
        PreparedStatement statement = current(bound);
        return withFormats(statement == null ? bound.rows() : statement.rows(), formats);
    }

    /** The statement as the book knows it by now, null if that is another one or none. */
    private @Nullable PreparedStatement current(PreparedStatement bound) {
        PreparedStatement statement = book.statement(bound.name());
        return statement != null && statement.sql().equals(bound.sql()) ? statement : null;
    }

    private static @Nullable RowDescription withFormats(@Nullable RowDescription rows, List<Integer> formats) {
        if (rows == null) {
            return null;
        }
        if (isIn(rows, formats)) {
            return rows;
        }
        List<Field> fields = new ArrayList<>(rows.fields().size());
        for (int i = 0; i < rows.fields().size(); i++) {
            fields.add(rows.fields().get(i).withFormat(BindBody.formatOf(formats, i)));
        }
        return new RowDescription(fields);
    }

    private static boolean isIn(RowDescription rows, List<Integer> formats) {
        for (int i = 0; i < rows.fields().size(); i++) {
            if (rows.fields().get(i).format() != BindBody.formatOf(formats, i)) {
                return false;
            }
        }
        return true;
    }

    private void put(PreparedStatement statement) {
        book.put(statement);
        changes.add(new BookChange.Statement(statement));
    }

    private void put(Portal portal) {
        book.put(portal);
        changes.add(new BookChange.Bound(portal));
    }

    void closeStatement(String name) {
        if (book.statement(name) != null) {
            book.closeStatement(name);
            changes.add(new BookChange.StatementClosed(name));
        }
    }

    void closePortal(String name) {
        if (book.portal(name) != null) {
            book.closePortal(name);
            changes.add(new BookChange.PortalClosed(name));
        }
    }

    void closeAllStatements() {
        book.closeAllStatements();
        changes.add(new BookChange.AllStatementsClosed());
    }

    /** What came and went within the exchange is no change. */
    void closeAllPortals() {
        book.closeAllPortals();
        changes.removeIf(change -> change instanceof BookChange.Bound || change instanceof BookChange.PortalClosed);
        if (hadPortals) {
            changes.add(new BookChange.AllPortalsClosed());
        }
    }

    List<BookChange> changes() {
        return changes.isEmpty() ? List.of() : changes;
    }

    List<PreparedStatement> statementsBefore() {
        return Collections.unmodifiableList(statementsBefore);
    }

    List<Portal> portalsBefore() {
        return Collections.unmodifiableList(portalsBefore);
    }
}
