package dev.understudy.diff.source;

import dev.understudy.diff.DiffException;
import dev.understudy.trace.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A run's summary topic: whether it is there, and where it ends, open transactions included. */
final class SummaryTopic implements AutoCloseable {
    /** Small, so that what was replaced is soon cleaned away. */
    private static final String SEGMENT_BYTES = Integer.toString(16 << 20);

    private final String name;
    private final int partitions;
    private final TopicPatience patience = new TopicPatience(KafkaSettings.PATIENCE);
    private final Admin admin;

    SummaryTopic(String run, int partitions, KafkaSettings settings) {
        this.name = TopicNames.summary(run);
        this.partitions = partitions;
        this.admin = Admin.create(settings.admin());
    }

    String name() {
        return name;
    }

    int partitions() {
        return partitions;
    }

    /**
     * Whether it is there.
     *
     * @throws DiffException if it has not a partition for each of the outcomes'
     */
    boolean exists() {
        try {
            TopicDescription topic =
                    get(admin.describeTopics(Set.of(name)).allTopicNames()).get(name);
            if (topic != null && topic.partitions().size() != partitions) {
                throw new DiffException.SourceUnavailable(
                        "topic=" + name + " partitions=" + topic.partitions().size() + ": expected " + partitions
                                + ", one for each of the outcomes'; delete the topic, it is made anew");
            }
            return topic != null;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        }
    }

    /** Makes it if it is not there. */
    void ensure() {
        if (exists()) {
            return;
        }
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.<Short>empty())
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        SEGMENT_BYTES));
        try {
            get(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // Another process was faster.
            exists();
        }
    }

    /** Where partitions end, whatever transactions are open: a reader that comes so far has read all that was committed. */
    Map<Integer, Long> ends(Set<Integer> of) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        of.forEach(partition -> asked.put(new TopicPartition(name, partition), OffsetSpec.latest()));
        Map<Integer, Long> ends = new HashMap<>();
        patience.ask(() -> get(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .all()))
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    private <T> T get(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DiffException.SourceUnavailable("topic=" + name + ": interrupted while Kafka was asked", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
