package dev.understudy.replay.outcome;

import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.trace.ProducerSettings;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.run.ControlCodec;
import dev.understudy.trace.run.ControlEntry;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A run's topics in Kafka: made once, written by one run. */
public final class RunTopics {
    /** How large a record of a run's topics may be, in bytes. */
    public static final int MAX_MESSAGE_BYTES = 16 << 20;

    private static final Map<String, String> TOPIC_CONFIG =
            Map.of("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES), "compression.type", "producer");

    private final String run;
    private final Map<String, String> kafka;
    private final Duration timeout;

    /** The topics of a run, which need not exist yet. */
    public RunTopics(String run, Map<String, String> kafka, Duration timeout) {
        this.run = run;
        this.kafka = kafka;
        this.timeout = timeout;
    }

    /**
     * Makes sure that no run has this name.
     *
     * @throws ReplayUsageError if one has
     * @throws ServiceUnreachable if Kafka does not answer in time
     */
    public void requireNew() {
        Set<String> topics =
                withAdmin(admin -> admin.listTopics(new ListTopicsOptions().timeoutMs((int) timeout.toMillis()))
                        .names());
        if (topics.contains(TopicNames.control(run)) || topics.contains(TopicNames.outcomes(run))) {
            throw exists();
        }
    }

    /** Makes both topics; {@code lanes} is the number of partitions of the outcomes. */
    public void create(int lanes) {
        withAdmin(admin -> admin.createTopics(List.of(
                        new NewTopic(TopicNames.control(run), Optional.of(1), Optional.<Short>empty())
                                .configs(TOPIC_CONFIG),
                        new NewTopic(TopicNames.outcomes(run), Optional.of(lanes), Optional.<Short>empty())
                                .configs(TOPIC_CONFIG)))
                .all());
    }

    private ReplayUsageError exists() {
        return new ReplayUsageError("run=" + run + ": a run of that name exists; choose another name");
    }

    private interface Request<T> {
        KafkaFuture<T> on(Admin admin);
    }

    private <T> T withAdmin(Request<T> request) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        try (Admin admin = Admin.create(properties)) {
            return request.on(admin).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                throw exists();
            }
            throw new ServiceUnreachable("Kafka refuses the topics of run=" + run + ": " + e.getCause(), e);
        } catch (TimeoutException | KafkaException e) {
            throw new ServiceUnreachable("Kafka does not answer in time: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnreachable("interrupted while waiting for Kafka", e);
        }
    }

    /** A producer for both topics; the caller closes it. */
    public Producer<byte[], byte[]> producer() {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.putAll(ProducerSettings.REQUIRED);
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "5");
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(timeout.toMillis()));
        try {
            return new KafkaProducer<>(properties);
        } catch (KafkaException e) {
            throw new ServiceUnreachable("Kafka can't be written to: " + e.getMessage(), e);
        }
    }

    /** Writes an entry of the control topic and waits until Kafka has it. */
    public void writeControl(Producer<byte[], byte[]> producer, ControlEntry entry) {
        byte[] value = ByteBufUtil.getBytes(ControlCodec.write(entry));
        try {
            producer.send(new ProducerRecord<>(TopicNames.control(run), 0, null, value))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new ServiceUnreachable("Kafka does not take the control entry of run=" + run + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnreachable("interrupted while writing to Kafka", e);
        }
    }
}
