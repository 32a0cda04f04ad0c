package dev.understudy.diff.source;

import dev.understudy.diff.kit.RandomOutcomes;
import dev.understudy.diff.report.JsonReport;
import dev.understudy.diff.tally.Bounds;
import dev.understudy.diff.tally.OutcomeFold;
import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.diff.tally.PartitionTally;
import dev.understudy.diff.tally.RunTally;
import dev.understudy.diff.verdict.Assessment;
import dev.understudy.trace.ProducerSettings;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.run.ControlCodec;
import dev.understudy.trace.run.ControlEntry;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.OutcomeBatchWriter;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
import dev.understudy.trace.run.RunStart;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A whole run of random outcomes, written to Kafka and folded in memory beside it. */
final class SampleRun {
    private static final int PARTITIONS = 4;
    private static final int SESSIONS = 5;
    private static final int BATCH = 100;
    private static final int PERCENT_EQUAL = 97;

    private final String name;
    private final RunFacts facts;
    private final List<PartitionTally> tallies;

    private SampleRun(String name, RunFacts facts, List<PartitionTally> tallies) {
        this.name = name;
        this.facts = facts;
        this.tallies = tallies;
    }

    /**
     * Writes one.
     *
     * @param exchanges of each of the 20 sessions
     */
    static SampleRun write(String name, int exchanges, String bootstrap) throws Exception {
        Map<String, Object> kafka = new HashMap<>(ProducerSettings.REQUIRED);
        kafka.put("bootstrap.servers", bootstrap);
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(Set.of(
                            new NewTopic(TopicNames.control(name), 1, (short) 1),
                            new NewTopic(TopicNames.outcomes(name), PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        RunStart start = RandomOutcomes.start(name, PARTITIONS);
        Map<Disposition, Long> dispositions = new EnumMap<>(Disposition.class);
        List<PartitionTally> tallies = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            control(producer, name, start);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                tallies.add(partition(producer, start, partition, exchanges, dispositions));
            }
            RunEnd end = end(name, start, exchanges, dispositions);
            control(producer, name, end);
            producer.flush();
            return new SampleRun(name, RunFacts.of(start, end), tallies);
        }
    }

    private static PartitionTally partition(
            KafkaProducer<byte[], byte[]> producer,
            RunStart start,
            int partition,
            int exchanges,
            Map<Disposition, Long> dispositions) {
        RandomOutcomes outcomes = new RandomOutcomes(7, PERCENT_EQUAL);
        OutcomeFold fold = OutcomeFold.of(start, true);
        PartitionTally tally = new PartitionTally();
        OutcomeBatchWriter writer = new OutcomeBatchWriter(partition);
        for (int ordinal = 0; ordinal < exchanges; ordinal++) {
            for (int session = 0; session < SESSIONS; session++) {
                Outcome outcome = outcomes.outcome(1 + partition * SESSIONS + session, ordinal);
                fold.add(outcome, tally);
                dispositions.merge(outcome.disposition(), 1L, Long::sum);
                writer.add(outcome);
                if (writer.outcomes() == BATCH) {
                    send(producer, start.run(), partition, writer);
                }
            }
        }
        if (writer.outcomes() > 0) {
            send(producer, start.run(), partition, writer);
        }
        return tally;
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, String run, int partition, OutcomeBatchWriter writer) {
        byte[] batch = ByteBufUtil.getBytes(writer.close());
        producer.send(new ProducerRecord<>(TopicNames.outcomes(run), partition, null, batch));
    }

    private static RunEnd end(String name, RunStart start, int exchanges, Map<Disposition, Long> dispositions) {
        long each = (long) SESSIONS * exchanges;
        return new RunEnd(
                name,
                43,
                true,
                PARTITIONS * each,
                dispositions,
                Collections.nCopies(PARTITIONS, each),
                Map.of(),
                0,
                0,
                1,
                start.arms());
    }

    private static void control(KafkaProducer<byte[], byte[]> producer, String run, ControlEntry entry) {
        byte[] value = ByteBufUtil.getBytes(ControlCodec.write(entry));
        producer.send(new ProducerRecord<>(TopicNames.control(run), 0, null, value));
    }

    String name() {
        return name;
    }

    long outcomes() {
        return facts.end() == null ? 0 : facts.end().exchanges();
    }

    /** What a report has to say, by one pass in memory. */
    String report() {
        RunTally whole = RunTally.of(Bounds.DEFAULT, tallies);
        return new JsonReport().write(new Assessment(facts, true, whole).report(OutcomeGaps.NONE));
    }
}
