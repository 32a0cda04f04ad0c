package dev.understudy.lab.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** Every scenario runs on a real server, and does to the data what it says of itself. {@code -Dseeds.count}: more. */
class OracleIT {
    private static final int FEW = 12;

    @Test
    void theFaultShowsInItsColumnAloneAndACleanMigrationChangesNothing() throws Exception {
        EmbeddedDatabase server = LabServers.postgres();
        server.execute("postgres", Scenario.role());
        long from = Long.getLong("seeds.from", 0);
        for (long seed = from; seed < from + Integer.getInteger("seeds.count", FEW); seed++) {
            Scenario scenario = Scenario.of(seed);
            String control = LabServers.freshDatabase();
            String candidate = LabServers.uniqueName("candidate");
            try (Connection connection = server.connect(control)) {
                scenario.create(connection);
            }
            server.copyDatabase(control, candidate);
            try (Connection left = server.connect(control);
                    Connection right = server.connect(candidate)) {
                scenario.migrate(right);
                assertThat(scenario.contradictions(scenario.truth(left, right)))
                        .as("seed=" + seed + " " + scenario.fault() + " " + scenario.script())
                        .isEmpty();
            }
            server.dropDatabase(control);
            server.dropDatabase(candidate);
        }
    }
}
