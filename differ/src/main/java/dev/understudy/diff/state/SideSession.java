package dev.understudy.diff.state;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.ReadTransaction;
import dev.understudy.trace.run.RowHash;
import dev.understudy.trace.run.TableComparer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * One side while it is compared: its connection, in one read-only repeatable read transaction. Belongs to one thread,
 * but for {@link #cancel}.
 */
final class SideSession implements AutoCloseable {
    /** Enough for the groups of one scan, so that they are counted in memory, and for sorting a few hundred thousand. */
    private static final String WORK_MEMORY = "64MB";

    private static final String SAVEPOINT = "understudy_table";

    private final String name;
    private final Connection connection;
    private final Catalog catalog;
    private final ReadTransaction transaction;
    private final RowHash hash;

    private SideSession(String name, TableComparer.Side side, ReadTransaction transaction) throws SQLException {
        this.name = name;
        this.connection = side.connection();
        this.catalog = side.catalog();
        this.transaction = transaction;
        this.hash = RowHash.read(connection);
    }

    static SideSession begin(String name, TableComparer.Side side) throws SQLException {
        ReadTransaction transaction = ReadTransaction.begin(side.connection());
        try {
            transaction.fixSettings();
            transaction.liftStatementTimeout();
            transaction.boundLockWaits();
            SideSession session = new SideSession(name, side, transaction);
            session.execute("SELECT set_config('work_mem', '" + WORK_MEMORY + "', true),"
                    // The hash of a row is a long expression: compiled without being optimised it takes a tenth longer.
                    + " set_config('jit_optimize_above_cost', current_setting('jit_above_cost'), true),"
                    + " set_config('idle_in_transaction_session_timeout', '0', true)");
            // PostgreSQL 17 brought it.
            session.execute("SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout'");
            return session;
        } catch (SQLException e) {
            try {
                transaction.close();
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** control or candidate. */
    String name() {
        return name;
    }

    Catalog catalog() {
        return catalog;
    }

    RowHash hash() {
        return hash;
    }

    Connection connection() {
        return connection;
    }

    /** Sets the point to which the transaction returns if the next table fails. */
    void beginTable(long timeoutMillis) throws SQLException {
        execute("SAVEPOINT " + SAVEPOINT + "; SET LOCAL statement_timeout = " + timeoutMillis);
    }

    /** Forgets that point, after having returned to it. */
    void endTable() throws SQLException {
        execute("ROLLBACK TO " + SAVEPOINT + "; RELEASE " + SAVEPOINT);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Reads the rows of a query whose result fits into memory; values as text. */
    void query(String sql, RowConsumer rows) throws SQLException {
        // A plain statement is run once, so that the driver has every value sent as text.
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.accept(row);
            }
        }
    }

    /** What takes a row. */
    interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /** From any thread: ends the statement under way with an error; nothing where the connection is gone. */
    void cancel() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            // Its thread finds out by itself.
        }
    }

    /** From any thread: gives the connection up, so that whoever waits for its server is freed. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is closed already.
        }
    }

    boolean isLost(SQLException error) {
        String state = error.getSQLState();
        try {
            return state != null && (state.startsWith("08") || state.startsWith("57P")) || connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    public void close() throws SQLException {
        transaction.close();
    }
}
