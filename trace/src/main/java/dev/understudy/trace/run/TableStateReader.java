package dev.understudy.trace.run;

import dev.understudy.trace.catalog.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads whole tables' state over a connection that the caller owns. */
public final class TableStateReader {
    private TableStateReader() {}

    /**
     * Counts and hashes every table of the catalog, in its order, in one repeatable-read transaction.
     *
     * @throws SQLException if the server refuses
     */
    public static List<TableState> read(Connection connection, Catalog catalog) throws SQLException {
        throw new UnsupportedOperationException();
    }
}
