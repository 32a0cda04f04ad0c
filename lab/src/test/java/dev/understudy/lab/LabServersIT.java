package dev.understudy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.postgres.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;

class LabServersIT {
    @Test
    void everyTestGetsTheSameServersAndItsOwnDatabase() throws Exception {
        EmbeddedDatabase server = LabServers.postgres();
        String mine = LabServers.freshDatabase();
        String yours = LabServers.freshDatabase();
        server.execute(mine, "CREATE TABLE t (a int)");

        assertThat(LabServers.postgres()).isSameAs(server);
        assertThat(LabServers.kafka()).isSameAs(LabServers.kafka());
        try (Connection connection = server.connect(yours);
                ResultSet found = connection.createStatement().executeQuery("SELECT to_regclass('t') IS NULL")) {
            found.next();
            assertThat(found.getBoolean(1)).isTrue();
        }
    }
}
