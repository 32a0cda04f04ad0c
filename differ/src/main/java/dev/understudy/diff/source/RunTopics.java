package dev.understudy.diff.source;

import dev.understudy.diff.DiffException;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.chunk.ChunkFormatException;
import dev.understudy.trace.run.ControlCodec;
import dev.understudy.trace.run.ControlEntry;
import dev.understudy.trace.run.RunFacts;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * What a run's control topic says, and how far its outcomes reach now.
 *
 * @param facts what the control topic says
 * @param ends the offset at which each partition of the outcomes ends
 */
record RunTopics(RunFacts facts, List<Long> ends) {
    private static final Duration POLL = Duration.ofMillis(500);

    /** Copies the list. */
    RunTopics {
        ends = List.copyOf(ends);
    }

    /**
     * Reads a run's control topic, and then where its outcomes end.
     *
     * @throws DiffException if there is no such run, or Kafka cannot be reached
     */
    static RunTopics read(String run, KafkaSettings settings) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.reader())) {
            RunFacts facts = control(run, consumer);
            String topic = TopicNames.outcomes(run);
            List<TopicPartition> partitions = IntStream.range(
                            0, partitions(consumer, topic).size())
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return new RunTopics(facts, partitions.stream().map(ends::get).toList());
        } catch (KafkaException e) {
            throw KafkaFailure.of("run=" + run, e);
        }
    }

    private static RunFacts control(String run, KafkaConsumer<byte[], byte[]> consumer) {
        String topic = TopicNames.control(run);
        if (partitions(consumer, topic).isEmpty()) {
            throw new DiffException.UnknownRun(run);
        }
        List<ControlEntry> entries = new ArrayList<>();
        read(consumer, new TopicPartition(topic, 0), record -> entries.add(entry(run, record)));
        return RunFacts.of(entries).orElseThrow(() -> new DiffException.UnknownRun(run));
    }

    private static ControlEntry entry(String run, ConsumerRecord<byte[], byte[]> record) {
        try {
            return ControlCodec.read(Unpooled.wrappedBuffer(record.value()));
        } catch (ChunkFormatException e) {
            throw new DiffException.SourceUnavailable("run=" + run + " control topic, offset " + record.offset(), e);
        }
    }

    private static List<PartitionInfo> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        return partitions == null ? List.of() : partitions;
    }

    /** Reads one partition up to its end as it is now. */
    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            Consumer<ConsumerRecord<byte[], byte[]>> records) {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        consumer.seekToBeginning(one);
        long last = consumer.endOffsets(one).getOrDefault(partition, 0L);
        long quietSince = System.nanoTime();
        while (consumer.position(partition) < last) {
            var polled = consumer.poll(POLL);
            if (polled.isEmpty() && System.nanoTime() - quietSince > KafkaSettings.PATIENCE.toNanos()) {
                throw new DiffException.SourceUnavailable("topic=" + partition.topic() + " partition="
                        + partition.partition() + ": expected records up to offset " + last + ", and none came for "
                        + KafkaSettings.PATIENCE.toSeconds() + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                quietSince = System.nanoTime();
                if (record.offset() < last) {
                    records.accept(record);
                }
            }
        }
    }
}
