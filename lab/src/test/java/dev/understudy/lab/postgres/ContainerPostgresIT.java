package dev.understudy.lab.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same contract against a server as people run it; {@link EmbeddedDatabaseIT} holds it where no engine is. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerPostgresIT extends PostgresContract {
    @Container
    private static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:15-alpine");

    @Override
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + POSTGRES.getHost() + ":" + POSTGRES.getMappedPort(5432) + "/" + database,
                POSTGRES.getUsername(),
                POSTGRES.getPassword());
    }

    @Override
    String maintenanceDatabase() {
        return POSTGRES.getDatabaseName();
    }
}
