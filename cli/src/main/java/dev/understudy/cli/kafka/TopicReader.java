package dev.understudy.cli.kafka;

import dev.understudy.cli.CommandException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a topic holds at this moment, once, every partition in its order. */
final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALLED_AFTER = Duration.ofSeconds(30);
    private static final int MAX_FETCH_BYTES = 16 << 20;

    private TopicReader() {}

    /**
     * Passes every record on.
     *
     * @return how many there were
     * @throws CommandException if the topic is missing, or Kafka stops giving
     */
    static long read(Map<String, String> properties, String topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.put("enable.auto.commit", "false");
        all.put("auto.offset.reset", "earliest");
        all.put("allow.auto.create.topics", "false");
        all.put("isolation.level", "read_committed");
        all.put("max.partition.fetch.bytes", MAX_FETCH_BYTES);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo info : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, info.partition()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readToEnd(consumer, consumer.endOffsets(partitions), topic, records);
        }
    }

    private static long readToEnd(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            String topic,
            Consumer<ConsumerRecord<byte[], byte[]>> records) {
        long count = 0;
        long lastNews = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            boolean news = false;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                news = true;
                if (record.offset() < ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L)) {
                    records.accept(record);
                    count++;
                }
            }
            if (news) {
                lastNews = System.nanoTime();
            } else if (System.nanoTime() - lastNews > STALLED_AFTER.toNanos()) {
                throw CommandException.unreachable(
                        "Kafka stopped giving records, topic=" + topic, "look at the broker's log", null);
            }
        }
        return count;
    }
}
