package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.RowDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings a book up to date message by message, and notes what an exchange used that was known before it. */
final class BookKeeping {
    private final StatementBook book;
    private final Set<String> statementsMade = new HashSet<>(4);
    private final Set<String> portalsMade = new HashSet<>(4);
    private final Map<String, PreparedStatement> statementsBefore = new HashMap<>(4);
    private final Map<String, Portal> portalsBefore = new HashMap<>(4);

    BookKeeping(StatementBook book) {
        this.book = book;
    }

    /** The statement that a message names; one without text where the book does not know it. */
    PreparedStatement use(String statementName) {
        PreparedStatement statement = book.statement(statementName);
        if (statement == null) {
            return new PreparedStatement(statementName, "", List.of(), null);
        }
        if (!statementsMade.contains(statementName)) {
            statementsBefore.putIfAbsent(statementName, statement);
        }
        return statement;
    }

    /** The portal that a message names, null where the book does not know it. */
    @Nullable Portal usePortal(String portalName) {
        Portal portal = book.portal(portalName);
        if (portal != null && !portalsMade.contains(portalName)) {
            portalsBefore.putIfAbsent(portalName, portal);
        }
        return portal;
    }

    void parsed(PreparedStatement statement) {
        statementsMade.add(statement.name());
        book.put(statement);
    }

    /** A portal was bound; what is known of its columns goes with it, for exchanges that only execute it. */
    void bound(Portal portal) {
        portalsMade.add(portal.name());
        book.put(new Portal(portal.name(), portal.statement(), portal.bind(), rowsOf(portal)));
    }

    /** A Describe of a statement was answered. */
    void described(PreparedStatement statement, List<Integer> types, @Nullable RowDescription rows) {
        book.put(new PreparedStatement(statement.name(), statement.sql(), types, rows));
    }

    /** A Describe of a portal was answered; its statement has the same columns, whatever their formats. */
    void described(Portal portal, @Nullable RowDescription rows) {
        book.put(new Portal(portal.name(), portal.statement(), portal.bind(), rows));
        PreparedStatement statement = current(portal.statement());
        if (statement != null) {
            book.put(new PreparedStatement(
                    statement.name(), statement.sql(), statement.parameterTypes(), withFormats(rows, List.of())));
        }
    }

    /** The columns of a portal's rows: as its own Describe told them, else its statement's in the bound formats. */
    @Nullable RowDescription rowsOf(Portal portal) {
        if (portal.rows() != null) {
            return portal.rows();
        }
        PreparedStatement statement = current(portal.statement());
        RowDescription rows = statement == null ? portal.statement().rows() : statement.rows();
        return rows == null ? null : withFormats(rows, BindBody.resultFormats(portal.bind()));
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
        List<Field> fields = new ArrayList<>(rows.fields().size());
        for (int i = 0; i < rows.fields().size(); i++) {
            fields.add(rows.fields().get(i).withFormat(BindBody.formatOf(formats, i)));
        }
        return new RowDescription(fields);
    }

    void closeStatement(String name) {
        book.closeStatement(name);
    }

    void closePortal(String name) {
        book.closePortal(name);
    }

    void closeAllStatements() {
        book.closeAllStatements();
    }

    void closeAllPortals() {
        book.closeAllPortals();
    }

    List<PreparedStatement> statementsBefore() {
        return List.copyOf(statementsBefore.values());
    }

    List<Portal> portalsBefore() {
        return List.copyOf(portalsBefore.values());
    }
}
