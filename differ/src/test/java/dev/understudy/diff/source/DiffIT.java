package dev.understudy.diff.source;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.diff.Baseline;
import dev.understudy.diff.Diff;
import dev.understudy.diff.DiffConfig;
import dev.understudy.diff.DiffException;
import dev.understudy.diff.DiffListener;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.report.JsonReport;
import dev.understudy.diff.report.Report;
import dev.understudy.expect.Verdict;
import dev.understudy.expect.gate.Reason;
import dev.understudy.lab.LabServers;
import dev.understudy.trace.ProducerSettings;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.ControlCodec;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.OutcomeBatchWriter;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunStart;
import dev.understudy.trace.run.TableState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs as they lie in Kafka: whole, doubled, torn and killed. */
class DiffIT {
    private static final int LANES = 3;
    private static final Catalog CATALOG =
            Catalogs.catalog(16_400).table("t", "*id int4", "v int4").build();
    private static final List<ArmState> ARMS =
            List.of(new ArmState(Arm.CANDIDATE, "staging", CATALOG, List.of(new TableState("public.t", 10, "1", ""))));

    private static Map<String, String> kafka = Map.of();
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void connect() throws Exception {
        kafka = Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers());
        Map<String, Object> written = new HashMap<>(ProducerSettings.REQUIRED);
        written.putAll(kafka);
        producer = new KafkaProducer<>(written, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
    }

