package dev.understudy.capture.sink;

import dev.understudy.trace.ProducerSettings;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.chunk.Chunk;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A capture's trace topic: a lane is a partition, a record's value is one chunk.
 *
 * <p>The producer is idempotent, waits for all in-sync replicas and keeps trying for as long as the sink is open: Kafka
 * being down shows as chunks that are not acknowledged, never as a failure. One request is in flight at a time, so that
 * order holds whatever happens.
 */
public final class KafkaChunkSink implements ChunkSink {
    private static final int BATCH_BYTES = Chunk.MAX_BYTES / 2;
    private static final long BUFFER_BYTES = 32L << 20;
    private static final int LINGER_MILLIS = 5;
    private static final int MAX_BLOCK_MILLIS = 5_000;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    /** A sink with Kafka properties as the user gave them; what the trace depends on is set here. */
    public KafkaChunkSink(String capture, Map<String, String> kafka) {
        topic = TopicNames.trace(capture);
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "understudy-capture-" + capture);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.putAll(kafka);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TraceTopic.MAX_MESSAGE_BYTES);
        properties.putAll(ProducerSettings.REQUIRED);
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(int lane, byte[] chunk, Receipt receipt) {
        producer.send(new ProducerRecord<>(topic, lane, null, chunk), (metadata, failure) -> {
            if (failure == null) {
                receipt.acknowledged();
            } else {
                receipt.failed(failure);
            }
        });
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
