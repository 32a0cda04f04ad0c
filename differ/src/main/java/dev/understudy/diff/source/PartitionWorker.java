package dev.understudy.diff.source;

import dev.understudy.diff.summary.SummaryCodec;
import dev.understudy.diff.tally.OutcomeFold;
import dev.understudy.diff.tally.PartitionTally;
import dev.understudy.diff.tally.Progress;
import dev.understudy.diff.tally.TallyEntry;
import dev.understudy.trace.chunk.ChunkFormatException;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.OutcomeBatch;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of the outcomes in one process: its tally, and the transactions in which that is kept together with how
 * far it reaches. After a failure it is of no use any more: whoever goes on begins with what was committed.
 *
 * <p>Belongs to one thread.
 */
final class PartitionWorker implements AutoCloseable {
    /** Kept after so many outcomes, or so long: what a crash throws away. */
    private static final int KEEP_OUTCOMES = 10_000;

    private static final Duration KEEP_AFTER = Duration.ofSeconds(1);

    private final TopicPartition partition;
    private final String topic;
    private final SumsId sums;
    private final OutcomeFold fold;
    private final KafkaProducer<byte[], byte[]> producer;
    private final PartitionTally tally;
    private long keptOffset;
    private long keptOutcomes;
    private long keptNanos = System.nanoTime();

    /**
     * Takes a partition over: whoever had it before, dead or alive, can keep nothing any more, and only then is what was
     * kept read.
     *
     * @throws KafkaException if that is not possible now
     */
    PartitionWorker(
            TopicPartition partition,
            SumsId sums,
            OutcomeFold fold,
            SummaryReader summary,
            KafkaSettings settings,
            String topic) {
        this.partition = partition;
        this.topic = topic;
        this.sums = sums;
        this.fold = fold;
        this.producer = new KafkaProducer<>(settings.writer(sums.transactionalId(partition.partition())));
        try {
            producer.initTransactions();
            summary.catchUp(Set.of(partition.partition()));
            this.tally = summary.restore(partition.partition());
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
        this.keptOffset = tally.progress().offset();
        this.keptOutcomes = tally.progress().outcomes();
    }

    /** How far it has come, kept or not. */
    Progress progress() {
        return tally.progress();
    }

    /** Up to which offset its sums are kept. */
    long keptOffset() {
        return keptOffset;
    }

    /** Takes records in, and where the next one will be. */
    void take(List<ConsumerRecord<byte[], byte[]>> records, long next) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() >= tally.progress().offset()) {
                take(record.value());
            }
        }
        tally.progress(tally.progress().at(next));
    }

    private void take(byte[] value) {
        OutcomeBatch batch;
        try {
            batch = OutcomeBatch.read(Unpooled.wrappedBuffer(value));
        } catch (ChunkFormatException e) {
            // Counted, so that the verdict cannot be GO; the other batches still tell what they tell.
            tally.progress(tally.progress().plusUnreadable());
            return;
        }
        if (tally.progress().isNew(batch)) {
            for (Outcome outcome : batch.outcomes()) {
                fold.add(outcome, tally);
            }
            tally.progress(tally.progress().plus(batch));
        }
    }

    /** Whether it is time to keep what was taken in. */
    boolean isDue(long end) {
        long offset = tally.progress().offset();
        return offset > keptOffset
                && (offset >= end
                        || tally.progress().outcomes() - keptOutcomes >= KEEP_OUTCOMES
                        || System.nanoTime() - keptNanos >= KEEP_AFTER.toNanos());
    }

    /**
     * Keeps what changed and how far it reaches, all or nothing.
     *
     * @throws KafkaException if that failed; the worker is then of no use any more
     */
    void keep(ConsumerGroupMetadata member) {
        Progress progress = tally.progress();
        if (progress.offset() == keptOffset) {
            return;
        }
        producer.beginTransaction();
        tally.takeChanges(entry -> send(entry.name(), SummaryCodec.writeValue(entry)), name -> send(name, null));
        producer.sendOffsetsToTransaction(Map.of(partition, new OffsetAndMetadata(progress.offset())), member);
        producer.commitTransaction();
        keptOffset = progress.offset();
        keptOutcomes = progress.outcomes();
        keptNanos = System.nanoTime();
    }

    private void send(TallyEntry.Name name, byte @org.jspecify.annotations.Nullable [] value) {
        byte[] key = SummaryCodec.writeKey(new SummaryCodec.Key(sums.digest(), partition.partition(), name));
        producer.send(new ProducerRecord<>(topic, partition.partition(), key, value));
    }

    /** Throws away what was not kept; an open transaction is aborted by whoever takes over, or by the broker. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
