package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lab.LabServers;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.replay.safety.TargetMark;
import dev.understudy.trace.run.Disposition;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginIT {
    @ParameterizedTest
    @ValueSource(strings = {"scram-sha-256", "md5", "password"})
    void anArmThatAsksForAPasswordGetsIt(String method) throws Exception {
        Rehearsed rehearsed = Rehearsed.of("");
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT 1");
        }
        rehearsed.publish();
        try (EmbeddedDatabase server = EmbeddedDatabase.startTemporary()) {
            server.createDatabase("copy");
            server.requirePassword(method, "pass wörd");
            TargetMark.mark(server.connectionInfo("copy"), Optional.empty());

            Rehearsed.Result result = Rehearsed.replay(ReplayConfig.of(
                    rehearsed.capture,
                    LabServers.uniqueName("run"),
                    server.connectionInfo("copy"),
                    Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers())));

            assertThat(result.end().dispositions()).containsEntry(Disposition.COMPARED, 1L);
            ConnectionInfo wrong =
                    new ConnectionInfo("127.0.0.1", server.port(), "copy", "postgres", "guess", "disable", Map.of());
            assertThatThrownBy(() -> Rehearsed.replay(ReplayConfig.of(
                            rehearsed.capture,
                            LabServers.uniqueName("run"),
                            wrong,
                            Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers()))))
                    .isInstanceOf(ServiceUnreachable.class)
                    .hasMessageNotContaining("guess");
        }
    }
}
