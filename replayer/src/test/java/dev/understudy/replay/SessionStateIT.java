package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;

import dev.understudy.replay.recorder.RecordedClient;
import org.junit.jupiter.api.Test;

/** What a session keeps between its exchanges. */
class SessionStateIT {
    @Test
    void temporaryTablesAreTheSessions() throws Exception {
        TwoArms arms = TwoArms.of("CREATE TABLE t(id int); INSERT INTO t VALUES (1)");
        try (RecordedClient client = arms.open();
                RecordedClient other = arms.open()) {
            client.query("CREATE TEMP TABLE t(id int, v text)");
            client.query("INSERT INTO t VALUES (2, 'mine') RETURNING *");
            other.query("SELECT * FROM t");
            client.query("SELECT * FROM t");
            client.query("SELECT id FROM public.t");
            client.query("BEGIN");
            client.query("CREATE TEMP TABLE short(id serial, at int) ON COMMIT DROP");
            client.query("INSERT INTO short(at) VALUES (1), (2) RETURNING id");
            client.query("COMMIT");
            client.query("SELECT * FROM short");
            client.query("CREATE TEMP TABLE made ON COMMIT DELETE ROWS AS SELECT 1 AS one");
            client.query("SELECT count(*) FROM made");
            client.query("DISCARD TEMP");
            client.query("SELECT * FROM t");
            other.query("SELECT * FROM pg_temp.t");
        }

        arms.replaysExactly();
    }

    @Test
    void advisoryLocksAreHeldAsLongAsTheyWere() throws Exception {
        TwoArms arms = TwoArms.of("");
        try (RecordedClient holder = arms.open();
                RecordedClient other = arms.open()) {
            holder.query("SELECT pg_advisory_lock(11)");
            other.query("SELECT pg_try_advisory_lock(11)");
            holder.query("SELECT pg_advisory_unlock(11)");
            other.query("SELECT pg_try_advisory_lock(11)");
            other.query("SELECT pg_advisory_unlock_all()");
            holder.query("BEGIN");
            holder.query("SELECT pg_advisory_xact_lock(1, 2)");
            holder.query("COMMIT");
            other.query("SELECT pg_try_advisory_xact_lock(1, 2)");
            holder.query("SELECT pg_advisory_lock_shared(13)");
            holder.query("SELECT pg_advisory_unlock(13)");
            holder.query("SELECT pg_advisory_unlock_shared(13)");
        }

        arms.rehearsed.publish();
        // in session order nothing holds sessions apart: only the causal order is exact across sessions
        for (var outcome : arms.replay(Order.CAUSAL).outcomes()) {
            org.assertj.core.api.Assertions.assertThat(TwoArms.unequal(outcome)).isEmpty();
        }
    }

    @Test
    void settingsLastAsLongAsTheyDid() throws Exception {
        TwoArms arms = TwoArms.of("CREATE SCHEMA app; CREATE TABLE app.t(id int); INSERT INTO app.t VALUES (1)");
        try (RecordedClient client = arms.open()) {
            client.query("SET search_path = app");
            client.query("SELECT * FROM t");
            client.query("BEGIN");
            client.query("SET LOCAL DateStyle = 'German'");
            client.query("SELECT '2026-03-04'::date");
            client.query("SET LOCAL search_path = public");
            client.query("SELECT * FROM t");
            client.query("ROLLBACK");
            client.query("SELECT '2026-03-04'::date, * FROM t");
            client.query("SET SESSION TimeZone TO 'Asia/Tokyo'");
            client.query("SELECT '2026-03-04 00:00+00'::timestamptz");
            client.query("BEGIN; SET extra_float_digits = 0; SELECT 1e23::float8; ROLLBACK");
            client.query("SELECT 1e23::float8, set_config('my.tenant', '7', false)");
            client.query("SELECT current_setting('my.tenant')");
            client.run(
                    frames().extended("SET client_encoding = 'LATIN1'").sync().bytes());
            client.query("SELECT chr(233)");
            client.query("RESET client_encoding");
            client.query("RESET search_path");
            client.query("SELECT * FROM t");
            client.query("RESET ALL");
            client.query("SHOW TimeZone");
            client.query("SET statement_timeout = '7s'");
            client.query("SHOW statement_timeout");
            client.query("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
            client.query("CREATE TABLE no(id int)");
            client.query("SHOW no_such_setting");
        }

        arms.replaysExactly();
    }

    @Test
    void notificationsComeBetweenAnswersAndInThem() throws Exception {
        TwoArms arms = TwoArms.of("");
        try (RecordedClient listener = arms.open();
                RecordedClient other = arms.open()) {
            listener.query("LISTEN news");
            other.query("NOTIFY news, 'one'");
            listener.query("SELECT 1");
            other.query("BEGIN");
            other.query("SELECT pg_notify('news', 'two')");
            other.query("COMMIT");
            listener.query("NOTIFY news, 'to myself'");
            listener.query("SELECT pg_listening_channels()");
            listener.query("UNLISTEN *");
            other.query("NOTIFY news, 'to nobody'");
            listener.query("SELECT 2");
        }

        arms.replaysExactly();
    }
}
