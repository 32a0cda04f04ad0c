package dev.understudy.capture.sink;

import dev.understudy.capture.CaptureException;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.chunk.Chunk;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates a capture's trace topic, or checks that the one that exists fits. */
public final class TraceTopic implements AutoCloseable {
    /** Bound for one message in the topic: a chunk and what Kafka puts around it, with room to spare. */
    static final int MAX_MESSAGE_BYTES = 2 * Chunk.MAX_BYTES;

    private static final long SPREAD_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String capture;
    private final String topic;
    private final Admin admin;
    private final Duration timeout;

    /** A view of the capture's topic; every question waits at most {@code timeout}. */
    public TraceTopic(String capture, Map<String, String> kafka, Duration timeout) {
        this.capture = capture;
        this.topic = TopicNames.trace(capture);
        this.timeout = timeout;
        Map<String, Object> properties = new HashMap<>(kafka);
        int millis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        this.admin = Admin.create(properties);
    }

    /**
     * Creates the topic unless it exists.
     *
     * @throws CaptureException if it exists with another number of lanes, or Kafka cannot be reached
     */
    public void ensure(int lanes) {
        try {
            int existing = lanes();
            if (existing == 0) {
                create(lanes);
            } else if (existing != lanes) {
                throw new CaptureException(
                        CaptureException.Category.INVALID,
                        "capture=" + capture + " lanes=" + lanes + ": it exists with " + existing
                                + " lanes; start it with as many, or choose another name");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw unreachable(e);
        }
    }

    /**
     * Whether the trace holds anything yet.
     *
     * @throws CaptureException if Kafka cannot be reached
     */
    public boolean isEmpty(int lanes) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int lane = 0; lane < lanes; lane++) {
            ends.put(new TopicPartition(topic, lane), OffsetSpec.latest());
        }
        try {
            return offsets(ends).stream().allMatch(end -> end.offset() == 0);
        } catch (ExecutionException | TimeoutException e) {
            throw unreachable(e);
        }
    }

    /** A topic that has just been created is not known to every broker at once: asks again until it is. */
    private Collection<ListOffsetsResultInfo> offsets(Map<TopicPartition, OffsetSpec> ends)
            throws ExecutionException, TimeoutException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                return await(admin.listOffsets(ends).all()).values();
            } catch (ExecutionException e) {
                boolean spreading = e.getCause() instanceof UnknownTopicOrPartitionException;
                if (!spreading || System.nanoTime() - deadlineNanos >= 0) {
                    throw e;
                }
                LockSupport.parkNanos(SPREAD_POLL_NANOS);
            }
        }
    }

    private int lanes() throws ExecutionException, TimeoutException {
        try {
            TopicDescription description =
                    await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
            return description == null ? 0 : description.partitions().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw e;
        }
    }

    private void create(int lanes) throws ExecutionException, TimeoutException {
        NewTopic created = new NewTopic(topic, Optional.of(lanes), Optional.empty())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        String.valueOf(MAX_MESSAGE_BYTES)));
        try {
            await(admin.createTopics(List.of(created)).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private <T> T await(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaptureException(
                    CaptureException.Category.UNREACHABLE,
                    "topic=" + topic + ": interrupted while waiting for Kafka",
                    e);
        }
    }

    private CaptureException unreachable(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new CaptureException(
                CaptureException.Category.UNREACHABLE, "topic=" + topic + ": Kafka did not answer: " + cause, e);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
