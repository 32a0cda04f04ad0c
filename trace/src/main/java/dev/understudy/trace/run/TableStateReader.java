package dev.understudy.trace.run;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.Identifiers;
import dev.understudy.trace.catalog.ReadTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole tables' state over a connection that the caller owns: how many rows, and the sum of their hashes. Two
 * tables of equal count and hash hold the same rows, in whatever order, but for a chance of about 1 in 2^64.
 *
 * <p>Counted are tables, partitions (each on its own; a partitioned table itself has no rows) and materialized views
 * that are populated. Columns count in the order of their numbers.
 */
public final class TableStateReader {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String TABLES = """
            SELECT n.nspname || '.' || c.relname, c.relkind, c.relispopulated,
                   array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL),
                   array_agg(a.atttypid::int8 ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'm', 'f')
            GROUP BY n.nspname, c.relname, c.relkind, c.relispopulated
            """;

    private TableStateReader() {}

    /**
     * Counts and hashes every table of the catalog, in its order, in one repeatable-read transaction; in the caller's
     * if autocommit is off.
     *
     * @throws SQLException if the server refuses; a table that the role may not read is told with a note
     */
    public static List<TableState> read(Connection connection, Catalog catalog) throws SQLException {
        return read(connection, catalog, catalog.serverVersion());
    }

    /**
     * As {@link #read(Connection, Catalog)}, with hashes that servers of {@code oldestVersion} and newer have in common:
     * PostgreSQL 13 hashes rows in another way than 14 and later do.
     *
     * @param oldestVersion the least {@code server_version_num} of the servers to compare
     */
    public static List<TableState> read(Connection connection, Catalog catalog, int oldestVersion) throws SQLException {
        boolean recordHash = oldestVersion >= RowHash.VERSION_WITH_RECORD_HASH;
        try (ReadTransaction transaction = ReadTransaction.begin(connection)) {
            transaction.fixSettings();
            transaction.liftStatementTimeout();
            RowHash hash = RowHash.read(connection);
            Map<String, Table> tables = tables(connection);
            List<TableState> states = new ArrayList<>();
            for (Catalog.Relation relation : catalog.relations()) {
                if (relation.kind() == 'r' || relation.kind() == 'm' || relation.kind() == 'f') {
                    states.add(state(connection, relation, tables.get(relation.qualifiedName()), hash, recordHash));
                }
            }
            return states;
        }
    }

    private static TableState state(
            Connection connection, Catalog.Relation relation, @Nullable Table table, RowHash hash, boolean recordHash)
            throws SQLException {
        String name = relation.qualifiedName();
        if (table == null) {
            return unread(name, "the table is gone");
        }
        if (table.kind == 'f') {
            return unread(name, "a foreign table: its rows are elsewhere");
        }
        if (!table.populated) {
            return unread(name, "a materialized view that was never refreshed");
        }
        String sql = "SELECT count(*), coalesce(sum(" + RowHash.summand(RowHash.row(table.values(hash), recordHash))
                + "), 0) FROM ONLY " + Identifiers.quoted(relation.schema(), relation.name());
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            TableState state = new TableState(name, row.getLong(1), row.getString(2), "");
            connection.releaseSavepoint(before);
            return state;
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            return unread(name, "may not be read: " + e.getMessage());
        }
    }

    private static TableState unread(String name, String note) {
        return new TableState(name, 0, "", note);
    }

    private static Map<String, Table> tables(Connection connection) throws SQLException {
        Map<String, Table> tables = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                tables.put(row.getString(1), Table.of(row));
            }
        }
        return tables;
    }

    private record Column(String name, int type) {}

    private record Table(char kind, boolean populated, List<Column> columns) {
        static Table of(ResultSet row) throws SQLException {
            List<Column> columns = new ArrayList<>();
            if (row.getArray(4) != null) {
                String[] names = (String[]) row.getArray(4).getArray();
                Long[] types = (Long[]) row.getArray(5).getArray();
                for (int i = 0; i < names.length; i++) {
                    columns.add(new Column(names[i], types[i].intValue()));
                }
            }
            return new Table(row.getString(2).charAt(0), row.getBoolean(3), columns);
        }

        List<String> values(RowHash hash) {
            return columns.stream()
                    .map(column -> hash.value(Identifiers.quoted(column.name()), column.type()))
                    .toList();
        }
    }
}
