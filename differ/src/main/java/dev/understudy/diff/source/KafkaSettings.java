package dev.understudy.diff.source;

import dev.understudy.trace.ProducerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The properties of this module's Kafka clients: the user's, with what correctness needs put over them and what suits
 * put under them.
 *
 * @param user as given; {@code bootstrap.servers} is needed
 */
record KafkaSettings(Map<String, String> user) {
    /** Kafka is given up when it has said nothing for so long. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A member that says nothing for so long is dead, and others take over its partitions. */
    private static final int SESSION_MILLIS = 6_000;

    private static final int MAX_POLL_RECORDS = 50;
    private static final int FETCH_WAIT_MILLIS = 10;
    private static final int MAX_POLL_INTERVAL_MILLIS = 300_000;
    /** A transaction that nobody ends is aborted by the broker then; what comes after it can be read from there on. */
    private static final int TRANSACTION_MILLIS = 10_000;
    /** The largest record that a piece of a tally may become. */
    private static final int MAX_REQUEST_BYTES = 16 << 20;

    /** Of a consumer that is in no group. */
    Map<String, Object> reader() {
        Map<String, Object> config = consumer();
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // Nobody waits for records that are not there yet: a partition is read up to its end as it is.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return config;
    }

    /** Of a member of a consumer group. */
    Map<String, Object> member(String group) {
        Map<String, Object> config = consumer();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        int session = Integer.parseInt(
                config.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG).toString());
        config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.max(1, session / 4));
        config.putIfAbsent(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
        return config;
    }

    private Map<String, Object> consumer() {
        Map<String, Object> config = new HashMap<>(user);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return config;
    }

    /** Of whoever writes sums. */
    Map<String, Object> writer(String transactionalId) {
        Map<String, Object> config = new HashMap<>(user);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.putAll(ProducerSettings.REQUIRED);
        config.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) PATIENCE.toMillis());
        config.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return config;
    }

    /** Of an administrator. */
    Map<String, Object> admin() {
        return new HashMap<>(user);
    }

    /** How long another member may hold partitions without getting on before that is an error. */
    Duration stalledAfter() {
        String interval = user.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        return PATIENCE.plusMillis(interval == null ? MAX_POLL_INTERVAL_MILLIS : Long.parseLong(interval));
    }
}
