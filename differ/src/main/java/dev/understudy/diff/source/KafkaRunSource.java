package dev.understudy.diff.source;

import dev.understudy.diff.DiffException;
import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.chunk.ChunkFormatException;
import dev.understudy.trace.run.ControlCodec;
import dev.understudy.trace.run.ControlEntry;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.OutcomeBatch;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a run from Kafka: each partition from its beginning to where it ends when reading begins, one after the other.
 * Takes no part in a consumer group and commits nothing, so that any number of readers may read at once.
 */
public final class KafkaRunSource implements RunSource {
    /** Kafka is given up when it has said nothing for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MAX_POLL_RECORDS = 50;
    private static final int FETCH_WAIT_MILLIS = 10;

    private final String run;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RunFacts facts;

    private KafkaRunSource(String run, KafkaConsumer<byte[], byte[]> consumer) {
        this.run = run;
        this.consumer = consumer;
        this.facts = readControl();
    }

    /**
     * Opens a run and reads its control topic.
     *
     * @param properties Kafka client properties
     * @throws DiffException if there is no such run, or Kafka cannot be reached
     */
    public static KafkaRunSource open(String run, Map<String, String> properties) {
        Map<String, Object> config = new HashMap<>(properties);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        config.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        // Nobody waits for records that are not there yet: a partition is read up to its end as it is.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        KafkaConsumer<byte[], byte[]> consumer;
        try {
            consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw new DiffException.SourceUnavailable("kafka", e);
        }
        try {
            return new KafkaRunSource(run, consumer);
        } catch (KafkaException e) {
            consumer.close();
            throw new DiffException.SourceUnavailable("run=" + run, e);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private RunFacts readControl() {
        String topic = TopicNames.control(run);
        if (partitions(topic).isEmpty()) {
            throw new DiffException.UnknownRun(run);
        }
        List<ControlEntry> entries = new ArrayList<>();
        read(new TopicPartition(topic, 0), record -> entries.add(control(record)));
        return RunFacts.of(entries).orElseThrow(() -> new DiffException.UnknownRun(run));
    }

    private ControlEntry control(ConsumerRecord<byte[], byte[]> record) {
        try {
            return ControlCodec.read(Unpooled.wrappedBuffer(record.value()));
        } catch (ChunkFormatException e) {
            throw new DiffException.SourceUnavailable("run=" + run + " control topic, offset " + record.offset(), e);
        }
    }

    @Override
    public RunFacts facts() {
        return facts;
    }

    @Override
    public OutcomeGaps readOutcomes(Consumer<Outcome> outcomes) {
        try {
            return readAll(outcomes);
        } catch (KafkaException e) {
            throw new DiffException.SourceUnavailable("run=" + run + " outcomes", e);
        }
    }

    private OutcomeGaps readAll(Consumer<Outcome> outcomes) {
        String topic = TopicNames.outcomes(run);
        List<PartitionInfo> partitions = partitions(topic);
        long missing = 0;
        long unreadable = 0;
        long notFound = 0;
        for (int partition = 0;
                partition < Math.max(partitions.size(), facts.start().lanes());
                partition++) {
            PartitionOutcomes reading = new PartitionOutcomes(outcomes);
            if (partition < partitions.size()) {
                read(new TopicPartition(topic, partition), record -> reading.take(record.value()));
            }
            missing += reading.sequence.missing();
            unreadable += reading.unreadable;
            notFound += Math.max(0, said(partition) - reading.outcomes);
        }
        return new OutcomeGaps(missing, unreadable, notFound);
    }

    private long said(int partition) {
        RunEnd ended = facts.end();
        return ended == null || partition >= ended.outcomes().size()
                ? 0
                : ended.outcomes().get(partition);
    }

    private static final class PartitionOutcomes {
        private final Consumer<Outcome> consumer;
        private final BatchSequence sequence = new BatchSequence();
        private long unreadable;
        private long outcomes;

        PartitionOutcomes(Consumer<Outcome> consumer) {
            this.consumer = consumer;
        }

        void take(byte[] value) {
            OutcomeBatch batch;
            try {
                ByteBuf bytes = Unpooled.wrappedBuffer(value);
                batch = OutcomeBatch.read(bytes);
            } catch (ChunkFormatException e) {
                // Counted, so that the verdict cannot be GO; the other batches still tell what they tell.
                unreadable++;
                return;
            }
            if (sequence.accept(batch)) {
                outcomes += batch.outcomes().size();
                batch.outcomes().forEach(consumer);
            }
        }
    }

    private List<PartitionInfo> partitions(String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        return partitions == null ? List.of() : partitions;
    }

    /** Reads one partition up to its end as it is now. */
    private void read(TopicPartition partition, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        consumer.seekToBeginning(one);
        long last = consumer.endOffsets(one).getOrDefault(partition, 0L);
        long quietSince = System.nanoTime();
        while (consumer.position(partition) < last) {
            var polled = consumer.poll(POLL);
            if (polled.isEmpty()) {
                if (System.nanoTime() - quietSince > PATIENCE.toNanos()) {
                    throw new DiffException.SourceUnavailable("topic=" + partition.topic() + " partition="
                            + partition.partition() + ": expected records up to offset " + last
                            + ", and none came for " + PATIENCE.toSeconds() + " s");
                }
                continue;
            }
            quietSince = System.nanoTime();
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                if (record.offset() < last) {
                    records.accept(record);
                }
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
