package dev.understudy.diff.source;

import dev.understudy.diff.DiffException;
import dev.understudy.diff.summary.SummaryCodec;
import dev.understudy.diff.tally.Bounds;
import dev.understudy.diff.tally.PartitionTally;
import dev.understudy.diff.tally.Progress;
import dev.understudy.diff.tally.TallyEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows the summary topic: what was committed of one comparison's sums, by partition. What it holds is bounded as the
 * tallies are. Belongs to one thread.
 */
final class SummaryReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final SummaryTopic topic;
    private final SumsId sums;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Map<TallyEntry.Name, byte[]>> pieces = new ArrayList<>();
    private final Progress[] progress;

    SummaryReader(SummaryTopic topic, SumsId sums, KafkaSettings settings) {
        this.topic = topic;
        this.sums = sums;
        this.consumer = new KafkaConsumer<>(settings.reader());
        this.progress = new Progress[topic.partitions()];
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            pieces.add(new HashMap<>());
            progress[partition] = Progress.NONE;
            all.add(new TopicPartition(topic.name(), partition));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Takes in what has come, waiting no longer than that for the first of it. */
    void poll(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            take(record);
        }
    }

    /** Reads everything that had been committed before. */
    void catchUp() {
        catchUp(IntStream.range(0, topic.partitions()).boxed().collect(java.util.stream.Collectors.toSet()));
    }

    /** Reads everything that had been committed before of some partitions. */
    void catchUp(Set<Integer> partitions) {
        Map<Integer, Long> ends = topic.ends(partitions);
        long since = System.nanoTime();
        for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            TopicPartition partition = new TopicPartition(topic.name(), end.getKey());
            while (consumer.position(partition) < end.getValue()) {
                poll(POLL);
                if (System.nanoTime() - since > KafkaSettings.PATIENCE.toNanos()) {
                    throw new DiffException.SourceUnavailable("topic=" + topic.name() + " partition="
                            + end.getKey() + ": expected to read up to offset " + end.getValue() + " within "
                            + KafkaSettings.PATIENCE.toSeconds() + " s, came to " + consumer.position(partition)
                            + "; a transaction may be open there");
                }
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        SummaryCodec.Key key = SummaryCodec.readKey(record.key());
        if (!key.sums().equals(sums.digest()) || key.partition() != record.partition()) {
            return;
        }
        Map<TallyEntry.Name, byte[]> ofPartition = pieces.get(record.partition());
        if (record.value() == null) {
            ofPartition.remove(key.name());
            return;
        }
        ofPartition.put(key.name(), record.value());
        if (key.name().kind().equals("sums")
                && SummaryCodec.readValue("sums", record.value()) instanceof TallyEntry.Sums newest) {
            progress[record.partition()] = newest.progress();
        }
    }

    /** How far a partition was read, as last committed. */
    Progress progress(int partition) {
        return progress[partition];
    }

    /** A partition's tally as last committed. */
    PartitionTally restore(int partition) {
        List<TallyEntry> entries = new ArrayList<>();
        pieces.get(partition).forEach((name, value) -> entries.add(SummaryCodec.readValue(name.kind(), value)));
        return PartitionTally.restore(Bounds.DEFAULT, entries);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
