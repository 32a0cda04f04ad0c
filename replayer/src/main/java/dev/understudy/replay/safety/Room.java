package dev.understudy.replay.safety;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How many more connections a server takes from a role.
 *
 * @param maxConnections {@code max_connections}
 * @param reserved of these, those kept for others than this role
 * @param used connections of clients now, the one that asks not counted
 */
public record Room(int maxConnections, int reserved, int used) {
    /**
     * Asks a server.
     *
     * @throws SQLException if it does not tell
     */
    public static Room read(Connection connection) throws SQLException {
        // reserved_connections are for members of a role since version 16; nobody here is taken for one
        String sql = "SELECT current_setting('max_connections')::int,"
                + " CASE WHEN rolsuper THEN 0 ELSE current_setting('superuser_reserved_connections')::int"
                + " + coalesce(nullif(current_setting('reserved_connections', true), ''), '0')::int END,"
                + " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                + " AND pid <> pg_backend_pid())::int FROM pg_roles WHERE rolname = current_user";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new SQLException("the server does not tell about current_user");
            }
            return new Room(rows.getInt(1), rows.getInt(2), rows.getInt(3));
        }
    }

    /** How many more there may be. */
    public int free() {
        return Math.max(0, maxConnections - reserved - used);
    }
}
