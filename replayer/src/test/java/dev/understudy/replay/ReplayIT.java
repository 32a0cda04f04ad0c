package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.understudy.lab.LabServers;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.CopyStamps;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.KnownStatement;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunStart;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayIT {
    private static final String ACCOUNTS = "CREATE TABLE accounts(id int PRIMARY KEY, balance int);"
            + "INSERT INTO accounts SELECT i, 0 FROM generate_series(1, 100) i";

    @Test
    void answersOnACopyAreTheRecordedOnes() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(ACCOUNTS);
        try (RecordedClient client = rehearsed.open()) {
            client.query("BEGIN");
            client.query("UPDATE accounts SET balance = balance + 5 WHERE id = 7");
            client.query("SELECT balance FROM accounts WHERE id = 7");
            client.query("COMMIT");
            client.query("SELECT no_such_column FROM accounts");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.end().complete()).isTrue();
        assertThat(result.end().exchanges()).isEqualTo(5);
        assertThat(result.end().dispositions()).containsEntry(Disposition.COMPARED, 5L);
        assertThat(result.end().warnings()).isEmpty();
        assertThat(result.outcomes()).hasSize(5).allSatisfy(outcome -> {
            assertThat(outcome.disposition()).isEqualTo(Disposition.COMPARED);
            assertThat(outcome.application()).isEqualTo("app");
        });
        assertThat(result.outcomes().stream().limit(4))
                .allSatisfy(outcome ->
                        assertThat(outcome.answers().get(0).sameAsRecorded()).isTrue());
    }

    @Test
    void nothingOfAReplayIsKeptOnceItIsOver() throws Exception {
        WeakReference<ReplayLimits> used = replayed();

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return used.refersTo(null);
        });
    }

    private static WeakReference<ReplayLimits> replayed() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(ACCOUNTS);
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT 1");
        }
        rehearsed.publish();
        ReplayConfig config = rehearsed.config();
        ReplayLimits limits = config.limits().withWaitLimit(Duration.ofSeconds(99));
        Rehearsed.replay(config.withLimits(limits));
        return new WeakReference<>(limits);
    }

    @Test
    void aRunBeginsAndEndsInItsControlTopic() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(ACCOUNTS);
        try (RecordedClient client = rehearsed.open()) {
            client.query("DELETE FROM accounts WHERE id > 90");
        }
        rehearsed.publish();
        ReplayConfig config = rehearsed.config();

        Rehearsed.replay(config);

        var control = RunReader.control(config.run(), LabServers.kafka().bootstrapServers());
        assertThat(control).hasSize(3);
        RunStart start = (RunStart) control.get(0);
        assertThat(control.get(1)).isInstanceOf(CopyStamps.class);
        RunEnd end = (RunEnd) control.get(2);
        assertThat(start.recorded()).isNotNull();
        assertThat(start.recorded().database()).isEqualTo(rehearsed.production);
        assertThat(start.arms()).singleElement().satisfies(arm -> {
            assertThat(arm.arm()).isEqualTo(Arm.CANDIDATE);
            assertThat(arm.catalog().database()).isEqualTo(rehearsed.copy);
            assertThat(arm.tables().get(0).rows()).isEqualTo(100);
        });
        assertThat(end.arms().get(0).tables().get(0).rows()).isEqualTo(90);
        assertThat(end.outcomes()).containsExactly(1L);
    }

    @Test
    void statementsPreparedByEarlierExchangesAreKnownToTheOutcome() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(ACCOUNTS);
        try (RecordedClient client = rehearsed.open()) {
            client.run(frames().parse("read", "SELECT balance FROM accounts WHERE id = $1")
                    .sync()
                    .bytes());
            client.run(
                    frames().bind("read", "7").describePortal().execute().sync().bytes());
        }

        Outcome second = rehearsed.replay().outcomes().get(1);

        assertThat(second.answers().get(0).sameAsRecorded()).isTrue();
        assertThat(second.known())
                .extracting(KnownStatement::arm, KnownStatement::name, KnownStatement::sql)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                Arm.RECORDED, "read", "SELECT balance FROM accounts WHERE id = $1"),
                        org.assertj.core.groups.Tuple.tuple(
                                Arm.CANDIDATE, "read", "SELECT balance FROM accounts WHERE id = $1"));
    }

    @Test
    void twoArmsTakeTheSameTraffic() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(ACCOUNTS);
        String control = rehearsed.copyNow();
        LabServers.postgres().execute(rehearsed.copy, "UPDATE accounts SET balance = 1 WHERE id = 3");
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT sum(balance) FROM accounts");
            client.query("INSERT INTO accounts VALUES (101, 9)");
        }
        rehearsed.publish();

        Rehearsed.Result result = Rehearsed.replay(
                rehearsed.config().withControl(LabServers.postgres().connectionInfo(control)));

        assertThat(result.outcomes().get(0).answers())
                .extracting(answer -> answer.arm(), answer -> answer.sameAsRecorded())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Arm.CONTROL, true),
                        org.assertj.core.groups.Tuple.tuple(Arm.CANDIDATE, false));
        assertThat(result.end().arms())
                .allSatisfy(arm -> assertThat(arm.tables().get(0).rows()).isEqualTo(101));
    }

    @Test
    void aFailureInATransactionTaintsItsRest() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(ACCOUNTS);
        LabServers.postgres().execute(rehearsed.copy, "ALTER TABLE accounts RENAME balance TO amount");
        try (RecordedClient client = rehearsed.open()) {
            client.query("BEGIN");
            client.query("UPDATE accounts SET balance = 1 WHERE id = 1");
            client.query("SELECT count(*) FROM accounts");
            client.query("COMMIT");
            client.query("SELECT count(*) FROM accounts");
            client.query("SELECT id FROM accounts WHERE id = 2");
        }

        List<Outcome> outcomes = rehearsed.replay().outcomes();

        assertThat(outcomes)
                .extracting(Outcome::disposition)
                .containsExactly(
                        Disposition.COMPARED,
                        Disposition.COMPARED,
                        Disposition.TAINTED,
                        Disposition.TAINTED,
                        Disposition.TAINTED,
                        Disposition.COMPARED);
    }
}
