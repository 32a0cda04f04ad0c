package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.capture.proxy.Transport;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.trace.entry.SessionStart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication goes through as it is, and nothing of it stays. */
class AuthenticationIT {
    private static final String PASSWORD = "sesame-open-17";

    @TempDir
    Path dataDir;

    @ParameterizedTest
    @ValueSource(strings = {"scram-sha-256", "md5", "password"})
    void passwordsGoThroughAndAreNotRecorded(String method) throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.startTemporary()) {
            server.requirePassword(method, PASSWORD);
            MemoryTraceStore store = new MemoryTraceStore();
            CaptureConfig config = CaptureConfig.defaults(
                    "auth", "127.0.0.1", 0, server.connectionInfo("postgres"), Map.of(), dataDir);
            try (CaptureAgent agent = CaptureAgent.start(config, store, TapClock.system(), Transport.best())) {
                String url = "jdbc:postgresql://127.0.0.1:" + agent.boundPort() + "/postgres";
                try (Connection connection = DriverManager.getConnection(url, "postgres", PASSWORD);
                        Statement statement = connection.createStatement()) {
                    statement.execute("SELECT 1");
                }
                assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "wrong"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password authentication failed");
                agent.close();
                RecordedTrace trace = new RecordedTrace(store.chunks());
                assertThat(trace.problemsUpTo(agent.ledger().counter())).isEmpty();
                assertThat(trace.all(SessionStart.class)).hasSize(1);
            }
            for (byte[] chunk : store.bytes()) {
                assertThat(new String(chunk, StandardCharsets.ISO_8859_1))
                        .doesNotContain(PASSWORD)
                        .doesNotContain("SCRAM-SHA-256")
                        .doesNotContain("n=,r=")
                        .doesNotContain("p=");
            }
        }
    }
}
