package dev.understudy.cli.kafka;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.Suggestion;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.chunk.ChunkReader;
import dev.understudy.trace.ledger.Audit;
import dev.understudy.trace.ledger.AuditReport;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** The captures that Kafka holds. */
public final class Captures {
    private final KafkaAccess kafka;

    /** Those of this cluster. */
    public Captures(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * A capture, without having read it.
     *
     * @param name its name
     * @param lanes its partitions
     * @param chunks its records
     * @param first when its first chunk was written; the epoch if there is none
     * @param last when its last chunk was written; the epoch if there is none
     */
    public record Listed(String name, int lanes, long chunks, Instant first, Instant last) {}

    /** All of them, by name. */
    public List<Listed> list() throws InterruptedException, ExecutionException {
        try (Admin admin = kafka.admin()) {
            Map<String, String> nameByTopic = new TreeMap<>();
            for (String topic : admin.listTopics().names().get()) {
                TopicNames.captureOf(topic).ifPresent(name -> nameByTopic.put(topic, name));
            }
            List<Listed> captures = new ArrayList<>();
            for (TopicDescription topic : admin.describeTopics(nameByTopic.keySet())
                    .allTopicNames()
                    .get()
                    .values()) {
                captures.add(describe(admin, String.valueOf(nameByTopic.get(topic.name())), topic));
            }
            captures.sort(java.util.Comparator.comparing(Listed::name));
            return captures;
        }
    }

    /**
     * Accounts for every number of a capture, from its trace alone.
     *
     * @throws CommandException if there is no such capture
     */
    public AuditReport audit(String capture) throws InterruptedException, ExecutionException {
        String topic = TopicNames.trace(capture);
        requireTopic(topic, capture);
        Audit audit = new Audit();
        TopicReader.read(
                kafka.properties(),
                topic,
                record -> audit.add(ChunkReader.read(Unpooled.wrappedBuffer(record.value()))));
        return audit.report();
    }

    private void requireTopic(String topic, String capture) throws InterruptedException, ExecutionException {
        TreeSet<String> names = new TreeSet<>();
        try (Admin admin = kafka.admin()) {
            for (String found : admin.listTopics().names().get()) {
                if (found.equals(topic)) {
                    return;
                }
                TopicNames.captureOf(found).ifPresent(names::add);
            }
        }
        throw CommandException.usage(
                "capture=" + capture + ": no such capture on " + kafka.bootstrapServers()
                        + Suggestion.didYouMean(capture, names),
                "`understudy captures` lists those there are");
    }

    private static Listed describe(Admin admin, String name, TopicDescription topic)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> earliest = new LinkedHashMap<>();
        Map<TopicPartition, OffsetSpec> latest = new LinkedHashMap<>();
        Map<TopicPartition, OffsetSpec> first = new LinkedHashMap<>();
        Map<TopicPartition, OffsetSpec> last = new LinkedHashMap<>();
        topic.partitions().forEach(info -> {
            TopicPartition partition = new TopicPartition(topic.name(), info.partition());
            earliest.put(partition, OffsetSpec.earliest());
            latest.put(partition, OffsetSpec.latest());
            first.put(partition, OffsetSpec.forTimestamp(0));
            last.put(partition, OffsetSpec.maxTimestamp());
        });
        long chunks = 0;
        for (ListOffsetsResultInfo end : admin.listOffsets(latest).all().get().values()) {
            chunks += end.offset();
        }
        for (ListOffsetsResultInfo begin :
                admin.listOffsets(earliest).all().get().values()) {
            chunks -= begin.offset();
        }
        long firstMillis = admin.listOffsets(first).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .filter(millis -> millis >= 0)
                .min()
                .orElse(0);
        long lastMillis = admin.listOffsets(last).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .filter(millis -> millis >= 0)
                .max()
                .orElse(0);
        return new Listed(
                name,
                topic.partitions().size(),
                chunks,
                Instant.ofEpochMilli(firstMillis),
                Instant.ofEpochMilli(lastMillis));
    }
}
