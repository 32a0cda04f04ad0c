package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lab.LabServers;
import dev.understudy.trace.entry.CatalogEntry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.entry.SessionStart;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaCaptureIT {
    @TempDir
    Path dataDir;

    private final String bootstrap = LabServers.kafka().bootstrapServers();
    private final String capture = LabServers.uniqueName("capture");

    private CaptureConfig config(Path dir) throws Exception {
        return CaptureConfig.defaults(
                capture,
                "127.0.0.1",
                0,
                LabServers.postgres().connectionInfo(LabServers.freshDatabase()),
                Map.of("bootstrap.servers", bootstrap),
                dir);
    }

    private static void work(CaptureAgent agent, String database) throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + agent.boundPort() + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS t (id int)");
            statement.executeUpdate("INSERT INTO t VALUES (1)");
        }
    }

    @Test
    void traceIsCompleteInKafkaAfterClose() throws Exception {
        CaptureConfig config = config(dataDir);
        CaptureAgent agent = CaptureAgent.start(config);
        work(agent, config.upstream().database());
        agent.close();

        RecordedTrace trace = KafkaTrace.read(bootstrap, capture);
        assertThat(trace.problemsUpTo(agent.ledger().counter())).isEmpty();
        assertThat(trace.all(Exchange.class)).isNotEmpty();
        assertThat(trace.all(CatalogEntry.class)).hasSize(1);
        assertThat(trace.entries.indexOf(trace.all(CatalogEntry.class).get(0)))
                .isLessThan(trace.entries.indexOf(trace.all(SessionStart.class).get(0)));
        assertThat(trace.all(CatalogEntry.class).get(0).catalog().database())
                .isEqualTo(config.upstream().database());
        List<Heartbeat> closing =
                trace.all(Heartbeat.class).stream().filter(Heartbeat::closing).toList();
        assertThat(closing).hasSize(config.lanes()).allMatch(Heartbeat::isBalanced);
        assertThat(agent.ledger().spooledBytes()).isZero();
    }

    @Test
    void resumedCaptureGoesOnInItsNextEpoch() throws Exception {
        CaptureConfig config = config(dataDir);
        for (int epoch = 1; epoch <= 2; epoch++) {
            CaptureAgent agent = CaptureAgent.start(config);
            work(agent, config.upstream().database());
            agent.close();
            RecordedTrace trace = KafkaTrace.read(bootstrap, capture);
            assertThat(trace.problemsUpTo(agent.ledger().counter())).isEmpty();
            assertThat(trace.exchanges())
                    .extracting(exchange -> SessionIds.epoch(exchange.id().session()))
                    .contains(epoch);
            assertThat(trace.all(Gap.class)).isEmpty();
        }
    }

    @Test
    void anotherLaneCountIsRefused() throws Exception {
        CaptureConfig config = config(dataDir);
        CaptureAgent.start(config.withLanes(1)).close();
        assertThatThrownBy(() -> CaptureAgent.start(config.withLanes(3)))
                .isInstanceOfSatisfying(
                        CaptureException.class,
                        e -> assertThat(e.category()).isEqualTo(CaptureException.Category.INVALID))
                .hasMessageContaining("exists with 1 lanes");
    }

    @Test
    void anotherDataDirectoryIsRefused(@TempDir Path other) throws Exception {
        CaptureAgent.start(config(dataDir)).close();
        assertThatThrownBy(() -> CaptureAgent.start(config(other)))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("holds a trace already");
    }

    @Test
    void secondAgentOnTheSameCaptureIsRefused() throws Exception {
        CaptureConfig config = config(dataDir);
        try (CaptureAgent agent = CaptureAgent.start(config)) {
            assertThat(agent.boundPort()).isPositive();
            assertThatThrownBy(() -> CaptureAgent.start(config))
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("another agent runs this capture");
        }
    }

    @Test
    void firstStartWithoutKafkaSaysThatItIsUnreachable() throws Exception {
        CaptureConfig config = CaptureConfig.defaults(
                capture,
                "127.0.0.1",
                0,
                LabServers.postgres().connectionInfo("postgres"),
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                dataDir);
        assertThatThrownBy(() -> CaptureAgent.start(config))
                .isInstanceOfSatisfying(
                        CaptureException.class,
                        e -> assertThat(e.category()).isEqualTo(CaptureException.Category.UNREACHABLE));
    }
}
