package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;

import dev.understudy.replay.recorder.RecordedClient;
import org.junit.jupiter.api.Test;

class StatementsAndPortalsIT {
    private static final String SCHEMA =
            "CREATE TABLE t(id int PRIMARY KEY, v text); INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 20) i";

    @Test
    void preparedStatementsLiveAndDieAsTheyDid() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.run(frames().parse("s", "SELECT v FROM t WHERE id = $1")
                    .describeStatement("s")
                    .sync()
                    .bytes());
            client.run(frames().bind("s", "3").execute().sync().bytes());
            client.run(frames().extended("SELECT count(*) FROM t").sync().bytes());
            client.run(frames().bind("", "3").execute().sync().bytes());
            client.query("DEALLOCATE s");
            client.run(frames().bind("s", "3").execute().sync().bytes());
            client.run(
                    frames().parse("s", "SELECT id FROM t WHERE v = $1").sync().bytes());
            client.run(
                    frames().bind("s", "v7").describePortal().execute().sync().bytes());
            client.run(frames().parse("s", "SELECT 'again'").sync().bytes());
            client.run(frames().closeStatement("s")
                    .parse("s", "SELECT 'new', $1::int")
                    .bind("s", "4")
                    .execute()
                    .sync()
                    .bytes());
            client.query("PREPARE q(int) AS SELECT v FROM t WHERE id = $1");
            client.query("EXECUTE q(5)");
            client.run(frames().bind("q", "6").describePortal().execute().sync().bytes());
            client.query("DISCARD ALL");
            client.query("EXECUTE q(5)");
            client.run(frames().bind("s", "4").execute().sync().bytes());
            client.run(frames().parse("s", "SELECT 'third'")
                    .bind("s")
                    .execute()
                    .sync()
                    .bytes());
            client.query("DEALLOCATE ALL");
            client.query("SELECT name FROM pg_prepared_statements");
        }

        arms.replaysExactly();
    }

    @Test
    void portalsAreFetchedBitByBit() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.run(frames().query("BEGIN").bytes());
            client.run(frames().parse("s", "SELECT id, v FROM t ORDER BY id")
                    .bindPortal("p", "s")
                    .execute("p", 7)
                    .sync()
                    .bytes());
            client.run(frames().bindPortal("q", "s").execute("q", 2).sync().bytes());
            client.run(frames().execute("p", 7).sync().bytes());
            client.run(frames().execute("p", 7).execute("q", 1).sync().bytes());
            client.run(frames().closePortal("p").execute("q", 0).sync().bytes());
            client.query("COMMIT");
            client.run(frames().execute("q", 1).sync().bytes());
            client.run(frames().parse("", "SELECT generate_series(1, 5)")
                    .bind("")
                    .execute("", 2)
                    .execute("", 2)
                    .sync()
                    .bytes());
            client.run(frames().execute("", 2).sync().bytes());
        }

        arms.replaysExactly();
    }

    @Test
    void cursorsInsideATransactionAndWithHold() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.query("BEGIN");
            client.query("DECLARE c SCROLL CURSOR FOR SELECT id FROM t ORDER BY id");
            client.query("DECLARE h CURSOR WITH HOLD FOR SELECT v FROM t ORDER BY id");
            client.query("FETCH 3 FROM c");
            client.query("MOVE BACKWARD 2 IN c");
            client.query("FETCH NEXT FROM c");
            client.query("UPDATE t SET v = 'changed' WHERE id = 4");
            client.query("FETCH 2 FROM h");
            client.query("COMMIT");
            client.query("FETCH 2 FROM h");
            client.query("FETCH NEXT FROM c");
            client.run(frames().extended("FETCH 2 FROM h").sync().bytes());
            client.query("CLOSE h");
            client.query("FETCH NEXT FROM h");
            client.query("BEGIN");
            client.query("DECLARE u CURSOR FOR SELECT id FROM t WHERE id > 18 FOR UPDATE");
            client.query("FETCH u");
            client.query("UPDATE t SET v = 'here' WHERE CURRENT OF u RETURNING id");
            client.query("COMMIT");
            client.query("SELECT * FROM t ORDER BY id");
        }

        arms.replaysExactly();
    }
}
