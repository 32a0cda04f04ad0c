package dev.understudy.capture;

import dev.understudy.trace.TopicNames;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkReader;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a trace from Kafka to its present end. */
final class KafkaTrace {
    private KafkaTrace() {}

    static RecordedTrace read(String bootstrap, String capture) {
        List<List<Chunk>> lanes = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            String topic = TopicNames.trace(capture);
            List<TopicPartition> partitions = IntStream.range(
                            0, consumer.partitionsFor(topic).size())
                    .mapToObj(lane -> new TopicPartition(topic, lane))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            partitions.forEach(partition -> lanes.add(new ArrayList<>()));
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
                    lanes.get(each.partition()).add(ChunkReader.read(Unpooled.wrappedBuffer(each.value())));
                }
            }
        }
        return new RecordedTrace(lanes);
    }
}
