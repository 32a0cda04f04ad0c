package dev.understudy.replay.safety;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which database this is, whatever address leads to it.
 *
 * @param systemIdentifier the cluster's, as {@code pg_control_system()} tells it; empty where the role may not ask
 * @param database the database's name
 */
public record DatabaseIdentity(String systemIdentifier, String database) {
    /** Whether both halves are known. */
    public boolean isKnown() {
        return !systemIdentifier.isEmpty() && !database.isEmpty();
    }

    /**
     * Asks a server.
     *
     * @throws SQLException if it does not even tell the database's name
     */
    public static DatabaseIdentity read(Connection connection) throws SQLException {
        return new DatabaseIdentity(systemIdentifier(connection), text(connection, "SELECT current_database()"));
    }

    private static String systemIdentifier(Connection connection) {
        try {
            return text(connection, "SELECT system_identifier::text FROM pg_control_system()");
        } catch (SQLException e) {
            return "";
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
