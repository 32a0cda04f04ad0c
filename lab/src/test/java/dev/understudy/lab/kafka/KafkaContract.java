package dev.understudy.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What Understudy needs of a broker, whoever runs it. */
abstract class KafkaContract {
    private static final int MIB = 1024 * 1024;

    abstract String bootstrapServers();

    @Test
    void partitionsKeepOrderAndContent() throws Exception {
        String topic = topic(2);
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (int i = 0; i < 100; i++) {
                producer.send(new ProducerRecord<>(topic, i % 2, null, new byte[] {(byte) i}));
            }
        }

        List<ConsumerRecord<byte[], byte[]>> read = read(topic, 1, 50);
        assertThat(read).extracting(r -> (int) r.value()[0]).isEqualTo(oddNumbersBelow100());
    }

    @Test
    void aTransactionIsSeenWholeOrNotAtAll() throws Exception {
        String topic = topic(1);
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of("transactional.id", UUID.randomUUID().toString()))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, new byte[] {1}));
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, new byte[] {2}));
            producer.send(new ProducerRecord<>(topic, new byte[] {3}));
            producer.commitTransaction();
        }

        assertThat(read(topic, 0, 2)).extracting(r -> (int) r.value()[0]).containsExactly(2, 3);
    }

    @Test
    void largeRecordsAreTakenAndTooLargeOnesRefused() throws Exception {
        String topic = topic(1);
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("max.request.size", 64 * MIB))) {
            producer.send(new ProducerRecord<>(topic, new byte[15 * MIB])).get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[17 * MIB]))
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RecordTooLargeException.class);
        }

        assertThat(read(topic, 0, 1))
                .singleElement()
                .satisfies(r -> assertThat(r.value()).hasSize(15 * MIB));
    }

    @Test
    void aMisspeltTopicIsNotMadeUp() {
        String topic = "never-made-" + UUID.randomUUID();
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("max.block.ms", 1_000))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[1]))
                            .get(30, TimeUnit.SECONDS))
                    .hasMessageContaining(topic);
        }
    }

    final String topic(int partitions) throws Exception {
        String topic = "contract-" + UUID.randomUUID();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        return topic;
    }

    final KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new java.util.HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "acks",
                "all",
                "key.serializer",
                ByteArraySerializer.class,
                "value.serializer",
                ByteArraySerializer.class));
        settings.putAll(more);
        return new KafkaProducer<>(settings);
    }

    final List<ConsumerRecord<byte[], byte[]>> read(String topic, int partition, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class))) {
            consumer.assign(List.of(new TopicPartition(topic, partition)));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (records.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static List<Integer> oddNumbersBelow100() {
        List<Integer> odd = new ArrayList<>();
        for (int i = 1; i < 100; i += 2) {
            odd.add(i);
        }
        return odd;
    }
}
