package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.understudy.capture.counter.CounterFile;
import dev.understudy.lab.LabServers;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.SessionIds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent killed under load, and started again: the trace says what is missing and closes. */
class KillIT {
    private static final int CLIENTS = 4;

    @TempDir
    Path dataDir;

    private static CompletableFuture<Void> load(int port, String database, AtomicLong answered) {
        return CompletableFuture.allOf(java.util.stream.IntStream.range(0, CLIENTS)
                .mapToObj(client -> CompletableFuture.runAsync(() -> {
                    try (RawClient raw = RawClient.login(port, database)) {
                        while (true) {
                            raw.query("SELECT 1");
                            raw.received.reset();
                            answered.incrementAndGet();
                        }
                    } catch (IOException killed) {
                        // the agent is gone
                    }
                }))
                .toArray(CompletableFuture[]::new));
    }

    @Test
    void auditClosesOverAnAgentKilledUnderLoad() throws Exception {
        String capture = LabServers.uniqueName("killed");
        String database = LabServers.freshDatabase();
        int upstream = LabServers.postgres().port();
        String bootstrap = LabServers.kafka().bootstrapServers();
        AtomicLong answered = new AtomicLong();
        for (int death = 1; death <= 2; death++) {
            try (AgentProcess agent = AgentProcess.start(capture, upstream, database, bootstrap, dataDir)) {
                long before = answered.get();
                CompletableFuture<Void> load = load(agent.port, database, answered);
                await().atMost(Duration.ofSeconds(30)).until(() -> answered.get() > before + 5000);
                agent.kill();
                load.join();
            }
        }
        CaptureConfig config = AgentProcess.config(capture, upstream, database, bootstrap, dataDir);
        long atDeath;
        try (CounterFile file = CounterFile.open(config.captureDir().resolve("counter"))) {
            atDeath = file.get();
            assertThat(file.isClosed()).isFalse();
        }
        assertThat(atDeath).isGreaterThanOrEqualTo(answered.get());

        CaptureAgent agent = CaptureAgent.start(config);
        try (RawClient client = RawClient.login(agent.boundPort(), database)) {
            client.query("SELECT 'alive again'");
        }
        agent.close();

        RecordedTrace trace = KafkaTrace.read(bootstrap, capture);
        assertThat(trace.problemsUpTo(agent.ledger().counter())).isEmpty();
        List<Gap> deaths = trace.all(Gap.class);
        assertThat(deaths).hasSize(2).allMatch(gap -> gap.reason() == Gap.Reason.UNCLEAN_DEATH);
        assertThat(deaths.get(1).numbers()).containsExactly(new NumberRange(1, atDeath));
        assertThat(trace.numbers().keySet().stream().filter(number -> number <= atDeath))
                .as("what the spool had goes to Kafka after the restart")
                // the rest was in chunks that were still open: a flush interval of an idle machine's traffic is much
                // traffic
                .hasSizeGreaterThan((int) (answered.get() / 10));
        assertThat(trace.exchanges())
                .extracting(exchange -> SessionIds.epoch(exchange.id().session()))
                .contains(1, 2, 3);
        assertThat(trace.all(Heartbeat.class).stream().filter(Heartbeat::closing))
                .hasSize(config.lanes());
    }
}
