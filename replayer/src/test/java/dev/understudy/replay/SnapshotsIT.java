package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;
import static dev.understudy.replay.recorder.Frames.simple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sessions that were open when the capture began, and sessions of which a piece is missing. */
class SnapshotsIT {
    private static final String SCHEMA = "CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('ok', 'sad');"
            + "CREATE TABLE app.t(id int, m app.mood); INSERT INTO app.t VALUES (4, 'ok')";

    private static RecordedClient openBefore(TwoArms arms, Map<String, String> more) throws Exception {
        Map<String, String> startup = new LinkedHashMap<>(
                Map.of("user", "postgres", "database", arms.rehearsed.production, "application_name", "app"));
        startup.putAll(more);
        return arms.rehearsed.recorder.openBefore(
                "127.0.0.1", LabServers.postgres().port(), startup);
    }

    @Test
    void whatASessionHadSetAndPreparedIsThere() throws Exception {
        String role = LabServers.uniqueName("reader");
        LabServers.postgres().execute("postgres", "CREATE ROLE " + role);
        TwoArms arms = TwoArms.rebuilt(
                SCHEMA + "; GRANT USAGE ON SCHEMA app TO " + role + "; GRANT SELECT ON app.t TO " + role,
                "CREATE TYPE padding AS ENUM ('x')");
        int mood = (int) LabServersQuery.number(arms.rehearsed.production, "SELECT 'app.mood'::regtype::oid::int8");
        List<ByteBuf> state = List.of(
                simple("SET search_path = app"),
                simple("CREATE TEMP TABLE mine(id int)"),
                simple("SET ROLE " + role),
                simple("LISTEN news"),
                simple("SELECT pg_advisory_lock(5)"),
                simple("PREPARE q(int) AS SELECT $1 + 1"));
        ByteBuf parse =
                frames().parse("s", "SELECT id FROM app.t WHERE m = $1", mood).bytes();
        ByteBuf text = frames().parse("ts", "SELECT 'é', $1::timestamptz").bytes();
        try (RecordedClient client = openBefore(arms, Map.of("DateStyle", "German", "TimeZone", "Asia/Tokyo"))) {
            for (ByteBuf frame : state) {
                client.run(frame.duplicate());
            }
            client.run(frames().raw(parse).raw(text).sync().bytes());
            client.snapshot(new LinkedHashMap<>(Map.of("s", parse, "ts", text)), state);
            client.run(frames().bind("ts", "2026-03-04 00:00+00")
                    .describePortal()
                    .execute()
                    .sync()
                    .bytes());
            client.query("SELECT current_user, session_user, current_setting('search_path')");
            client.query("EXECUTE q(41)");
            client.query("SELECT pg_listening_channels()");
            client.query("SELECT pg_advisory_unlock(5)");
            client.query("SELECT count(*) FROM t");
            client.query("RESET ROLE");
            client.query("SELECT * FROM mine");
            client.run(
                    frames().bind("s", "ok").describePortal().execute().sync().bytes());
        }

        arms.replaysExactly();
    }

    @Test
    void aTransactionThatWasOpenIsOpen() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = openBefore(arms, Map.of())) {
            client.query("BEGIN");
            client.snapshot(Map.of(), List.of());
            client.query("INSERT INTO app.t VALUES (5, 'ok')");
            client.query("ROLLBACK");
            client.query("SELECT * FROM app.t");
        }

        arms.replaysExactly();
    }

    @Test
    void aSessionWhoseRoleIsNotKnownIsNotReplayedWithTheLogins() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = openBefore(arms, Map.of())) {
            client.snapshot(Map.of(), Map.of(), List.of());
            client.query("SELECT 1");
        }
        arms.rehearsed.publish();

        Rehearsed.Result result = arms.replay(Order.CAUSAL);

        assertThat(result.outcomes().get(0).reason()).isEqualTo("role-unknown");
        assertThat(result.end().warnings()).containsKey("role-unknown");
    }

    @Test
    void stateThatAnArmRefusesEndsTheSessionThere() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA).migrate("DROP SCHEMA app CASCADE");
        List<ByteBuf> state = List.of(simple("CREATE TEMP TABLE mine(m app.mood)"));
        try (RecordedClient client = openBefore(arms, Map.of())) {
            client.run(state.get(0).duplicate());
            client.snapshot(Map.of(), state);
            client.query("SELECT * FROM mine");
        }
        arms.rehearsed.publish();

        Rehearsed.Result result = arms.replay(Order.CAUSAL);

        assertThat(result.outcomes().get(0).reason()).isEqualTo("session-state");
        assertThat(result.end().warnings()).containsKey("session-state");
    }

    /** The agent's snapshot behind a gap does not know what was prepared in it. */
    @Test
    void aStatementThatWasPreparedInAGapIsNoFinding() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.query("SELECT 1");
            client.pauseRecording();
            client.run(frames().parse("lost", "SELECT id FROM app.t").sync().bytes());
            client.query("BEGIN");
            client.snapshot(Map.of(), List.of());
            client.run(frames().bind("lost").execute().sync().bytes());
            client.query("ROLLBACK");
            client.query("SELECT * FROM app.t");
        }
        arms.rehearsed.publish();

        for (Order order : TwoArms.ORDERS) {
            assertThat(arms.replay(order).outcomes())
                    .extracting(outcome -> outcome.disposition())
                    .as("in %s order", order)
                    .startsWith(Disposition.COMPARED, Disposition.TAINTED)
                    .endsWith(Disposition.COMPARED);
        }
    }
}
