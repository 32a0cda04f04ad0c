package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;

import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.recorder.RecordedClient;
import org.junit.jupiter.api.Test;

class CopyBothWaysIT {
    private static final String SCHEMA = "CREATE TABLE t(id int PRIMARY KEY, v text)";

    @Test
    void copiesInBothDirectionsBetweenOtherStatements() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.query("BEGIN");
            client.run(frames().query("COPY t FROM STDIN")
                    .copyData("1\tone\n")
                    .copyData("2\ttwo\n")
                    .copyDone()
                    .bytes());
            client.query("SELECT * FROM t ORDER BY id");
            client.query("COMMIT");
            client.query("COPY (SELECT * FROM t ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER)");
            client.run(frames().extended("COPY (SELECT v FROM t ORDER BY id) TO STDOUT (FORMAT binary)")
                    .sync()
                    .bytes());
            client.run(frames().query("COPY t FROM STDIN CSV; SELECT count(*) FROM t")
                    .copyData("3,three\n")
                    .copyDone()
                    .bytes());
            client.query("SELECT count(*) FROM t");
        }

        arms.replaysExactly();
    }

    @Test
    void copiesThatFailMidwayFailAgain() throws Exception {
        TwoArms arms = TwoArms.of(SCHEMA);
        try (RecordedClient client = arms.open()) {
            client.run(frames().query("COPY t FROM STDIN")
                    .copyData("1\tone\n")
                    .copyData("no number\ttwo\n")
                    .copyData("3\tthree\n")
                    .copyDone()
                    .bytes());
            client.query("SELECT count(*) FROM t");
            client.run(frames().query("COPY t FROM STDIN")
                    .copyData("1\tone\n")
                    .copyFail("the client has changed its mind")
                    .bytes());
            client.query("SELECT count(*) FROM t");
            client.run(frames().parse("", "COPY t FROM STDIN")
                    .bind("")
                    .execute()
                    .copyData("1\tone\n1\tone again\n")
                    .copyDone()
                    .sync()
                    .bytes());
            client.query("SELECT count(*) FROM t");
            client.query("COPY (SELECT 1 / (3 - i) FROM generate_series(1, 5) i) TO STDOUT");
            client.run(frames().query("COPY no_such_table FROM STDIN").bytes());
            client.run(frames().query("BEGIN").bytes());
            client.run(frames().query("COPY t FROM STDIN")
                    .copyData("x\n")
                    .copyDone()
                    .bytes());
            client.send(Frames.simple("SELECT 1"));
            client.receive();
            client.query("ROLLBACK");
        }

        arms.replaysExactly();
    }
}
