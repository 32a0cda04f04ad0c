package dev.understudy.replay.source;

import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkFormatException;
import dev.understudy.trace.chunk.ChunkReader;
import dev.understudy.trace.chunk.PartAssembler;
import dev.understudy.trace.entry.CatalogEntry;
import dev.understudy.trace.entry.Entry;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A capture's trace in Kafka as it was when this was opened: every partition from its beginning to its end of then.
 * Belongs to one thread at a time.
 */
public final class TraceTopic implements AutoCloseable {
    private static final int MAX_POLL_RECORDS = 1;
    private static final int FETCH_BYTES = 2 << 20;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    private TraceTopic(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = ends;
    }

    /**
     * Opens a capture's trace.
     *
     * @param kafka client properties
     * @throws ReplayUsageError if there is no such capture
     * @throws ServiceUnreachable if Kafka does not answer in time
     */
    public static TraceTopic open(String capture, Map<String, String> kafka, Duration timeout) {
        String topic = TopicNames.trace(capture);
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(MAX_POLL_RECORDS));
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(FETCH_BYTES));
        properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(timeout.toMillis()));
        Consumer<byte[], byte[]> consumer = null;
        try {
            consumer = new KafkaConsumer<>(properties);
            List<PartitionInfo> found = consumer.partitionsFor(topic, timeout);
            if (found == null || found.isEmpty()) {
                throw new ReplayUsageError("capture=" + capture + ": there is no such capture (topic " + topic + ")");
            }
            List<TopicPartition> partitions = found.stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, timeout);
            TraceTopic opened = new TraceTopic(consumer, ends);
            opened.rewind();
            return opened;
        } catch (KafkaException e) {
            close(consumer);
            throw unreachable(e);
        } catch (RuntimeException e) {
            close(consumer);
            throw e;
        }
    }

    private static void close(@Nullable Consumer<?, ?> consumer) {
        if (consumer != null) {
            consumer.close();
        }
    }

    private static ServiceUnreachable unreachable(KafkaException e) {
        String what = e instanceof TimeoutException ? "does not answer in time" : "can't be read";
        return new ServiceUnreachable("Kafka " + what + ": " + e.getMessage(), e);
    }

    /** How many partitions, numbered from 0. */
    public int partitions() {
        return ends.size();
    }

    /** Back to the beginning of every partition. */
    public void rewind() {
        consumer.seekToBeginning(consumer.assignment());
    }

    /** The partitions that have been read to their end. */
    Set<Integer> ended() {
        try {
            Set<Integer> ended = new HashSet<>();
            ends.forEach((partition, end) -> {
                if (consumer.position(partition) >= end) {
                    ended.add(partition.partition());
                }
            });
            return ended;
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /** Reads on in these partitions only. */
    List<ConsumerRecord<byte[], byte[]>> poll(Set<Integer> partitions, Duration wait) {
        try {
            Set<TopicPartition> paused = new HashSet<>();
            Set<TopicPartition> resumed = new HashSet<>();
            for (TopicPartition partition : ends.keySet()) {
                (partitions.contains(partition.partition()) ? resumed : paused).add(partition);
            }
            consumer.pause(paused);
            consumer.resume(resumed);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(partition, 0L)) {
                    records.add(record);
                }
            }
            return records;
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /** The chunk that a record holds. */
    static Chunk chunk(ConsumerRecord<byte[], byte[]> record) {
        try {
            return ChunkReader.read(Unpooled.wrappedBuffer(record.value()));
        } catch (ChunkFormatException e) {
            throw new ReplayUsageError("topic=" + record.topic() + " partition=" + record.partition() + " offset="
                    + record.offset() + " can't be read: " + e.getMessage());
        }
    }

    /**
     * Looks for the captured database's catalog, which an agent writes when it begins; then {@linkplain #rewind rewinds}.
     *
     * @param maxBytes how much of the trace is looked through
     */
    public Optional<Catalog> findCatalog(long maxBytes) {
        Map<Integer, PartAssembler> parts = new HashMap<>();
        long looked = 0;
        Optional<Catalog> found = Optional.empty();
        Set<Integer> all =
                java.util.stream.IntStream.range(0, partitions()).boxed().collect(java.util.stream.Collectors.toSet());
        while (found.isEmpty() && looked < maxBytes && ended().size() < partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : poll(all, POLL)) {
                looked += record.value().length;
                Chunk chunk = chunk(record);
                PartAssembler assembler = parts.computeIfAbsent(
                        record.partition(), lane -> new PartAssembler(PartAssembler.DEFAULT_MAX_BYTES));
                for (Entry entry : chunk.entries()) {
                    if (assembler.accept(entry) instanceof CatalogEntry catalog && found.isEmpty()) {
                        found = Optional.of(catalog.catalog());
                    }
                }
            }
        }
        rewind();
        return found;
    }

    /**
     * Looks through the whole trace for what has to be known before anything is sent; then {@linkplain #rewind rewinds}.
     *
     * @param intake what of it is to be replayed
     */
    public TraceFacts scan(Intake intake) {
        TraceScan scan = new TraceScan(intake);
        Set<Integer> all =
                java.util.stream.IntStream.range(0, partitions()).boxed().collect(java.util.stream.Collectors.toSet());
        while (ended().size() < partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : poll(all, POLL)) {
                scan.read(record.partition(), chunk(record));
            }
        }
        rewind();
        return scan.facts();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
