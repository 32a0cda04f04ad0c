package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.capture.proxy.Transport;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.trace.entry.SessionStart;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server behind a Unix socket. */
class UnixSocketIT {
    @TempDir
    Path sockets;

    @TempDir
    Path dataDir;

    @ParameterizedTest
    @EnumSource
    void sessionsGoThrough(Transport transport) throws Exception {
        assertThat(sockets.toFile().setWritable(true, false)).isTrue();
        Path data = dataDir.resolve("server");
        try (EmbeddedDatabase server =
                EmbeddedDatabase.start(data, 0, Map.of("unix_socket_directories", sockets.toString()))) {
            MemoryTraceStore store = new MemoryTraceStore();
            ConnectionInfo upstream = new ConnectionInfo(
                    sockets.toString(), server.port(), "postgres", "postgres", "", "disable", Map.of());
            CaptureConfig config =
                    CaptureConfig.defaults("unix", "127.0.0.1", 0, upstream, Map.of(), dataDir.resolve("agent"));
            try (CaptureAgent agent = CaptureAgent.start(config, store, TapClock.system(), transport)) {
                try (RawClient client = RawClient.login(agent.boundPort(), "postgres")) {
                    client.query("SELECT 'through a socket'");
                }
                agent.close();
                RecordedTrace trace = new RecordedTrace(store.chunks());
                assertThat(trace.problemsUpTo(agent.ledger().counter())).isEmpty();
                assertThat(trace.exchanges()).hasSize(1);
                assertThat(trace.all(SessionStart.class).get(0).serverAddress()).contains(".s.PGSQL.");
            }
        }
    }
}
