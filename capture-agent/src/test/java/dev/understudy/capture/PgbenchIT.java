package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.capture.proxy.Transport;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.lab.LabServers;
import dev.understudy.trace.entry.Gap;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgbenchIT {
    @TempDir
    Path dataDir;

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void everyTransactionIsRecorded(String mode) throws Exception {
        String database = LabServers.freshDatabase();
        PostgresTools.require("pgbench");
        PostgresTools.run("pgbench", LabServers.postgres().port(), database, "-i", "-s", "1", "-q");
        MemoryTraceStore store = new MemoryTraceStore();
        CaptureConfig config = CaptureConfig.defaults(
                "bench", "127.0.0.1", 0, LabServers.postgres().connectionInfo(database), Map.of(), dataDir);
        CaptureLedger ledger;
        try (CaptureAgent agent = CaptureAgent.start(config, store, TapClock.system(), Transport.best())) {
            PostgresTools.run("pgbench", agent.boundPort(), database, "-c", "8", "-T", "3", "-M", mode);
            agent.close();
            ledger = agent.ledger();
        }
        RecordedTrace trace = new RecordedTrace(store.chunks());
        assertThat(trace.problemsUpTo(ledger.counter())).isEmpty();
        assertThat(ledger.isBalanced()).isTrue();
        assertThat(trace.all(Gap.class)).isEmpty();
        assertThat(trace.exchanges()).hasSize((int) ledger.recorded());
    }
}
