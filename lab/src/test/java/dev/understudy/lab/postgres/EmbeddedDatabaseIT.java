package dev.understudy.lab.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lab.LabServers;
import dev.understudy.pgwire.ConnectionInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedDatabaseIT extends PostgresContract {
    @TempDir
    Path folder;

    @Override
    Connection connect(String database) throws SQLException {
        return LabServers.postgres().connect(database);
    }

    @Override
    String maintenanceDatabase() {
        return "postgres";
    }

    @Test
    void copyWaitsForSessionsToEnd() throws Exception {
        EmbeddedDatabase server = LabServers.postgres();
        String original = LabServers.freshDatabase();
        Connection busy = server.connect(original);
        Thread ending = new Thread(() -> {
            try {
                // Ends once the copy has been refused at least once, or is waiting to be.
                busy.createStatement().execute("SELECT pg_sleep(0.3)");
                busy.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        ending.start();

        String copy = LabServers.uniqueName("copy");
        server.copyDatabase(original, copy);
        ending.join();

        assertThat(query(copy, "SELECT current_database()")).isEqualTo(copy);
        server.dropDatabase(copy);
        assertThatThrownBy(() -> server.connect(copy)).isInstanceOf(SQLException.class);
    }

    @Test
    void aRestartOnTheSameFolderFindsItsDataAgainAndTakesSettings() throws Exception {
        Path data = folder.resolve("data");
        try (EmbeddedDatabase first = EmbeddedDatabase.start(data)) {
            first.createDatabase("kept");
            assertThat(setting(first, "fsync")).isEqualTo("off");
        }

        try (EmbeddedDatabase second = EmbeddedDatabase.start(data, 0, Map.of("fsync", "on"))) {
            assertThat(setting(second, "fsync")).isEqualTo("on");
            try (Connection connection = second.connect("kept")) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scram-sha-256", "md5"})
    void nobodyGetsInWithoutThePasswordOnceOneIsRequired(String method) throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(folder.resolve("data"))) {
            server.requirePassword(method, "it's secret");

            ConnectionInfo login = server.connectionInfo("postgres");
            assertThat(login.password()).isEqualTo("it's secret");
            assertThat(login.toString()).doesNotContain("secret");
            try (Connection connection = server.connect("postgres")) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "wrong"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "not a folder");

        assertThatThrownBy(() -> EmbeddedDatabase.start(file.resolve("data")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a-file");
    }

    private static String setting(EmbeddedDatabase server, String name) throws SQLException {
        try (Connection connection = server.connect("postgres");
                var result = connection.createStatement().executeQuery("SHOW " + name)) {
            result.next();
            return result.getString(1);
        }
    }
}
