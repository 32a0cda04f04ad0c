package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lab.LabServers;
import dev.understudy.replay.blocked.BlockedRule;
import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunEnd;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FailuresIT {
    private static final String SCHEMA =
            "CREATE TABLE t(id int PRIMARY KEY, v int); INSERT INTO t SELECT i, 0 FROM generate_series(1, 10) i";

    @Test
    void aBackendThatDiesOnAnArmEndsItsSessionAndNoOther() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        LabServers.postgres()
                .execute(
                        rehearsed.copy,
                        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';"
                                + "CREATE TRIGGER die BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION die()");
        try (RecordedClient victim = rehearsed.open();
                RecordedClient other = rehearsed.open()) {
            victim.query("SELECT 1");
            victim.query("INSERT INTO t VALUES (11, 0)");
            victim.query("SELECT 2");
            other.query("SELECT 3");
        }

        rehearsed.publish();
        Rehearsed.Result result = Rehearsed.replay(
                rehearsed.config().withScope(ReplayScope.WHOLE.withAllowed(Set.of(BlockedRule.BACKEND_SIGNAL))));

        assertThat(result.end().complete()).isTrue();
        assertThat(result.outcomes())
                .extracting(outcome -> outcome.disposition() + " " + outcome.reason())
                .containsExactlyInAnyOrder(
                        "COMPARED ", "NOT_COMPARABLE connection-lost", "NOT_COMPARABLE connection-lost", "COMPARED ");
    }

    @Test
    void whatEndedProductionsConnectionIsNotSent() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        RecordedClient client = rehearsed.open();
        client.query("BEGIN");
        client.query("UPDATE t SET v = 1 WHERE id = 1");
        client.send(Frames.simple("SELECT pg_terminate_backend(pg_backend_pid())"));
        client.receiveToEnd();
        client.end(SessionEnd.Reason.SERVER_CLOSED);

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.outcomes())
                .extracting(outcome -> outcome.disposition() + " " + outcome.reason())
                .containsExactly("COMPARED ", "COMPARED ", "NOT_COMPARABLE broken-off-in-production");
        assertThat(LabServersQuery.number(rehearsed.copy, "SELECT count(*) FROM t WHERE v = 1"))
                .as("its transaction was rolled back, as production's was")
                .isZero();
    }

    @Test
    void errorsThatCameFromWaitingAreForced() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient holder = rehearsed.open();
                RecordedClient waiter = rehearsed.open()) {
            waiter.query("SET lock_timeout = 50");
            holder.query("BEGIN");
            holder.query("UPDATE t SET v = 1 WHERE id = 1");
            waiter.query("BEGIN");
            waiter.query("UPDATE t SET v = 2 WHERE id = 1");
            waiter.query("SELECT 1");
            waiter.query("ROLLBACK");
            holder.query("COMMIT");
            waiter.query("SELECT v FROM t WHERE id = 1");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.outcomes())
                .filteredOn(outcome -> outcome.disposition() == Disposition.FORCED)
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.reason()).isEqualTo("55P03");
                    assertThat(outcome.answers()).isEmpty();
                });
        assertThat(result.outcomes())
                .filteredOn(outcome -> outcome.disposition() != Disposition.FORCED)
                .hasSize(8)
                .allSatisfy(outcome -> {
                    assertThat(outcome.disposition()).isEqualTo(Disposition.COMPARED);
                    assertThat(outcome.answers().get(0).sameAsRecorded()).isTrue();
                });
    }

    @Test
    void answersBeyondTheBoundAreCutAndSaid() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT repeat('x', 5000)");
            client.query("SELECT pg_backend_pid(), repeat('x', 5000)");
        }
        rehearsed.publish();

        Rehearsed.Result result =
                Rehearsed.replay(rehearsed.config().withLimits(ReplayLimits.DEFAULTS.withMaxResult(2000)));

        Outcome same = result.outcomes().get(0);
        assertThat(same.disposition()).as("what is the same needs no room").isEqualTo(Disposition.COMPARED);
        Outcome cut = result.outcomes().get(1);
        assertThat(cut.reason()).isEqualTo("truncated");
        assertThat(cut.answers().get(0).frames().readableBytes()).isEqualTo(2000);
        assertThat(cut.answers().get(0).truncated()).isGreaterThan(3000);
    }

    @Test
    void aTraceLargerThanTheWindowIsReplayedWhole() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA, 2, 64 << 10);
        try (RecordedClient first = rehearsed.open();
                RecordedClient second = rehearsed.open()) {
            for (int i = 0; i < 40; i++) {
                first.query("SELECT repeat('a', 100000), " + i);
                second.query("SELECT repeat('b', 100000), " + i);
            }
        }
        rehearsed.publish();
        ReplayConfig config = rehearsed.config().withLimits(ReplayLimits.DEFAULTS.withWindowBytes(1 << 20));

        for (Order order : new Order[] {Order.SERIAL, Order.SESSION}) {
            Rehearsed.Result result = Rehearsed.replay(new ReplayConfig(
                    config.capture(),
                    LabServers.uniqueName("run"),
                    config.candidate(),
                    null,
                    order,
                    Speed.MAX,
                    Mode.COMPAT,
                    config.kafka(),
                    config.limits(),
                    null));
            assertThat(result.end().complete()).isTrue();
            assertThat(result.end().dispositions()).containsEntry(Disposition.COMPARED, 80L);
        }
    }

    @Test
    void aRunThatIsStoppedIsPartialAndAddsUp() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            for (int i = 0; i < 50; i++) {
                client.query("SELECT pg_sleep(0.02)");
            }
        }
        rehearsed.publish();
        ReplayConfig config = rehearsed.config();
        long[] done = new long[1];
        Replay replay = new Replay(config, progress -> done[0] = progress.done());
        Thread stopper = new Thread(() -> {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> done[0] > 0);
            replay.stop();
        });
        stopper.start();

        var end = replay.run();
        stopper.join();

        assertThat(end.complete()).isFalse();
        assertThat(end.exchanges()).isEqualTo(50);
        assertThat(end.dispositions().get(Disposition.PENDING)).isBetween(1L, 49L);
        assertThat(end.dispositions().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(50);
        assertThat(end.warnings()).doesNotContainKey("sum-does-not-close");
        assertThat(RunReader.control(config.run(), LabServers.kafka().bootstrapServers()))
                .last()
                .isInstanceOf(RunEnd.class);
    }

    @Test
    void notificationsThatArriveDisturbNobody() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient listener = rehearsed.open();
                RecordedClient other = rehearsed.open()) {
            listener.query("LISTEN news");
            other.query("SELECT 1");
            listener.query("SELECT 2");
        }
        rehearsed.publish();
        ReplayConfig config = rehearsed.config();
        LabServers.postgres()
                .execute(
                        rehearsed.copy,
                        "CREATE FUNCTION tell() RETURNS int LANGUAGE plpgsql AS 'BEGIN NOTIFY news; RETURN 1; END'");

        Rehearsed.Result result = Rehearsed.replay(config);

        assertThat(result.outcomes())
                .hasSize(3)
                .allMatch(outcome -> outcome.answers().get(0).sameAsRecorded());
    }

    @Test
    void whatTheTraceLacksIsCountedAsAGap() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT 1");
            rehearsed.recorder.lose(7);
            rehearsed.recorder.skip(3);
            client.query("SELECT 2");
        }

        Rehearsed.Result result = rehearsed.replay();

        assertThat(result.end().exchanges()).isEqualTo(12);
        assertThat(result.end().dispositions())
                .containsEntry(Disposition.COMPARED, 2L)
                .containsEntry(Disposition.GAP, 10L);
        assertThat(result.end().warnings()).containsOnlyKeys("lost-buffer_full", "skipped-sampled_out");
    }

    /** The window is full long before the end of the long exchange is read: it is sent, and not compared. */
    @Test
    void aLongExchangeDoesNotStopARunWhoseWindowIsSmall() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA, 1, 32 << 10);
        try (RecordedClient patient = rehearsed.open();
                RecordedClient busy = rehearsed.open()) {
            patient.send(Frames.simple("SELECT pg_sleep(0.3), count(*) FROM t"));
            for (int i = 0; i < 60; i++) {
                busy.query("SELECT repeat('a', 100000), " + i);
            }
            patient.receive();
            patient.query("SELECT 'after'");
        }
        rehearsed.publish();

        Rehearsed.Result result =
                Rehearsed.replay(rehearsed.config().withLimits(ReplayLimits.DEFAULTS.withWindowBytes(1 << 20)));

        assertThat(result.end().complete()).isTrue();
        assertThat(result.end().exchanges()).isEqualTo(62);
        assertThat(result.end().dispositions())
                .containsEntry(Disposition.NOT_COMPARABLE, 1L)
                .containsEntry(Disposition.COMPARED, 61L);
        assertThat(result.outcomes())
                .filteredOn(outcome -> outcome.disposition() == Disposition.NOT_COMPARABLE)
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.reason()).isEqualTo("answer-outside-window");
                    assertThat(outcome.answers()).hasSize(1);
                });
    }

    @Test
    void recordsThatAreNoChunksAreSaidAndNothingHangs() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT 1");
        }
        rehearsed.publish();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", LabServers.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TopicNames.trace(rehearsed.capture), 0, null, new byte[] {1, 2, 3}))
                    .get();
        }

        assertThatThrownBy(() -> Rehearsed.replay(rehearsed.config()))
                .isInstanceOf(ReplayUsageError.class)
                .hasMessageContaining("can't be read");
    }
}
