package dev.understudy.replay.source;

import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.selection.LeftOut;
import dev.understudy.replay.selection.SelectionGate;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.ledger.Audit;
import dev.understudy.trace.ledger.AuditReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads a trace ahead of need, on a thread of its own, and delivers its work.
 *
 * <p>All partitions are read while the memory window has room. When it is full, reading stops; if the schedule cannot
 * go on without more ({@linkplain MemoryWindow#starving starves}), the partition that keeps the watermark down is read
 * on, and when even that has gone too far, the exchange that holds everything up is given out without its answer.
 */
public final class TraceSource implements Runnable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FULL_PAUSE = Duration.ofMillis(2);

    private final TraceTopic topic;
    private final MemoryWindow window;
    private final Consumer<Delivery> listener;
    private final List<LaneReader> lanes = new ArrayList<>();
    private final List<SelectionGate> gates = new ArrayList<>();
    private final Audit audit = new Audit();
    private List<Work> works = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    private long counted;
    private volatile boolean countOnly;
    private volatile boolean stopped;

    /**
     * A reader of a whole trace.
     *
     * @param topic where; this object's until {@link #run} returns
     * @param intake what of it is to be replayed
     * @param readings tells of exchanges what their content says; this object's too
     * @param listener called on the reading thread
     */
    public TraceSource(
            TraceTopic topic,
            Intake intake,
            ExchangeReadings readings,
            MemoryWindow window,
            Consumer<Delivery> listener) {
        this.topic = topic;
        this.window = window;
        this.listener = listener;
        for (int partition = 0; partition < topic.partitions(); partition++) {
            Consumer<Work> out = works();
            if (!intake.selection().isWhole()) {
                SelectionGate gate = new SelectionGate(intake.selection(), out);
                gates.add(gate);
                out = gate;
            }
            lanes.add(new LaneReader(partition, intake, readings, out));
        }
    }

    private Consumer<Work> works() {
        return work -> {
            if (!countOnly) {
                window.take(work.weight());
                works.add(work);
            } else if (work instanceof Work.Run) {
                counted++;
            }
        };
    }

    /** Reads until the trace's end, or until stopped. */
    @Override
    public void run() {
        boolean ended = markEnded();
        while (!stopped) {
            if (!ended) {
                read();
                ended = markEnded();
            }
            deliver(ended);
            if (ended) {
                return;
            }
        }
    }

    private void read() {
        Set<Integer> wanted = wanted();
        List<ConsumerRecord<byte[], byte[]>> records = topic.poll(wanted, wanted.isEmpty() ? FULL_PAUSE : POLL);
        if (!records.isEmpty()) {
            window.fed();
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Chunk chunk = TraceTopic.chunk(record);
            audit.add(chunk);
            lanes.get(record.partition()).read(chunk);
        }
    }

    private Set<Integer> wanted() {
        Set<Integer> wanted = new HashSet<>();
        if (countOnly || !window.isFull()) {
            for (int lane = 0; lane < lanes.size(); lane++) {
                if (!lanes.get(lane).isEnded()) {
                    wanted.add(lane);
                }
            }
        } else if (window.isStarving()) {
            LaneReader lowest = lanes.stream()
                    .min(Comparator.comparingLong(LaneReader::watermark))
                    .orElseThrow();
            boolean released = window.isOverfull() && lowest.releaseOldest();
            if (released) {
                window.fed();
            } else if (!lowest.isEnded()) {
                wanted.add(lanes.indexOf(lowest));
            }
        }
        return wanted;
    }

    private boolean markEnded() {
        for (int partition : topic.ended()) {
            LaneReader lane = lanes.get(partition);
            if (!lane.isEnded()) {
                lane.end();
            }
        }
        return lanes.stream().allMatch(LaneReader::isEnded);
    }

    private void deliver(boolean end) {
        long now = lanes.stream().mapToLong(LaneReader::watermark).min().orElse(Long.MAX_VALUE);
        if (works.isEmpty() && now == watermark && !end) {
            return;
        }
        watermark = now;
        List<Work> delivered = works;
        works = new ArrayList<>();
        listener.accept(new Delivery(delivered, now, end));
    }

    /** From any thread: reads the rest as fast as it goes, only to account for it; nothing more is delivered. */
    public void countOnly() {
        countOnly = true;
    }

    /** From any thread: ends {@link #run} at the next opportunity. */
    public void stop() {
        stopped = true;
    }

    /** After {@link #run}: what the trace accounts for, as far as it was read. */
    public AuditReport audit() {
        return audit.report();
    }

    /** After {@link #run}: exchanges that were read only to account for them. */
    public long counted() {
        return counted;
    }

    /** After {@link #run}: exchanges that the selection left out, by the reason. */
    public Map<LeftOut, Long> leftOut() {
        Map<LeftOut, Long> sum = new EnumMap<>(LeftOut.class);
        gates.forEach(gate -> gate.leftOut().forEach((why, count) -> sum.merge(why, count, Long::sum)));
        return sum;
    }

    /** After {@link #run}: how many of them seem to write. */
    public long leftOutWrites() {
        return gates.stream().mapToLong(SelectionGate::leftOutWrites).sum();
    }

    /** After {@link #run}: exchanges that were given out before their end was read, which then never came. */
    public long neverDone() {
        return lanes.stream().mapToLong(LaneReader::neverDone).sum();
    }

    /** After {@link #run}: exchanges still open when the trace was read; it does not account for them. */
    public long openAtEnd() {
        return lanes.stream().mapToLong(LaneReader::openAtEnd).sum();
    }

    /** After {@link #run}: chunks whose numbers are missing. */
    public long missingChunks() {
        return lanes.stream().mapToLong(LaneReader::missingChunks).sum();
    }
}
