package dev.understudy.capture.sink;

import dev.understudy.capture.spool.LaneSpool;
import dev.understudy.capture.spool.Spool;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes chunks out of the spool and sends them, each lane's in order, with a bound on what is not acknowledged yet. When
 * the sink fails it takes a new one and sends again whatever was not acknowledged.
 *
 * <p>Runs on a thread of its own; {@link #stop} and the counts may be called from any thread.
 */
public final class Shipper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Shipper.class);

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long FIRST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Spool spool;
    private final Supplier<ChunkSink> sinks;
    private final int maxInFlightBytes;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    private volatile boolean stopped;
    private long backoffNanos = FIRST_BACKOFF_NANOS;

    /** One sink's life: its receipts count for nothing once it has been replaced. */
    private static final class Attempt {
        final AtomicLong inFlightBytes = new AtomicLong();
        volatile @Nullable Exception failure;
    }

    /**
     * A shipper.
     *
     * @param sinks opens a sink; it may fail with a RuntimeException and is asked again
     */
    public Shipper(Spool spool, Supplier<ChunkSink> sinks, int maxInFlightBytes) {
        this.spool = spool;
        this.sinks = sinks;
        this.maxInFlightBytes = maxInFlightBytes;
    }

    /** How many chunks have been acknowledged. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** How often sending failed; what was not acknowledged is sent again each time. */
    public long failures() {
        return failures.get();
    }

    /** Ends {@link #run} soon; what is not acknowledged stays in the spool. */
    public void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            Attempt attempt = new Attempt();
            try (ChunkSink sink = sinks.get()) {
                ship(sink, attempt);
            } catch (IOException | RuntimeException e) {
                attempt.failure = e;
            }
            Exception failure = attempt.failure;
            for (int lane = 0; lane < spool.lanes(); lane++) {
                spool.lane(lane).rewind();
            }
            if (failure != null && !stopped) {
                failures.incrementAndGet();
                LOG.warn(
                        "backoff={}ms spooled={}B: chunks could not be sent and will be sent again: {}",
                        TimeUnit.NANOSECONDS.toMillis(backoffNanos),
                        spool.pendingBytes(),
                        failure.toString());
                LockSupport.parkNanos(backoffNanos);
                backoffNanos = Math.min(MAX_BACKOFF_NANOS, 2 * backoffNanos);
            }
        }
    }

    private void ship(ChunkSink sink, Attempt attempt) throws IOException {
        while (!stopped && attempt.failure == null) {
            boolean sent = false;
            for (int lane = 0; lane < spool.lanes() && attempt.failure == null; lane++) {
                sent |= shipNext(sink, attempt, lane);
            }
            if (!sent) {
                LockSupport.parkNanos(IDLE_NANOS);
            }
        }
    }

    private boolean shipNext(ChunkSink sink, Attempt attempt, int lane) throws IOException {
        if (attempt.inFlightBytes.get() >= maxInFlightBytes) {
            return false;
        }
        LaneSpool from = spool.lane(lane);
        LaneSpool.Frame frame = from.next();
        if (frame == null) {
            return false;
        }
        int length = frame.chunk().length;
        attempt.inFlightBytes.addAndGet(length);
        sink.send(lane, frame.chunk(), new ChunkSink.Receipt() {
            @Override
            public void acknowledged() {
                attempt.inFlightBytes.addAndGet(-length);
                from.acknowledge(frame);
                acknowledged.incrementAndGet();
                backoffNanos = FIRST_BACKOFF_NANOS;
            }

            @Override
            public void failed(Exception why) {
                attempt.failure = why;
            }
        });
        return true;
    }
}
