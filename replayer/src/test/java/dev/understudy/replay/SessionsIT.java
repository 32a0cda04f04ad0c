package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lab.LabServers;
import dev.understudy.replay.failure.SafetyRefusal;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.LagSummary;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a session brings along, and how sessions go side by side. */
class SessionsIT {
    @Test
    void capturedRolesSeeWhatTheyMayWithTheirOwnSettings() throws Exception {
        String role = LabServers.uniqueName("clerk");
        LabServers.postgres()
                .execute(
                        "postgres",
                        "CREATE ROLE " + role + " LOGIN; ALTER ROLE " + role
                                + " SET search_path = \"my schema\", public");
        Rehearsed rehearsed = Rehearsed.of("CREATE SCHEMA \"my schema\"; CREATE TABLE \"my schema\".t(id int);"
                + "CREATE TABLE secret(id int); GRANT USAGE ON SCHEMA \"my schema\" TO " + role
                + "; GRANT SELECT ON \"my schema\".t TO " + role);
        try (RecordedClient client = rehearsed.open(Map.of("user", role))) {
            client.query("SELECT * FROM t");
            client.query("SELECT * FROM secret");
            client.query("SELECT session_user, current_user, current_setting('search_path')");
            client.query("DISCARD ALL");
            client.query("SELECT session_user, current_user, current_setting('search_path')");
            client.query("SET search_path = public");
            client.query("RESET ALL");
            client.query("SHOW search_path");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.end().warnings()).isEmpty();
        assertThat(result.outcomes()).hasSize(8);
        for (int i : new int[] {0, 1, 2, 4, 5, 6, 7}) {
            assertThat(result.outcomes().get(i).answers().get(0).sameAsRecorded())
                    .as("answer %d", i)
                    .isTrue();
        }
    }

    @Test
    void aRoleThatTheArmLacksIsRefusedUnlessAnotherStandsForIt() throws Exception {
        String role = LabServers.uniqueName("gone");
        String other = LabServers.uniqueName("other");
        LabServers.postgres().execute("postgres", "CREATE ROLE " + role + " LOGIN; CREATE ROLE " + other + " LOGIN");
        Rehearsed rehearsed = Rehearsed.of("");
        try (RecordedClient client = rehearsed.open(Map.of("user", role))) {
            client.query("SELECT current_user");
        }
        LabServers.postgres().execute("postgres", "DROP ROLE " + role);

        rehearsed.publish();

        assertThatThrownBy(() -> Rehearsed.replay(rehearsed.config()))
                .isInstanceOf(SafetyRefusal.class)
                .hasMessageContaining("rule=unknown-role")
                .hasMessageContaining("--map-user " + role + "=ROLE");
        ReplayScope mapped = ReplayScope.WHOLE.withUsers(new NameMap(Map.of(role, other)));
        Rehearsed.Result result = Rehearsed.replay(rehearsed.config().withScope(mapped));

        assertThat(result.end().warnings()).isEmpty();
        assertThat(result.outcomes().get(0).user()).isEqualTo(other);
        assertThat(result.outcomes().get(0).answers().get(0).sameAsRecorded())
                .as("it runs as the role that stands for it")
                .isFalse();
    }

