package dev.understudy.trace.run;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.StateComparison.Moment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Compares whole tables of two databases. Who replays asks for it; who knows how to compare values implements it. */
@FunctionalInterface
public interface TableComparer {
    /**
     * Compares every table that either side has. Blocks; the connections, in autocommit, are the caller's and are as
     * they were afterwards.
     *
     * @param moment after a replay, keys that either side made up by chance don't pair rows
     * @return one for each table, in the order of the names
     * @throws SQLException if a server refuses or a connection is lost; a table that may not be read is told by its note
     */
    List<TableComparison> compare(Moment moment, Side control, Side candidate) throws SQLException;

    /**
     * One side.
     *
     * @param connection used by one thread at a time, which need not be the caller's
     * @param catalog what the database is made of
     */
    record Side(Connection connection, Catalog catalog) {}
}
