package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;

import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.recorder.RecordedClient;
import org.junit.jupiter.api.Test;

class TransactionsIT {
    private static final String SCHEMA = "CREATE TABLE t(id int PRIMARY KEY, v text);"
            + "CREATE PROCEDURE steps(n int) LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..n LOOP"
            + " INSERT INTO t VALUES (i * 100, 'step'); IF i % 2 = 0 THEN ROLLBACK; ELSE COMMIT; END IF; END LOOP; END $$";

    @Test
    void severalStatementsInOneQuery() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.query("INSERT INTO t VALUES (1, 'a'); SELECT * FROM t; ; DELETE FROM t RETURNING v");
            client.query("INSERT INTO t VALUES (2, 'b'); SELECT 1/0; INSERT INTO t VALUES (3, 'c')");
            client.query("SELECT * FROM t");
            client.query("INSERT INTO t VALUES (4, 'd'); COMMIT; INSERT INTO t VALUES (4, 'e')");
            client.query("SELECT * FROM t");
            client.query("BEGIN; INSERT INTO t VALUES (5, 'e'); COMMIT; BEGIN; INSERT INTO t VALUES (6, 'f')");
            client.query("SELECT * FROM t ORDER BY id");
            client.query("ROLLBACK; SELECT count(*) FROM t; SELEC");
            client.query("ROLLBACK; SELECT count(*) FROM t");
            client.query("");
            client.query(" ; -- nothing\n");
        }

        arms.replaysExactly();
    }

    @Test
    void errorsThatProductionHadTooAreNoFindings() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.query("SELECT no_such_column FROM t");
            client.query("INSERT INTO t VALUES (1, 'a'), (1, 'b')");
            client.query("SELECT 'x'::int");
            client.query("BEGIN");
            client.query("INSERT INTO no_such_table VALUES (1)");
            client.query("SELECT 1");
            client.query("COMMIT");
            client.query("DO $$ BEGIN RAISE EXCEPTION 'ours' USING ERRCODE = 'XY001', HINT = 'none'; END $$");
            client.run(frames().extended("SELECT $1::int", "no number").sync().bytes());
            client.run(frames().parse("", "SELECT 1")
                    .bind("", "one too many")
                    .execute()
                    .sync()
                    .bytes());
            client.query("BEGIN");
            client.query("SAVEPOINT a");
            client.query("SELECT 1/0");
            client.query("ROLLBACK TO a");
            client.query("SELECT 'still here'");
            client.query("RELEASE a");
            client.query("COMMIT");
        }

        arms.replaysExactly();
    }

    @Test
    void pipelinesWithErrorsInTheMiddle() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.run(frames().extended("INSERT INTO t VALUES (1, 'a')")
                    .extended("SELECT 1/0")
                    .extended("INSERT INTO t VALUES (2, 'b')")
                    .sync()
                    .bytes());
            client.run(frames().extended("SELECT count(*) FROM t").sync().bytes());
            client.send(
                    frames().extended("INSERT INTO t VALUES (3, 'c')").sync().bytes());
            client.send(
                    frames().extended("INSERT INTO t VALUES (3, 'd')").sync().bytes());
            client.send(frames().extended("INSERT INTO t VALUES (4, 'e')")
                    .flush()
                    .sync()
                    .bytes());
            client.send(Frames.simple("SELECT * FROM t ORDER BY id"));
            for (int i = 0; i < 4; i++) {
                client.receive();
            }
            client.send(frames().extended("BEGIN")
                    .extended("INSERT INTO t VALUES (5, 'f')")
                    .sync()
                    .bytes());
            client.send(frames().extended("SELECT nothing").sync().bytes());
            client.send(frames().extended("SELECT 1").sync().bytes());
            client.send(frames().extended("ROLLBACK").sync().bytes());
            client.send(frames().extended("SELECT count(*) FROM t").sync().bytes());
            for (int i = 0; i < 5; i++) {
                client.receive();
            }
        }

        arms.replaysExactly();
    }

    @Test
    void chainsAndProceduresThatCommit() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
            client.query("INSERT INTO t VALUES (1, 'a')");
            client.query("COMMIT AND CHAIN");
            client.query("SHOW transaction_isolation");
            client.query("INSERT INTO t VALUES (2, 'b')");
            client.query("ROLLBACK AND CHAIN");
            client.query("SELECT * FROM t");
            client.query("COMMIT");
            client.query("COMMIT AND CHAIN");
            client.query("CALL steps(4)");
            client.query("SELECT * FROM t ORDER BY id");
            client.query("DELETE FROM t");
            client.run(frames().extended("CALL steps(1)").sync().bytes());
            client.query("DELETE FROM t RETURNING id");
            client.query("BEGIN");
            client.query("CALL steps(8)");
            client.query("ROLLBACK");
            client.query("DO $$ BEGIN INSERT INTO t VALUES (7, 'g'); COMMIT; INSERT INTO t VALUES (7, 'h'); END $$");
            client.query("SELECT * FROM t ORDER BY id");
        }

        arms.replaysExactly();
    }
}
