package dev.understudy.trace.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a database's catalog over a connection that the caller owns. PostgreSQL 13 to 18: where a column exists in some
 * versions only, the query reads it out of the row as JSON.
 */
public final class CatalogReader {
    private static final int MAX_ATTEMPTS = 3;

    /** Undefined table, column, object or function, internal error (a cache lookup that failed), no lock in time. */
    private static final Set<String> PASSING = Set.of("42P01", "42703", "42704", "42883", "XX000", "55P03");

    private CatalogReader() {}

    /**
     * Reads the catalog in one read-only repeatable read transaction of its own; in the caller's if autocommit is off.
     * Where an object is dropped or locked under the reader, it begins anew, but not in a transaction that is not its
     * own.
     *
     * @throws SQLException if the server refuses; what a role may merely not see is left empty
     */
    public static Catalog read(Connection connection) throws SQLException {
        boolean own = connection.getAutoCommit();
        for (int attempt = 1; ; attempt++) {
            try {
                return readOnce(connection);
            } catch (SQLException e) {
                if (!own || attempt == MAX_ATTEMPTS || !isPassing(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    /** Definitions are printed by what is there now, not by the snapshot: what was just dropped is missing. */
    private static boolean isPassing(@Nullable String state) {
        return state != null && PASSING.contains(state);
    }

    private static Catalog readOnce(Connection connection) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(connection)) {
            CatalogBuilder catalog = ServerQueries.identity(connection);
            catalog.settings(ServerQueries.settings(connection));
            transaction.fixSettings();
            transaction.boundLockWaits();
            return catalog.extensions(ServerQueries.extensions(connection))
                    .collations(ServerQueries.collations(connection))
                    .roles(ServerQueries.roles(connection))
                    .schemas(RelationQueries.schemas(connection))
                    .types(RelationQueries.types(connection))
                    .relations(RelationQueries.relations(connection))
                    .sequences(SequenceQueries.sequences(connection))
                    .constraints(DependentQueries.constraints(connection))
                    .indexes(DependentQueries.indexes(connection))
                    .triggers(DependentQueries.triggers(connection))
                    .policies(DependentQueries.policies(connection))
                    .functions(DependentQueries.functions(connection))
                    .build();
        }
    }
}
