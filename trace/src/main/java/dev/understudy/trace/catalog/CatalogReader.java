package dev.understudy.trace.catalog;

import java.sql.Connection;
import java.sql.SQLException;

/** Reads a database's catalog over a connection that the caller owns. PostgreSQL 13 to 18. */
public final class CatalogReader {
    private CatalogReader() {}

    /**
     * Reads the catalog in one read-only transaction of its own.
     *
     * @throws SQLException if the server refuses; what a role may merely not see is left empty
     */
    public static Catalog read(Connection connection) throws SQLException {
        throw new UnsupportedOperationException();
    }
}
