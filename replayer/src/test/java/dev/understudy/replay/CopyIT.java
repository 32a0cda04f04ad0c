package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class CopyIT {
    private static final String SCHEMA = "CREATE TABLE t(id int PRIMARY KEY, v text)";

    /** Bind, Execute and Sync before the data, as tokio-postgres and sqlx send it: the server swallows the first Sync. */
    private static ByteBuf copyWithASyncInside() {
        return frames().parse("", "COPY t FROM STDIN")
                .bind("")
                .execute()
                .sync()
                .copyData("7\tseven\n")
                .copyDone()
                .sync()
                .bytes();
    }

    private static ByteBuf simpleCopy() {
        return frames().query("COPY t FROM STDIN")
                .copyData("1\tone\n2\ttwo\n")
                .copyData("3\tthree\n")
                .copyDone()
                .bytes();
    }

    @Test
    void copiesInAndOutAsRecorded() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            client.run(simpleCopy());
            client.run(copyWithASyncInside());
            client.query("COPY t TO STDOUT");
            client.query("SELECT count(*) FROM t");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.outcomes()).hasSize(4).allSatisfy(CopyIT::isSame);
        assertThat(result.end().arms().get(0).tables().get(0).rows()).isEqualTo(4);
    }

    @Test
    void aCopyThatFailsOnTheArmDoesNotShiftTheAnswersBehindIt() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        LabServers.postgres().execute(rehearsed.copy, "DROP TABLE t");
        try (RecordedClient client = rehearsed.open()) {
            client.run(simpleCopy());
            client.query("SELECT 1");
            client.run(copyWithASyncInside());
            client.query("SELECT 2");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.outcomes())
                .extracting(Outcome::disposition)
                .containsExactly(Disposition.COMPARED, Disposition.COMPARED, Disposition.TAINTED, Disposition.COMPARED);
        assertThat(result.outcomes().get(0).answers().get(0).sameAsRecorded()).isFalse();
        isSame(result.outcomes().get(1));
        assertThat(result.outcomes().get(2).answers().get(0).sameAsRecorded()).isFalse();
        isSame(result.outcomes().get(3));
    }

    @Test
    void aCopyThatBeginsOnlyOnTheArmIsFailedSoThatNothingHangs() throws Exception {
        Rehearsed rehearsed = Rehearsed.of("");
        LabServers.postgres().execute(rehearsed.copy, SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            client.query("COPY t FROM STDIN");
            client.query("SELECT 1");
            client.run(frames().parse("", "COPY t FROM STDIN")
                    .bind("")
                    .execute()
                    .sync()
                    .bytes());
            client.query("SELECT 2");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.end().complete()).isTrue();
        assertThat(result.outcomes()).allMatch(outcome -> outcome.disposition() == Disposition.COMPARED);
        isSame(result.outcomes().get(1));
        isSame(result.outcomes().get(3));
        assertThat(result.end().arms().get(0).tables().get(0).rows()).isZero();
    }

    @Test
    void requestsAndAnswersLargerThanAChunkComeThrough() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            client.run(frames().query("COPY t FROM STDIN")
                    .copyData("1\t" + "x".repeat(300_000) + "\n")
                    .copyDone()
                    .bytes());
            client.query("SELECT * FROM t, generate_series(1, 3)");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.outcomes()).hasSize(2).allSatisfy(CopyIT::isSame);
        assertThat(result.outcomes().get(1).recorded().readableBytes()).isGreaterThan(900_000);
    }

    private static void isSame(Outcome outcome) {
        assertThat(outcome.answers().get(0).sameAsRecorded())
                .as("answer of %s", outcome.id())
                .isTrue();
    }
}
