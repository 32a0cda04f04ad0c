package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lab.FreePort;
import dev.understudy.lab.LabServers;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.failure.SafetyRefusal;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.replay.safety.TargetMark;
import dev.understudy.trace.TopicNames;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is refused before anything is sent; none of it leaves a run behind. */
class RefusalsIT {
    private static Rehearsed rehearsed;

    @BeforeAll
    static void record() throws Exception {
        rehearsed = Rehearsed.of("CREATE TABLE t(id int)");
        try (RecordedClient client = rehearsed.open()) {
            client.query("INSERT INTO t VALUES (1)");
        }
        rehearsed.publish();
    }

    @Test
    void anUnmarkedDatabaseIsNotTouched() throws Exception {
        String unmarked = LabServers.uniqueName("copy");
        LabServers.postgres().copyDatabase(rehearsed.production, unmarked);

        refused("unmarked", on(LabServers.postgres().connectionInfo(unmarked)));
        assertThat(LabServersQuery.number(unmarked, "SELECT count(*) FROM t")).isEqualTo(1);
    }

    @Test
    void aMarkThatAClientSetsForItselfDoesNotCount() throws Exception {
        String unmarked = LabServers.uniqueName("copy");
        LabServers.postgres().copyDatabase(rehearsed.copy, unmarked);
        ConnectionInfo plain = LabServers.postgres().connectionInfo(unmarked);
        ConnectionInfo forged = new ConnectionInfo(
                plain.host(),
                plain.port(),
                plain.database(),
                plain.user(),
                plain.password(),
                plain.sslMode(),
                Map.of("options", "-c understudy.target=1/" + unmarked + "/never"));

        refused("unmarked", on(forged));
    }

    @Test
    void theCapturedDatabaseIsRefusedThoughMarked() throws Exception {
        ConnectionInfo production = LabServers.postgres().connectionInfo(rehearsed.production);
        TargetMark.mark(production, Optional.empty());

        refused("captured-database", on(production));
    }

    @Test
    void aMarkThatHasEndedIsRefused() throws Exception {
        String copy = rehearsed.copyNow();
        ConnectionInfo target = LabServers.postgres().connectionInfo(copy);
        TargetMark.mark(target, Optional.of(LocalDate.of(2020, 1, 1)));

        refused("mark-expired", on(target));
    }

    @Test
    void theSameDatabaseTwiceIsRefused() {
        refused("arms-are-one", on(rehearsed.target()).withControl(rehearsed.target()));
    }

    @Test
    void aRunIsMadeOnce() {
        ReplayConfig config = on(rehearsed.target());
        Replay.run(config, ReplayListener.NONE);

        assertThatThrownBy(() -> Replay.run(config, ReplayListener.NONE))
                .isInstanceOf(ReplayUsageError.class)
                .hasMessageContaining("run=" + config.run() + ": a run of that name exists");
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        ReplayConfig config = on(rehearsed.target());
        assertThatThrownBy(() -> Replay.run(
                        ReplayConfig.of("no-such-capture", config.run(), config.candidate(), config.kafka()),
                        ReplayListener.NONE))
                .isInstanceOf(ReplayUsageError.class)
                .hasMessageContaining("capture=no-such-capture");
        assertThatThrownBy(() -> Replay.run(config.withMode(Mode.ADAPTED), ReplayListener.NONE))
                .isInstanceOf(ReplayUsageError.class);
        assertThatThrownBy(() ->
                        Replay.run(on(LabServers.postgres().connectionInfo("no_such_database")), ReplayListener.NONE))
                .isInstanceOf(ServiceUnreachable.class)
                .hasMessageContaining("no_such_database");
        assertNoRun(config);
    }

    @Test
    void servicesThatAreNotThereAreSaidInTime() throws Exception {
        String nowhere = "127.0.0.1:" + FreePort.find();
        ReplayConfig config = on(rehearsed.target());
        ReplayLimits hasty = new ReplayLimits(
                1 << 20,
                1 << 20,
                1 << 20,
                10,
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                16,
                1 << 16,
                Duration.ofSeconds(2));
        assertThatThrownBy(() -> Replay.run(
                        ReplayConfig.of(
                                        config.capture(),
                                        config.run(),
                                        config.candidate(),
                                        Map.of("bootstrap.servers", nowhere))
                                .withLimits(hasty),
                        ReplayListener.NONE))
                .isInstanceOf(ServiceUnreachable.class);
        ConnectionInfo down =
                new ConnectionInfo("127.0.0.1", FreePort.find(), "copy", "postgres", "", "disable", Map.of());
        assertThatThrownBy(() -> Replay.run(on(down), ReplayListener.NONE))
                .isInstanceOf(ServiceUnreachable.class)
                .hasMessageContaining("target=");
    }

    private static ReplayConfig on(ConnectionInfo target) {
        return ReplayConfig.of(
                rehearsed.capture,
                LabServers.uniqueName("run"),
                target,
                Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers()));
    }

    private static void refused(String rule, ReplayConfig config) {
        assertThatThrownBy(() -> Replay.run(config, ReplayListener.NONE))
                .isInstanceOfSatisfying(
                        SafetyRefusal.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo(rule));
        assertNoRun(config);
    }

    private static void assertNoRun(ReplayConfig config) {
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(config.kafka()))) {
            assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS))
                    .doesNotContain(TopicNames.control(config.run()), TopicNames.outcomes(config.run()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
