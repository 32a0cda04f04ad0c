package dev.understudy.trace.catalog;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Reads a database's catalog over a connection that the caller owns. PostgreSQL 13 to 18: where a column exists in some
 * versions only, the query reads it out of the row as JSON.
 */
public final class CatalogReader {
    private CatalogReader() {}

    /**
     * Reads the catalog in one read-only repeatable read transaction of its own; in the caller's if autocommit is off.
     *
     * @throws SQLException if the server refuses; what a role may merely not see is left empty
     */
    public static Catalog read(Connection connection) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(connection)) {
            CatalogBuilder catalog = ServerQueries.identity(connection);
            catalog.settings(ServerQueries.settings(connection));
            transaction.fixSettings();
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
