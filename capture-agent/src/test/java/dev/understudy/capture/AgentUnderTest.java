package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.capture.proxy.Transport;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.lab.LabServers;
import dev.understudy.trace.entry.Heartbeat;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An agent in front of the tests' PostgreSQL server, its trace in memory. */
final class AgentUnderTest implements AutoCloseable {
    final String database;
    final MemoryTraceStore store;
    final CaptureAgent agent;

    private AgentUnderTest(String database, MemoryTraceStore store, CaptureAgent agent) {
        this.database = database;
        this.store = store;
        this.agent = agent;
    }

    static AgentUnderTest start(Path dataDir) throws SQLException {
        return start(dataDir, config -> config);
    }

    static AgentUnderTest start(Path dataDir, UnaryOperator<CaptureConfig> configured) throws SQLException {
        return start(dataDir, LabServers.freshDatabase(), configured);
    }

    static AgentUnderTest start(Path dataDir, String database, UnaryOperator<CaptureConfig> configured) {
        return start(dataDir, database, configured, new MemoryTraceStore(), Transport.best());
    }

    static AgentUnderTest start(Path dataDir, UnaryOperator<CaptureConfig> configured, MemoryTraceStore store)
            throws SQLException {
        return start(dataDir, LabServers.freshDatabase(), configured, store, Transport.best());
    }

    static AgentUnderTest start(
            Path dataDir,
            String database,
            UnaryOperator<CaptureConfig> configured,
            MemoryTraceStore store,
            Transport transport) {
        CaptureConfig config = CaptureConfig.defaults(
                "test", "127.0.0.1", 0, LabServers.postgres().connectionInfo(database), Map.of(), dataDir);
        return new AgentUnderTest(
                database, store, CaptureAgent.start(configured.apply(config), store, TapClock.system(), transport));
    }

    int port() {
        return agent.boundPort();
    }

    RawClient login() throws Exception {
        return RawClient.login(port(), database);
    }

    /** Closes the agent and checks everything that must hold of any trace. */
    RecordedTrace finish() {
        agent.close();
        RecordedTrace trace = new RecordedTrace(store.chunks());
        CaptureLedger ledger = agent.ledger();
        assertThat(trace.problemsUpTo(ledger.counter())).isEmpty();
        assertThat(ledger.isBalanced()).as(ledger.toString()).isTrue();
        assertThat(ledger.failures()).isZero();
        assertThat(trace.exchanges()).hasSize((int) ledger.recorded());
        assertThat(trace.all(Heartbeat.class)).allMatch(Heartbeat::isBalanced);
        assertThat(trace.all(Heartbeat.class).stream().filter(Heartbeat::closing))
                .hasSize(store.chunks().size());
        return trace;
    }

    @Override
    public void close() {
        agent.close();
    }
}
