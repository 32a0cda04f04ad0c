package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What production stopped, by a cancel request or a timeout, is stopped, and what it had done by then is done. */
class CancelsIT {
    private static final String SCHEMA = "CREATE TABLE t(id int PRIMARY KEY, v text); CREATE TABLE u(id int);"
            + "INSERT INTO u VALUES (1);"
            + "CREATE PROCEDURE steps() LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..1000 LOOP"
            + " INSERT INTO t VALUES (i, 'step'); COMMIT; PERFORM pg_sleep(0.02); END LOOP; END $$";
    private static final Duration LONGEST = Duration.ofSeconds(8);

    /** Sends a request and cancels it once the server is in its sleep. */
    private static void cancelled(RecordedClient client, ByteBuf request) throws Exception {
        client.send(request);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> LabServersQuery.number(
                                "postgres",
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid = "
                                        + client.pid())
                        == 1);
        client.cancel();
        client.receive();
    }

    @Test
    void whatHadBeenDoneBeforeACancelledStatementIsDone() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            cancelled(client, Frames.simple("SELECT pg_sleep(10)"));
            cancelled(client, Frames.simple("INSERT INTO t VALUES (1, 'é'); COMMIT; SELECT pg_sleep(10); SELECT 1"));
            client.query("SELECT * FROM t");
            client.query("BEGIN");
            cancelled(client, Frames.simple("SAVEPOINT a; INSERT INTO t VALUES (2, 'b'); SELECT pg_sleep(10)"));
            client.query("ROLLBACK TO a");
            client.query("SELECT count(*) FROM t");
            client.query("COMMIT");
            cancelled(client, Frames.simple("BEGIN; INSERT INTO t VALUES (3, 'c'); SELECT pg_sleep(10)"));
            client.query("SELECT 1");
            client.query("ROLLBACK");
            cancelled(client, Frames.simple("SELECT pg_advisory_lock(7); SELECT pg_sleep(10)"));
            client.query("SELECT pg_advisory_unlock(7)");
            client.query("SELECT count(*) FROM t");
        }

        replayed(arms, 5);
    }

    @Test
    void aCancelledPipelineKeepsWhatItHadPreparedAndDone() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            cancelled(
                    client,
                    frames().extended("BEGIN")
                            .parse("named", "SELECT count(*) FROM t")
                            .extended("INSERT INTO t VALUES (1, 'a')")
                            .extended("SELECT pg_sleep($1)", "10")
                            .extended("INSERT INTO t VALUES (2, 'b')")
                            .sync()
                            .bytes());
            client.query("ROLLBACK");
            client.run(frames().bind("named").execute().sync().bytes());
            cancelled(
                    client,
                    frames().extended("SELECT pg_sleep($1)", "10").sync().bytes());
            client.run(frames().bind("", "0").execute().sync().bytes());
            cancelled(
                    client,
                    frames().extended("INSERT INTO t VALUES (3, 'c')")
                            .extended("COMMIT")
                            .extended("SELECT pg_sleep(10)")
                            .sync()
                            .bytes());
            client.query("SELECT * FROM t");
            client.query("SELECT name FROM pg_prepared_statements ORDER BY 1");
        }

        replayed(arms, 3);
    }

    @Test
    void aProcedureIsStoppedAfterAsLongAndWhatItWroteSaysNothing() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            cancelled(client, Frames.simple("CALL steps()"));
            client.query("SELECT count(*) > 0 FROM t");
            client.query("SELECT * FROM u");
            client.query("DELETE FROM t WHERE id = 900");
        }
        arms.rehearsed.publish();

        for (Order order : TwoArms.ORDERS) {
            List<Outcome> outcomes = replayInTime(arms, order).outcomes();
            assertThat(outcomes)
                    .extracting(outcome -> outcome.disposition() + " " + outcome.reason())
                    .startsWith("RACED stopped-inside");
            assertThat(outcomes.get(1).disposition()).isEqualTo(Disposition.TAINTED);
            assertThat(TwoArms.unequal(outcomes.get(2))).isEmpty();
            assertThat(LabServersQuery.number(arms.candidate(order), "SELECT count(*) FROM t"))
                    .as("it did begin, and did not go on")
                    .isBetween(1L, 500L);
        }
    }

    @Test
    void aTimeoutIsNoChanceOfTheArms() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.query("SET statement_timeout = 50");
            client.query("INSERT INTO t VALUES (1, 'a'); COMMIT; SELECT pg_sleep(10)");
            client.query("SELECT * FROM t");
        }

        replayed(arms, 1);
    }

    /** A cancel request that comes too late hits nothing; sent again, it could. */
    @Test
    void aCancelThatHitNothingHitsNothing() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.query("SELECT 1");
            client.cancel();
            client.query("SELECT count(*) FROM t");
            client.query("SELECT 2");
        }

        replayed(arms, 0);
    }

    private static void replayed(TwoArms arms, long forced) throws Exception {
        arms.rehearsed.publish();
        for (Order order : TwoArms.ORDERS) {
            Rehearsed.Result result = replayInTime(arms, order);
            assertThat(result.end().dispositions().get(Disposition.FORCED)).isEqualTo(forced);
            assertThat(result.outcomes().stream()
                            .filter(outcome -> outcome.disposition() != Disposition.FORCED)
                            .flatMap(outcome -> TwoArms.unequal(outcome).stream()))
                    .as("in %s order", order)
                    .isEmpty();
        }
    }

    private static Rehearsed.Result replayInTime(TwoArms arms, Order order) {
        Rehearsed.Result result = arms.replay(order);
        assertThat(Duration.ofNanos(result.end().elapsedNanos())).isLessThan(LONGEST);
        return result;
    }
}
