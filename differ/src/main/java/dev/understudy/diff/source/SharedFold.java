package dev.understudy.diff.source;

import dev.understudy.diff.DiffException;
import dev.understudy.diff.DiffListener;
import dev.understudy.diff.tally.OutcomeFold;
import dev.understudy.diff.tally.PartitionTally;
import dev.understudy.trace.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds a run's outcomes as one of any number of processes: a consumer group shares the partitions out, each partition's
 * tally lives in the summary topic, and a process that dies or stalls is gone on for by the others from what it had
 * kept. Whatever fails, the way on is the same: forget the partition's tally, take the partition over anew, and read what
 * was committed.
 *
 * <p>One thread. Holds the tallies of the partitions that it has, and the kept pieces of all.
 */
final class SharedFold implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedFold.class);

    private static final Duration POLL = Duration.ofMillis(100);
    /** A partition that cannot be taken over or kept for so long is given up. */
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(120);

    private final RunTopics run;
    private final KafkaSettings settings;
    private final SumsId sums;
    private final OutcomeFold fold;
    private final DiffListener listener;
    private final long expected;
    private final SummaryTopic topic;
    private final SummaryReader summary;
    private final Map<Integer, PartitionWorker> workers = new HashMap<>();
    private final Set<Integer> toOpen = new HashSet<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long told = -1;
    private long lastProgressNanos = System.nanoTime();
    private long failingSinceNanos;
    private boolean failing;

    private SharedFold(
            RunTopics run,
            KafkaSettings settings,
            SumsId sums,
            OutcomeFold fold,
            DiffListener listener,
            SummaryTopic topic,
            SummaryReader summary) {
        this.run = run;
        this.settings = settings;
        this.sums = sums;
        this.fold = fold;
        this.listener = listener;
        this.topic = topic;
        this.summary = summary;
        this.expected = run.facts().end() == null
                ? -1
                : run.facts().end().outcomes().stream()
                        .mapToLong(Long::longValue)
                        .sum();
        this.consumer = new KafkaConsumer<>(settings.member(sums.group()));
    }

    /**
     * The tallies of all partitions, each at least up to where the outcomes ended when the run was read. What was kept
     * of them before is not read again.
     *
     * @throws DiffException if Kafka does not allow it, or the processes do not get on
     */
    static List<PartitionTally> fold(
            RunTopics run, KafkaSettings settings, SumsId sums, OutcomeFold fold, DiffListener listener) {
        String name = run.facts().start().run();
        if (run.ends().isEmpty()) {
            return List.of();
        }
        try (SummaryTopic topic = new SummaryTopic(name, run.ends().size(), settings)) {
            if (!topic.exists()) {
                topic.ensure();
            }
            try (SummaryReader summary = new SummaryReader(topic, sums, settings)) {
                summary.catchUp();
                if (!isComplete(run, summary)) {
                    try (SharedFold shared = new SharedFold(run, settings, sums, fold, listener, topic, summary)) {
                        shared.run();
                    }
                    summary.catchUp();
                }
                List<PartitionTally> tallies = new ArrayList<>();
                for (int partition = 0; partition < run.ends().size(); partition++) {
                    tallies.add(summary.restore(partition));
                }
                return tallies;
            }
        } catch (KafkaException e) {
            throw KafkaFailure.of("run=" + name + " outcomes", e);
        }
    }

    private static boolean isComplete(RunTopics run, SummaryReader summary) {
        for (int partition = 0; partition < run.ends().size(); partition++) {
            if (summary.progress(partition).offset() < run.ends().get(partition)) {
                return false;
            }
        }
        return true;
    }

    private void run() {
        consumer.subscribe(List.of(TopicNames.outcomes(run.facts().start().run())), this);
        while (!isComplete(run, summary)) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            open();
            for (TopicPartition partition : records.partitions()) {
                PartitionWorker worker = workers.get(partition.partition());
                if (worker != null) {
                    worker.take(records.records(partition), consumer.position(partition));
                }
            }
            keep();
            summary.poll(Duration.ZERO);
            tell();
        }
    }

    /** Takes partitions over that were assigned, or whose worker failed. */
    private void open() {
        for (Integer number : List.copyOf(toOpen)) {
            TopicPartition partition = partition(number);
            try {
                PartitionWorker worker = new PartitionWorker(partition, sums, fold, summary, settings, topic.name());
                workers.put(number, worker);
                toOpen.remove(number);
                seek(partition, worker);
                succeeded();
            } catch (KafkaException | DiffException.SourceUnavailable e) {
                failed(number, e);
            }
        }
    }

    private void seek(TopicPartition partition, PartitionWorker worker) {
        long from = Math.max(
                worker.progress().offset(),
                consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L));
        consumer.seek(partition, from);
        if (from < run.ends().get(partition.partition())) {
            consumer.resume(List.of(partition));
        }
        // Where nothing is left to read, that is to be kept too.
        worker.take(List.of(), from);
    }

    private void keep() {
        for (Map.Entry<Integer, PartitionWorker> each : List.copyOf(workers.entrySet())) {
            PartitionWorker worker = each.getValue();
            long end = run.ends().get(each.getKey());
            if (!worker.isDue(end)) {
                continue;
            }
            try {
                worker.keep(consumer.groupMetadata());
                succeeded();
                if (worker.keptOffset() >= end) {
                    consumer.pause(List.of(partition(each.getKey())));
                }
            } catch (KafkaException e) {
                failed(each.getKey(), e);
            }
        }
    }

    private void succeeded() {
        failing = false;
        lastProgressNanos = System.nanoTime();
    }

    /** Forgets a partition's tally; it is taken over anew after the next poll, if it still is this process's. */
    private void failed(int number, RuntimeException failure) {
        if (failure instanceof KafkaException kafka && KafkaFailure.isFinal(kafka)) {
            throw failure;
        }
        if (!failing) {
            failing = true;
            failingSinceNanos = System.nanoTime();
        } else if (System.nanoTime() - failingSinceNanos > GIVE_UP_AFTER.toNanos()) {
            throw failure;
        }
        LOG.debug("partition={} begins again from what was kept: {}", number, failure.toString());
        drop(number);
        if (consumer.assignment().contains(partition(number))) {
            consumer.pause(List.of(partition(number)));
            toOpen.add(number);
        }
    }

    private void drop(int number) {
        toOpen.remove(number);
        PartitionWorker worker = workers.remove(number);
        if (worker != null) {
            worker.close();
        }
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(TopicNames.outcomes(run.facts().start().run()), number);
    }

    private void tell() {
        long read = 0;
        for (int partition = 0; partition < run.ends().size(); partition++) {
            PartitionWorker worker = workers.get(partition);
            long kept = summary.progress(partition).outcomes();
            read += worker == null ? kept : Math.max(kept, worker.progress().outcomes());
        }
        if (read != told) {
            told = read;
            lastProgressNanos = System.nanoTime();
            listener.progress(read, expected);
        } else if (System.nanoTime() - lastProgressNanos
                > settings.stalledAfter().toNanos()) {
            throw new DiffException.SourceUnavailable(
                    "group=" + sums.group() + ": nothing was compared for "
                            + settings.stalledAfter().toSeconds()
                            + " s, and other processes hold the partitions that are left; end them, or look what they wait for");
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        partitions.forEach(partition -> toOpen.add(partition.partition()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionWorker worker = workers.get(partition.partition());
            if (worker != null) {
                try {
                    worker.keep(consumer.groupMetadata());
                } catch (KafkaException e) {
                    LOG.debug("partition={} is given away without what was not kept: {}", partition, e.toString());
                }
            }
            drop(partition.partition());
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> drop(partition.partition()));
    }

    @Override
    public void close() {
        for (Iterator<PartitionWorker> left = workers.values().iterator(); left.hasNext(); ) {
            left.next().close();
            left.remove();
        }
        consumer.close();
    }
}