    private static void topics(String run) throws Exception {
        try (Admin admin = Admin.create(Map.copyOf(kafka))) {
            admin.createTopics(Set.of(
                            new NewTopic(TopicNames.control(run), 1, (short) 1),
                            new NewTopic(TopicNames.outcomes(run), LANES, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void send(String topic, int partition, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, null, value)).get();
    }

    private static void start(String run) throws Exception {
        topics(run);
        RunStart start = new RunStart(run, "c", "serial", "max", "compat", 1, LANES, CATALOG, ARMS);
        send(TopicNames.control(run), 0, ByteBufUtil.getBytes(ControlCodec.write(start)));
    }

    private static void end(String run, long exchanges, Long... outcomes) throws Exception {
        RunEnd end = new RunEnd(
                run,
                2,
                true,
                exchanges,
                Map.of(Disposition.COMPARED, exchanges),
                List.of(outcomes),
                Map.of(),
                0,
                0,
                1,
                ARMS);
        send(TopicNames.control(run), 0, ByteBufUtil.getBytes(ControlCodec.write(end)));
    }

    /** Batches of ten outcomes each, one for each of {@code values}. */
    private static List<byte[]> batches(int partition, int count, int changedFrom) {
        OutcomeBatchWriter writer = new OutcomeBatchWriter(partition);
        List<byte[]> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            writer.add(outcome(partition, i, i < changedFrom ? i : i + 1));
            if (i % 10 == 9 || i == count - 1) {
                batches.add(ByteBufUtil.getBytes(writer.close()));
            }
        }
        return batches;
    }

    private static Outcome outcome(int partition, int ordinal, int candidate) {
        return exchange(query("SELECT v FROM t WHERE id = " + ordinal), value(ordinal))
                .id(partition, ordinal)
                .candidate(value(candidate))
                .build();
    }

    private static ByteBuf value(int value) {
        return answer().columns(column("v", 23, 16_400, 2))
                .row(Integer.toString(value))
                .done("SELECT 1")
                .ready();
    }

    private static Report diff(String run) {
        return Diff.run(new DiffConfig(run, null, kafka), DiffListener.NONE);
    }

    private static List<String> gates(Report report) {
        return report.reasons().stream().map(Reason::gate).toList();
    }

    @Test
    void aWholeRunIsReadOnceAndAlikeEachTime() throws Exception {
        start("whole");
        for (int partition = 0; partition < LANES; partition++) {
            for (byte[] batch : batches(partition, 105, 1_000)) {
                send(TopicNames.outcomes("whole"), partition, batch);
            }
        }
        end("whole", 315, 105L, 105L, 105L);
        List<Long> heard = new ArrayList<>();
        Report report = Diff.run(new DiffConfig("whole", null, kafka), (read, expected) -> {
            heard.add(read);
            assertThat(expected).isEqualTo(315);
        });
        assertThat(gates(report)).as("it has no control").containsExactly("state.not_compared");
        assertThat(report.ledger().compared()).isEqualTo(315);
        assertThat(heard).last().isEqualTo(315L);
        assertThat(new JsonReport().write(diff("whole"))).isEqualTo(new JsonReport().write(report));
    }

    @Test
    void whatCameTwiceCountsOnce() throws Exception {
        start("twice");
        List<byte[]> batches = batches(0, 50, 49);
        for (byte[] batch : batches) {
            send(TopicNames.outcomes("twice"), 0, batch);
            send(TopicNames.outcomes("twice"), 0, batch);
        }
        for (byte[] batch : batches) {
            send(TopicNames.outcomes("twice"), 0, batch);
        }
        end("twice", 50, 50L, 0L, 0L);
        Report report = diff("twice");
        assertThat(report.ledger().compared()).isEqualTo(50);
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(report.groups())
                .singleElement()
                .satisfies(group -> assertThat(group.count()).isEqualTo(1));
    }

    @Test
    void aBatchThatIsMissingIsMissed() throws Exception {
        start("missing");
        List<byte[]> batches = batches(1, 50, 1_000);
        batches.remove(2);
        for (byte[] batch : batches) {
            send(TopicNames.outcomes("missing"), 1, batch);
        }
        end("missing", 50, 0L, 50L, 0L);
        Report report = diff("missing");
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(gates(report)).contains("outcomes.unread", "ledger.difference");
    }

    @Test
    void aBatchThatIsTornIsCountedAndTheOthersAreRead() throws Exception {
        start("torn");
        List<byte[]> batches = batches(2, 50, 1_000);
        batches.get(1)[40] ^= 0x10;
        for (byte[] batch : batches) {
            send(TopicNames.outcomes("torn"), 2, batch);
        }
        send(TopicNames.outcomes("torn"), 0, "garbage".getBytes(StandardCharsets.UTF_8));
        end("torn", 50, 0L, 0L, 50L);
        Report report = diff("torn");
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.ledger().compared()).isEqualTo(40);
        assertThat(gates(report)).contains("outcomes.unread");
    }

    @Test
    void aKilledRunIsPartial() throws Exception {
        start("killed");
        for (byte[] batch : batches(0, 30, 1_000)) {
            send(TopicNames.outcomes("killed"), 0, batch);
        }
        Report report = diff("killed");
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(gates(report)).containsExactly("state.not_compared", "run.partial");
        assertThat(report.ledger().compared()).isEqualTo(30);
    }

    @Test
    void aRunThatNobodyStartedIsUnknown() {
        assertThatThrownBy(() -> diff("nobody-started-this"))
                .isInstanceOf(DiffException.UnknownRun.class)
                .hasMessageContaining("run=nobody-started-this");
    }

    @Test
    void aRunWithTopicsAndNoStartIsUnknown() throws Exception {
        topics("unstarted");
        assertThatThrownBy(() -> diff("unstarted")).isInstanceOf(DiffException.UnknownRun.class);
    }

    @Test
    void aControlArmThatTheRunLacksCannotBeTheBaseline() throws Exception {
        start("lonely");
        assertThatThrownBy(() -> Diff.run(new DiffConfig("lonely", Baseline.CONTROL, kafka), DiffListener.NONE))
                .isInstanceOf(DiffException.NoSuchArm.class)
                .hasMessageContaining("--control");
    }

    @Test
    void aBrokerThatIsNotThereCannotBeReached() {
        Map<String, String> nowhere = Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "default.api.timeout.ms", "2000",
                "request.timeout.ms", "1000");
        assertThatThrownBy(() -> Diff.run(new DiffConfig("whole", null, nowhere), DiffListener.NONE))
                .isInstanceOf(DiffException.SourceUnavailable.class);
    }
}
