package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Disposition;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Arms judge no conflicts between transactions, and nobody sees that they don't. */
class IsolationIT {
    private static final String SCHEMA = "CREATE TABLE purse(id int PRIMARY KEY, amount int);"
            + "INSERT INTO purse SELECT g, 100 FROM generate_series(1, 10) g;"
            + "CREATE TABLE modes(mode text); INSERT INTO modes VALUES ('serializable')";
    private static final String SHOW = "SHOW transaction_isolation";

    @Test
    void everyWayToAskForTheLevelIsAnsweredAsInProduction() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
            client.query(SHOW);
            client.query("SELECT * FROM purse WHERE id = 1");
            client.query("SAVEPOINT a");
            client.query("UPDATE purse SET amount = amount - 1 WHERE id = 1 RETURNING amount");
            client.query("SELECT 1/0");
            client.query("ROLLBACK TO a");
            client.query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            client.query("ROLLBACK");
            client.query("START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE");
            client.query("SHOW TRANSACTION ISOLATION LEVEL");
            client.query("SHOW transaction_deferrable");
            client.query("SELECT sum(amount) FROM purse");
            client.query("DELETE FROM purse");
            client.query("ROLLBACK");
            client.query(
                    "BEGIN; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; " + SHOW + "; SELECT * FROM modes; COMMIT");
            client.query("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            client.query(SHOW + "; SHOW default_transaction_isolation");
            client.query("COMMIT AND CHAIN");
            client.query("BEGIN");
            client.query("SELECT current_setting('transaction_isolation'), mode FROM modes");
            client.query("SELECT current_setting('transaction_isolation') = 'serializable'");
            client.query("COMMIT AND CHAIN");
            client.query(SHOW);
            client.query("END");
            client.query("RESET default_transaction_isolation");
            client.query("SHOW default_transaction_isolation");
            client.query("SELECT set_config('default_transaction_isolation', 'serializable', false)");
            client.query("SELECT name, setting FROM pg_settings WHERE name LIKE '%transaction_iso%' ORDER BY 1");
            client.query("DISCARD ALL");
            client.query(SHOW);
        }

