package dev.understudy.replay.outcome;

import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.source.MemoryWindow;
import dev.understudy.replay.taint.TaintTracker;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.OutcomeBatchWriter;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Writes outcomes to Kafka, on a thread of its own: one batch for each partition at a time, closed when it is large or
 * old enough. What waits here is bounded by the memory window, out of which every finished exchange has its weight.
 */
public final class OutcomePublisher implements Runnable {
    private static final int BATCH_BYTES = 256 * 1024;
    private static final long BATCH_NANOS = 250_000_000;
    private static final int TAKEN_AT_ONCE = 1_024;
    /** Nobody waits for an outcome: who adds one need not wake this thread up for each. */
    private static final long PAUSE_NANOS = 2_000_000;

    private sealed interface Item {}

    private record Ended(Finished finished) implements Item {}

    private record SessionOver(long session) implements Item {}

    private record Last() implements Item {}

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final MemoryWindow window;
    private final OutcomeBuilder builder;
    private final OutcomeListener listener;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final List<OutcomeBatchWriter> batches = new ArrayList<>();
    private final long[] outcomes;
    private final Map<Disposition, Long> dispositions = new EnumMap<>(Disposition.class);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long nextCloseNanos;

    /**
     * A publisher of a run's outcomes.
     *
     * @param lanes partitions of the outcomes topic
     * @param producer the caller's; closed by it after {@link #run} has returned
     * @param maxOutcomeBytes above it an outcome is cut
     * @param listener hears of what is written
     * @param arms the arms as they are before the run, and the captured catalog, null if the trace has none
     */
    public OutcomePublisher(
            String run,
            int lanes,
            Producer<byte[], byte[]> producer,
            MemoryWindow window,
            int maxOutcomeBytes,
            OutcomeListener listener,
            List<ArmState> arms,
            @Nullable Catalog captured) {
        this.topic = TopicNames.outcomes(run);
        this.producer = producer;
        this.window = window;
        this.listener = listener;
        boolean withControl = arms.stream().anyMatch(state -> state.arm() == Arm.CONTROL);
        this.builder = new OutcomeBuilder(maxOutcomeBytes, withControl, TaintTracker.of(arms, captured));
        this.outcomes = new long[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            batches.add(new OutcomeBatchWriter(lane));
        }
    }

    /** From any thread: an exchange has ended; each session's in order. */
    public void add(Finished finished) {
        queue.add(new Ended(finished));
    }

    /** From any thread: nothing more comes of this session. */
    public void sessionOver(long session) {
        queue.add(new SessionOver(session));
    }

    /** From any thread: nothing more comes at all. */
    public void finish() {
        queue.add(new Last());
    }

    /** From any thread: how many exchanges wait to be written. */
    public int unwritten() {
        return queue.size();
    }

    /** From any thread: why nothing can be written any more, as what is to be thrown; null while it can. */
    public @Nullable RuntimeException failure() {
        Exception error = failure.get();
        if (error == null) {
            return null;
        }
        return error instanceof KafkaException
                ? new ServiceUnreachable("Kafka does not take outcomes: " + error, error)
                : new IllegalStateException("outcomes can't be written", error);
    }

    /** Writes until {@link #finish}. After a failure it goes on taking, so that nobody waits for room, but drops. */
    @Override
    public void run() {
        nextCloseNanos = System.nanoTime() + BATCH_NANOS;
        try {
            List<Item> taken = new ArrayList<>(TAKEN_AT_ONCE);
            boolean last = false;
            while (!last) {
                if (queue.drainTo(taken, TAKEN_AT_ONCE) == 0) {
                    TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
                }
                for (Item item : taken) {
                    last |= take(item);
                }
                taken.clear();
                if (System.nanoTime() - nextCloseNanos >= 0 || last) {
                    batches.forEach(this::close);
                    nextCloseNanos = System.nanoTime() + BATCH_NANOS;
                }
            }
            producer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.compareAndSet(null, e);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private boolean take(Item item) {
        if (item instanceof Ended ended) {
            write(ended.finished());
        } else if (item instanceof SessionOver over) {
            builder.end(over.session());
        }
        return item instanceof Last;
    }

    private void write(Finished finished) {
        int lane = finished.session().partition();
        Outcome outcome = builder.build(finished);
        OutcomeBatchWriter batch = batches.get(lane);
        batch.add(outcome);
        outcomes[lane]++;
        dispositions.merge(outcome.disposition(), 1L, Long::sum);
        window.release(finished.weight());
        listener.written(outcome);
        if (batch.bytes() >= BATCH_BYTES) {
            close(batch);
        }
    }

    private void close(OutcomeBatchWriter batch) {
        if (batch.outcomes() == 0) {
            return;
        }
        byte[] value = ByteBufUtil.getBytes(batch.close());
        if (failure.get() != null) {
            return;
        }
        listener.handedOver(value.length);
        try {
            producer.send(new ProducerRecord<>(topic, batches.indexOf(batch), null, value), (metadata, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
    }

    /**
     * After {@link #run}: how many outcomes each partition got.
     *
     * @throws ServiceUnreachable if Kafka did not take them all
     */
    public List<Long> outcomes() {
        RuntimeException error = failure();
        if (error != null) {
            throw error;
        }
        List<Long> counts = new ArrayList<>();
        for (long count : outcomes) {
            counts.add(count);
        }
        return counts;
    }

    /** After {@link #run}: how many outcomes ended in each class. */
    public Map<Disposition, Long> dispositions() {
        return Map.copyOf(dispositions);
    }
}
