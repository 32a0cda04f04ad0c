package dev.understudy.replay;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.ReadTransaction;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ViewOrigins;
import dev.understudy.trace.run.ViewOrigins.ViewColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGResultSetMetaData;

/**
 * Asks a server where its views' columns come from: it describes each view's query, which names the relation and column
 * behind a result's column (Frontend/Backend Protocol, RowDescription).
 */
final class ViewOriginsReader {
    private ViewOriginsReader() {}

    /** A column of a relation, by names, as the driver tells it. */
    private record Origin(String schema, String relation, String column) {}

    /**
     * Reads the origins of all views of the catalog; a view whose query the server does not prepare, such as one on a
     * table that the role may not see, is left out.
     *
     * @param connection the caller's, in autocommit
     * @throws SQLException if the server refuses or is lost
     */
    static ViewOrigins read(Connection connection, Catalog catalog, String run, Arm arm) throws SQLException {
        Map<Origin, ViewColumn> columns = columns(catalog);
        List<ViewColumn> origins = new ArrayList<>();
        try (ReadTransaction transaction = ReadTransaction.begin(connection)) {
            transaction.fixSettings();
            transaction.boundLockWaits();
            for (Catalog.Relation view : catalog.relations()) {
                if (view.kind() == 'v' && view.definition() != null) {
                    origins.addAll(origins(connection, view, view.definition(), columns));
                }
            }
        }
        return new ViewOrigins(run, arm, origins);
    }

    private static Map<Origin, ViewColumn> columns(Catalog catalog) {
        Map<Origin, ViewColumn> columns = new HashMap<>();
        for (Catalog.Relation relation : catalog.relations()) {
            for (Catalog.Attribute attribute : relation.attributes()) {
                columns.put(
                        new Origin(relation.schema(), relation.name(), attribute.name()),
                        new ViewColumn(0, 0, relation.oid(), attribute.number()));
            }
        }
        return columns;
    }

    private static List<ViewColumn> origins(
            Connection connection, Catalog.Relation view, String query, Map<Origin, ViewColumn> columns)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement statement = connection.prepareStatement(escaped(query))) {
            List<ViewColumn> origins = origins(view, statement.getMetaData(), columns);
            connection.releaseSavepoint(before);
            return origins;
        } catch (SQLException e) {
            if (connection.isClosed()) {
                throw e;
            }
            connection.rollback(before);
            return List.of();
        }
    }

    private static List<ViewColumn> origins(
            Catalog.Relation view, ResultSetMetaData described, Map<Origin, ViewColumn> columns) throws SQLException {
        PGResultSetMetaData names = described.unwrap(PGResultSetMetaData.class);
        List<ViewColumn> origins = new ArrayList<>();
        int last = Math.min(described.getColumnCount(), view.attributes().size());
        for (int column = 1; column <= last; column++) {
            ViewColumn origin = columns.get(new Origin(
                    names.getBaseSchemaName(column), names.getBaseTableName(column), names.getBaseColumnName(column)));
            if (origin != null) {
                int attribute = view.attributes().get(column - 1).number();
                origins.add(new ViewColumn(view.oid(), attribute, origin.relationOid(), origin.relationAttribute()));
            }
        }
        return origins;
    }

    /** Outside quotes, the driver takes a question mark for a parameter, unless it is doubled. */
    private static String escaped(String query) {
        StringBuilder escaped = new StringBuilder(query.length());
        char quote = 0;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (quote == 0 ? c == '\'' || c == '"' : c == quote) {
                quote = quote == 0 ? c : 0;
            }
            escaped.append(c == '?' && quote == 0 ? "??" : c);
        }
        return escaped.toString();
    }
}