        arms.replaysExactly();
    }

    @Test
    void aBlockThatAPipelineOpensToo() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.run(frames().parse("begin", "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE")
                    .bind("begin")
                    .execute()
                    .extended("SELECT amount FROM purse WHERE id = $1", "2")
                    .extended("UPDATE purse SET amount = amount + 1 WHERE id = $1 RETURNING amount", "2")
                    .sync()
                    .bytes());
            client.run(frames().extended(SHOW).sync().bytes());
            client.run(frames().extended("COMMIT").sync().bytes());
            client.run(frames().bind("begin")
                    .execute()
                    .parse("show", SHOW)
                    .bind("show")
                    .execute()
                    .sync()
                    .bytes());
            client.run(frames().bind("show").execute().extended("COMMIT").sync().bytes());
            client.run(frames().extended(
                            "SELECT set_config('default_transaction_isolation', $1, $2::bool)", "serializable", "false")
                    .sync()
                    .bytes());
            client.run(frames().bind("show").execute().sync().bytes());
        }

        arms.replaysExactly();
    }

    @Test
    void whatSessionsHaveByDefaultToo() throws Exception {
        String strict = LabServers.uniqueName("strict");
        LabServers.postgres()
                .execute(
                        "postgres",
                        "CREATE ROLE " + strict + " LOGIN; ALTER ROLE " + strict
                                + " SET default_transaction_isolation = serializable");
        TwoArms arms = TwoArms.of(SCHEMA + "; GRANT ALL ON ALL TABLES IN SCHEMA public TO " + strict);
        for (Map<String, String> startup : List.of(
                Map.of("user", strict),
                Map.of("user", strict, "default_transaction_isolation", "read committed"),
                Map.of("default_transaction_isolation", "serializable"),
                Map.of("options", "-c geqo=off -c default_transaction_isolation=serializable"),
                Map.of("options", "--default-transaction-isolation=serializable"))) {
            try (RecordedClient client = arms.rehearsed.open(startup)) {
                client.query("SHOW default_transaction_isolation; SHOW geqo");
                client.query("BEGIN");
                client.query("SELECT * FROM purse WHERE id = 3");
                client.query(SHOW);
                client.query("COMMIT");
                client.query("BEGIN ISOLATION LEVEL READ COMMITTED");
                client.query(SHOW);
                client.query("COMMIT");
                client.query("DISCARD ALL");
                client.query(SHOW);
            }
        }

        arms.replaysExactly();
    }

    /** Databases too, whoever connects; and their copies. */
    @Test
    void whatADatabaseHasByDefaultToo() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        String set = " SET default_transaction_isolation = 'serializable'";
        LabServers.postgres().execute("postgres", "ALTER DATABASE " + arms.rehearsed.production + set);
        LabServers.postgres().execute("postgres", "ALTER DATABASE " + arms.candidate(Order.CAUSAL) + set);
        LabServers.postgres().execute("postgres", "ALTER DATABASE " + arms.control(Order.CAUSAL) + set);
        try (RecordedClient client = arms.open();
                RecordedClient other = arms.open()) {
            skew(client, other, "BEGIN");
        }

        arms.rehearsed.publish();
        assertSkewIsForced(arms);
    }

    /** Write skew: what production refused is refused, and nothing else is, on arms where other things overlap. */
    @Test
    void whatProductionRefusedIsRefusedAndNothingElse() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open();
                RecordedClient other = arms.open()) {
            skew(client, other, "BEGIN ISOLATION LEVEL SERIALIZABLE");
        }

        arms.rehearsed.publish();
        assertSkewIsForced(arms);
    }

    /** By its answer the snapshot would come behind a writer that it did not see: what it shows tells. */
    @Test
    void aSnapshotIsTakenBeforeTheWriterWhoseAnswerOvertookIt() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open();
                RecordedClient writer = arms.open()) {
            writer.query("UPDATE purse SET amount = 90 WHERE id = 6 RETURNING amount");
            client.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
            client.send(Frames.simple("SELECT amount FROM purse WHERE id = 6"));
            awaitAnswered(client);
            writer.query("BEGIN");
            writer.query("UPDATE purse SET amount = 80 WHERE id = 6 RETURNING amount");
            writer.query("COMMIT");
            client.receive();
            client.query("SELECT sum(amount) FROM purse");
            client.query("UPDATE purse SET amount = 0 WHERE id = 6");
            client.query("ROLLBACK");
            client.query("SELECT amount FROM purse WHERE id = 6");
        }
        arms.rehearsed.publish();

        Rehearsed.Result result = arms.replay(Order.CAUSAL);

        assertThat(result.outcomes().stream().flatMap(outcome -> TwoArms.unequal(outcome).stream()))
                .singleElement()
                .asString()
                .endsWith("is FORCED 40001");
    }

    /** Nobody knows of an answer when it was made but its server. */
    private static void awaitAnswered(RecordedClient client) {
        Awaitility.await()
                .until(() -> LabServersQuery.number(
                                "postgres",
                                "SELECT count(*) FROM pg_stat_activity WHERE pid = " + client.pid()
                                        + " AND state = 'idle in transaction' AND query LIKE 'SELECT amount%'")
                        == 1);
    }

    private static void skew(RecordedClient client, RecordedClient other, String begin) throws Exception {
        client.query(begin);
        other.query(begin);
        client.query("SELECT sum(amount) FROM purse");
        other.query("SELECT sum(amount) FROM purse");
        client.query("UPDATE purse SET amount = 0 WHERE id = 4");
        other.query("UPDATE purse SET amount = 0 WHERE id = 5");
        client.query("COMMIT");
        other.query("COMMIT");
        other.query("ROLLBACK");
        client.query("SELECT id FROM purse WHERE amount = 0");
    }

    private static void assertSkewIsForced(TwoArms arms) {
        Rehearsed.Result result = arms.replay(Order.CAUSAL);

        assertThat(result.outcomes().stream().flatMap(outcome -> TwoArms.unequal(outcome).stream()))
                .singleElement()
                .asString()
                .endsWith("is FORCED 40001");
        assertThat(result.end().dispositions())
                .containsEntry(Disposition.COMPARED, result.end().exchanges() - 1);
    }
}