    @Test
    void startupParametersAndTimeoutsAreTheSessions() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("");
        try (RecordedClient client = rehearsed.open(Map.of(
                "DateStyle", "German",
                "TimeZone", "Asia/Tokyo",
                "options", "-c statement_timeout=100 -c extra_float_digits=0"))) {
            client.query("SELECT now() IS NOT NULL, '2026-01-02'::date, 1e23::float8");
            client.query("SET search_path = pg_catalog");
            client.query("SHOW search_path");
        }
        LabServers.postgres().execute(rehearsed.copy, "CREATE FUNCTION slow() RETURNS int LANGUAGE sql AS 'SELECT 1'");

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.outcomes())
                .hasSize(3)
                .allMatch(outcome -> outcome.answers().get(0).sameAsRecorded());
    }

    @Test
    void aSessionGoesOnFromASnapshotAfterAGap() throws Exception {
        Rehearsed rehearsed =
                Rehearsed.of("CREATE SCHEMA app; CREATE TABLE app.t(id int); INSERT INTO app.t VALUES (4)");
        ByteBuf parse =
                frames().parse("s", "SELECT id FROM app.t WHERE id = $1").bytes();
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT 1");
            client.pauseRecording();
            client.run(frames().parse("s", "SELECT id FROM app.t WHERE id = $1")
                    .sync()
                    .bytes());
            client.snapshot(Map.of("s", parse), List.of());
            client.run(frames().bind("s", "4").describePortal().execute().sync().bytes());
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.outcomes())
                .hasSize(2)
                .allMatch(outcome -> outcome.answers().get(0).sameAsRecorded());
    }

    @Test
    void sessionsOfOtherDatabasesAreFiltered() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("");
        try (RecordedClient other = rehearsed.open(Map.of("database", "postgres"));
                RecordedClient client = rehearsed.open()) {
            other.query("SELECT 1");
            client.query("SELECT 2");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.end().dispositions())
                .containsEntry(Disposition.FILTERED, 1L)
                .containsEntry(Disposition.COMPARED, 1L);
        assertThat(result.outcomes())
                .filteredOn(outcome -> outcome.disposition() == Disposition.FILTERED)
                .extracting(Outcome::reason)
                .containsExactly("other-database");
    }

    @Test
    void sessionsThatReachedTheDatabaseUnderAnotherNameAreItsOwn() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("");
        try (RecordedClient other = rehearsed.open(Map.of("database", "postgres"))) {
            other.query("SELECT 1");
        }
        rehearsed.publish();
        ReplayScope nowhere = ReplayScope.WHOLE.withDatabases(new NameMap(Map.of("postgres", "elsewhere")));
        ReplayScope alias = ReplayScope.WHOLE.withDatabases(new NameMap(Map.of("postgres", rehearsed.copy)));

        assertThatThrownBy(() -> Rehearsed.replay(rehearsed.config().withScope(nowhere)))
                .isInstanceOf(SafetyRefusal.class)
                .hasMessageContaining("rule=unknown-database");
        Rehearsed.Result result = Rehearsed.replay(rehearsed.config().withScope(alias));

        assertThat(result.end().dispositions()).containsEntry(Disposition.COMPARED, 1L);
    }

    @Test
    void orderedReplayThatCannotFitIsRefused() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("", 2, 64 << 10);
        try (RecordedClient first = rehearsed.open();
                RecordedClient second = rehearsed.open()) {
            first.query("SELECT 1");
            second.query("SELECT 2");
        }
        try (RecordedClient third = rehearsed.open()) {
            third.query("SELECT 3");
        }
        rehearsed.publish();
        ReplayConfig one = rehearsed.config().withLimits(ReplayLimits.DEFAULTS.withMaxConnections(1));

        assertThatThrownBy(() -> Rehearsed.replay(one))
                .isInstanceOf(SafetyRefusal.class)
                .hasMessageContaining("rule=max-connections: max-connections=1: the trace has 2 sessions open at once");
        Rehearsed.Result two =
                Rehearsed.replay(rehearsed.config().withLimits(ReplayLimits.DEFAULTS.withMaxConnections(2)));

        assertThat(two.end().dispositions()).containsEntry(Disposition.COMPARED, 3L);
    }

    @Test
    void inSessionOrderManySessionsGoSideBySide() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("CREATE TABLE t(id int); INSERT INTO t VALUES (1)", 2, 64 << 10);
        int clients = 6;
        for (int i = 0; i < clients; i++) {
            try (RecordedClient client = rehearsed.open()) {
                for (int k = 0; k < 20; k++) {
                    client.run(frames().parse("s", "SELECT id + $1 FROM t")
                            .bind("s", Integer.toString(k))
                            .describePortal()
                            .execute()
                            .sync()
                            .bytes());
                    client.run(frames().query("DEALLOCATE s").bytes());
                }
            }
        }
        rehearsed.publish();

        Rehearsed.Result result = Rehearsed.replay(
                rehearsed.config().withOrder(Order.SESSION).withLimits(ReplayLimits.DEFAULTS.withMaxConnections(2)));

        assertThat(result.end().dispositions()).containsEntry(Disposition.COMPARED, clients * 40L);
        assertThat(result.outcomes())
                .allMatch(outcome -> outcome.answers().get(0).sameAsRecorded());
    }

    @Test
    void theCapturedPaceIsKept() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("");
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT 1");
            client.query("SELECT pg_sleep(0.6)");
            client.query("SELECT 2");
        }
        rehearsed.publish();

        Rehearsed.Result twice = Rehearsed.replay(rehearsed.config().withSpeed(new Speed(2)));

        Outcome first = twice.outcomes().get(0);
        Outcome last = twice.outcomes().get(2);
        assertThat(last.answers().get(0).sentWallMicros()
                        - first.answers().get(0).sentWallMicros())
                .as("the sleep takes its time on the arm; what follows is late")
                .isGreaterThan(550_000);
        assertThat(Duration.ofNanos(last.lagNanos())).isGreaterThan(Duration.ofMillis(200));
        assertThat(twice.end().maxLagNanos()).isGreaterThanOrEqualTo(last.lagNanos());
        LagSummary lag = Objects.requireNonNull(twice.end().lag());
        assertThat(lag.sent()).isEqualTo(3);
        assertThat(lag.p99Nanos()).isBetween(last.lagNanos() * 99 / 100, lag.maxNanos() * 101 / 100);
        assertThat(lag.p50Nanos()).isLessThan(lag.p99Nanos());
        assertThat(last.startWallMicros() - first.startWallMicros()).isGreaterThan(550_000);
    }
}
