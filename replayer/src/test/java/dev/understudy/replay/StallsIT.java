package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.LabServers;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Arms that wait otherwise than production did. */
class StallsIT {
    private static final String SCHEMA =
            "CREATE TABLE t(id int, v int); INSERT INTO t SELECT i, 0 FROM generate_series(1, 10) i";

    /** The COMMIT that let the waiter through was answered after the waiter: its place is by when it was sent. */
    @Test
    void aHandOffWhoseAnswersOvertookEachOtherNeedsNoMove() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient holder = rehearsed.open();
                RecordedClient waiter = rehearsed.open()) {
            holder.query("BEGIN");
            holder.query("UPDATE t SET v = v + 1 WHERE id = 1");
            waiter.send(Frames.simple("UPDATE t SET v = v * 10 WHERE id = 1 RETURNING v"));
            awaitWaiting(waiter);
            holder.send(Frames.simple("COMMIT"));
            waiter.receive();
            holder.receive();
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.end().moves()).isZero();
        assertThat(result.outcomes()).hasSize(4).allSatisfy(outcome -> {
            assertThat(outcome.disposition()).isEqualTo(Disposition.COMPARED);
            assertThat(outcome.answers().get(0).sameAsRecorded()).isTrue();
        });
    }

    /** Here the end of the transaction has more than a COMMIT in it, so that its place is by its answer. */
    @Test
    void theTransactionThatHoldsTheLockIsPulledForward() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        String control = rehearsed.copyNow();
        try (RecordedClient holder = rehearsed.open();
                RecordedClient waiter = rehearsed.open()) {
            holder.query("BEGIN");
            holder.query("UPDATE t SET v = v + 1 WHERE id = 1");
            waiter.send(Frames.simple("UPDATE t SET v = v * 10 WHERE id = 1 RETURNING v"));
            awaitWaiting(waiter);
            holder.send(Frames.simple("UPDATE t SET v = v + 1 WHERE id = 2; COMMIT"));
            waiter.receive();
            holder.receive();
        }
        rehearsed.publish();

        Rehearsed.Result result = Rehearsed.replay(
                rehearsed.config().withControl(LabServers.postgres().connectionInfo(control)));

        assertThat(result.end().moves()).isEqualTo(1);
        assertThat(result.outcomes())
                .hasSize(4)
                .allSatisfy(outcome ->
                        assertThat(outcome.answers()).hasSize(2).allMatch(answer -> answer.sameAsRecorded()));
        assertThat(result.outcomes().stream().filter(Outcome::moved)).hasSize(1);
    }

    /** A unique index that production lacks makes the second insert wait: nothing in the trace could foresee it. */
    @Test
    void aWaiterThatNothingCanHelpIsLeftWaitingUntilTheHolderHasEnded() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        LabServers.postgres().execute(rehearsed.copy, "CREATE UNIQUE INDEX ON t(id)");
        try (RecordedClient first = rehearsed.open();
                RecordedClient second = rehearsed.open()) {
            first.query("BEGIN");
            first.query("INSERT INTO t VALUES (99, 1)");
            second.query("INSERT INTO t VALUES (99, 2)");
            second.query("SELECT 1");
            first.query("SELECT 2");
            first.query("COMMIT");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.end().complete()).isTrue();
        assertThat(result.end().elapsedNanos())
                .isLessThan(Duration.ofSeconds(20).toNanos());
        assertThat(result.end().moves()).isPositive();
        assertThat(result.outcomes()).hasSize(6).allMatch(outcome -> outcome.disposition() == Disposition.COMPARED);
        Outcome refused = result.outcomes().stream()
                .filter(outcome -> !outcome.answers().get(0).sameAsRecorded())
                .findFirst()
                .orElseThrow();
        assertThat(refused.moved()).isTrue();
    }

    @Test
    void whatNobodyEndsIsBrokenOffAtTheLimit() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open();
                RecordedClient other = rehearsed.open()) {
            client.query("SELECT 1");
            client.query("UPDATE t SET v = 5 WHERE id = 3");
            client.query("SELECT 2");
            other.query("SELECT 3");
        }
        rehearsed.publish();
        ReplayConfig config =
                rehearsed.config().withLimits(ReplayLimits.DEFAULTS.withWaitLimit(Duration.ofMillis(300)));

        Rehearsed.Result result;
        try (Connection foreign = LabServers.postgres().connect(rehearsed.copy);
                Statement statement = foreign.createStatement()) {
            foreign.setAutoCommit(false);
            statement.execute("UPDATE t SET v = 9 WHERE id = 3");
            Rehearsed.Result[] held = new Rehearsed.Result[1];
            Thread run = new Thread(() -> held[0] = Rehearsed.replay(config));
            run.start();
            // what is read at the end waits for nobody, since it only reads
            run.join(Duration.ofSeconds(60).toMillis());
            result = held[0];
        }

        assertThat(result).isNotNull();
        assertThat(result.outcomes())
                .extracting(outcome -> outcome.disposition() + " " + outcome.reason())
                .containsExactlyInAnyOrder(
                        "COMPARED ", "NOT_COMPARABLE wait-limit", "NOT_COMPARABLE wait-limit", "COMPARED ");
        assertThat(LabServersQuery.number(rehearsed.copy, "SELECT v FROM t WHERE id = 3"))
                .as("what was broken off was cancelled too")
                .isZero();
    }

    private static void awaitWaiting(RecordedClient client) {
        Awaitility.await()
                .until(() -> LabServersQuery.number(
                                "postgres",
                                "SELECT count(*) FROM pg_stat_activity WHERE pid = " + client.pid()
                                        + " AND wait_event_type = 'Lock'")
                        == 1);
    }

    @Test
    void aWaitOnOneArmMovesBoth() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        String control = rehearsed.copyNow();
        LabServers.postgres().execute(rehearsed.copy, "CREATE UNIQUE INDEX ON t(id)");
        try (RecordedClient first = rehearsed.open();
                RecordedClient second = rehearsed.open()) {
            first.query("BEGIN");
            first.query("INSERT INTO t VALUES (99, 1)");
            second.query("INSERT INTO t VALUES (99, 2)");
            first.query("COMMIT");
        }
        rehearsed.publish();

        List<Outcome> outcomes = Rehearsed.replay(
                        rehearsed.config().withControl(LabServers.postgres().connectionInfo(control)))
                .outcomes();

        assertThat(outcomes).hasSize(4).allMatch(outcome -> outcome.disposition() == Disposition.COMPARED);
        assertThat(outcomes.stream().filter(Outcome::moved))
                .singleElement()
                .satisfies(moved -> assertThat(moved.answers())
                        .extracting(answer -> answer.sameAsRecorded())
                        .containsExactly(true, false));
    }
}
