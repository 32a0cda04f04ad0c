package dev.understudy.replay;

import dev.understudy.lab.LabServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks the tests' server for one value. */
final class LabServersQuery {
    private LabServersQuery() {}

    static long number(String database, String sql) throws SQLException {
        return Long.parseLong(text(database, sql));
    }

    static String text(String database, String sql) throws SQLException {
        try (Connection connection = LabServers.postgres().connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new IllegalStateException("no row: " + sql);
            }
            return rows.getString(1);
        }
    }
}
