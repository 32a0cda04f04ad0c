package dev.understudy.trace.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A read-only repeatable read transaction in which names are always printed with their schema and values always in one
 * form, whatever the session was set to. On a connection that is in a transaction already (autocommit off), it is that
 * transaction, whose isolation is then the caller's choice; the settings are given back at its end.
 *
 * <p>Belongs to the connection's thread.
 */
public final class ReadTransaction implements AutoCloseable {
    /** Settings that change how the server prints definitions and values. */
    private static final List<Setting> FIXED = List.of(
            new Setting("search_path", "pg_catalog"),
            new Setting("quote_all_identifiers", "off"),
            new Setting("TimeZone", "UTC"),
            new Setting("DateStyle", "ISO, MDY"),
            new Setting("IntervalStyle", "postgres"),
            new Setting("extra_float_digits", "1"),
            new Setting("bytea_output", "hex"),
            new Setting("row_security", "off"));

    private static final Setting NO_TIMEOUT = new Setting("statement_timeout", "0");
    private static final Setting SHORT_LOCK_WAITS = new Setting("lock_timeout", "3s");

    private final Connection connection;
    private final boolean own;
    private final List<Setting> before;

    private ReadTransaction(Connection connection, boolean own, List<Setting> before) {
        this.connection = connection;
        this.own = own;
        this.before = before;
    }

    /** Begins the transaction; the connection stays the caller's. */
    public static ReadTransaction begin(Connection connection) throws SQLException {
        boolean own = connection.getAutoCommit();
        if (own) {
            connection.setAutoCommit(false);
        }
        try {
            if (own) {
                execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            }
            return new ReadTransaction(connection, own, current(connection));
        } catch (SQLException e) {
            if (own) {
                giveUp(connection, e);
            }
            throw e;
        }
    }

    /** Fixes the settings, after which definitions and values print in one form. */
    public void fixSettings() throws SQLException {
        set(FIXED);
    }

    /** Lets statements run as long as they need, such as scans of whole tables. */
    public void liftStatementTimeout() throws SQLException {
        set(List.of(NO_TIMEOUT));
    }

    /** Gives up waiting for a lock after three seconds: behind a DDL, others would wait behind the reader. */
    public void boundLockWaits() throws SQLException {
        set(List.of(SHORT_LOCK_WAITS));
    }

    /** Ends the transaction, or gives the caller's its settings back. */
    @Override
    public void close() throws SQLException {
        if (own) {
            connection.rollback();
            connection.setAutoCommit(true);
        } else {
            set(before);
        }
    }

    private void set(List<Setting> settings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config(?, ?, true)")) {
            for (Setting setting : settings) {
                statement.setString(1, setting.name());
                statement.setString(2, setting.value());
                statement.executeQuery().close();
            }
        }
    }

    private static List<Setting> current(Connection connection) throws SQLException {
        List<Setting> touched = new ArrayList<>(FIXED);
        touched.add(NO_TIMEOUT);
        touched.add(SHORT_LOCK_WAITS);
        List<Setting> current = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT current_setting(?)")) {
            for (Setting setting : touched) {
                statement.setString(1, setting.name());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    current.add(new Setting(setting.name(), row.getString(1)));
                }
            }
        }
        return current;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void giveUp(Connection connection, SQLException cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private record Setting(String name, String value) {}
}
