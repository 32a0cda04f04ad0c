package dev.understudy.replay;

import dev.understudy.trace.TopicNames;
import dev.understudy.trace.run.ControlCodec;
import dev.understudy.trace.run.ControlEntry;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.OutcomeBatch;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a run has written to Kafka. */
final class RunReader {
    private RunReader() {}

    static List<Outcome> outcomes(String run, String bootstrapServers) {
        List<Outcome> outcomes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records(TopicNames.outcomes(run), bootstrapServers)) {
            outcomes.addAll(
                    OutcomeBatch.read(Unpooled.wrappedBuffer(record.value())).outcomes());
        }
        return outcomes;
    }

    static List<ControlEntry> control(String run, String bootstrapServers) {
        List<ControlEntry> entries = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records(TopicNames.control(run), bootstrapServers)) {
            entries.add(ControlCodec.read(Unpooled.wrappedBuffer(record.value())));
        }
        return entries;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String topic, String bootstrapServers) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.partition.fetch.bytes", 16 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }
}
