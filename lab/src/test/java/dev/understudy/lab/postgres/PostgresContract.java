package dev.understudy.lab.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What Understudy needs of a PostgreSQL server, whoever runs it. */
abstract class PostgresContract {
    abstract Connection connect(String database) throws SQLException;

    abstract String maintenanceDatabase();

    @Test
    void aCopyHoldsTablesAndSequencePositions() throws Exception {
        String original = "o" + UUID.randomUUID();
        String copy = "c" + UUID.randomUUID();
        execute(maintenanceDatabase(), "CREATE DATABASE \"" + original + "\"");
        execute(original, "CREATE TABLE t (id serial PRIMARY KEY, note text)");
        execute(original, "INSERT INTO t (note) VALUES ('a'), ('b')");
        execute(maintenanceDatabase(), "CREATE DATABASE \"" + copy + "\" TEMPLATE \"" + original + "\"");
        execute(original, "INSERT INTO t (note) VALUES ('only in the original')");

        assertThat(query(copy, "INSERT INTO t (note) VALUES ('c') RETURNING id"))
                .isEqualTo("3");
        assertThat(query(copy, "SELECT string_agg(note, ',' ORDER BY id) FROM t"))
                .isEqualTo("a,b,c");
    }

    @Test
    void theSuperuserMayActAsAnotherRole() throws Exception {
        String role = "r" + UUID.randomUUID();
        execute(maintenanceDatabase(), "CREATE ROLE \"" + role + "\"");
        try (Connection connection = connect(maintenanceDatabase());
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION AUTHORIZATION \"" + role + "\"");
            assertThat(query(statement, "SELECT current_user")).isEqualTo(role);
            assertThatThrownBy(() -> statement.execute("CREATE DATABASE denied"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void copyInAndTextAndBinaryTypesWork() throws Exception {
        try (Connection connection = connect(maintenanceDatabase());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE t (n numeric(12,2), j jsonb, at timestamptz, name text)");
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY t FROM STDIN", new StringReader("12.50\t{\"a\": 1}\t2026-01-01 00:00:00Z\tÄpfel\n"));
            assertThat(rows).isEqualTo(1);
            assertThat(query(statement, "SELECT n || name || (j->>'a') || extract(year FROM at) FROM t"))
                    .isEqualTo("12.50Äpfel12026");
        }
    }

    final void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    final String query(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            return query(statement, sql);
        }
    }

    private static String query(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
