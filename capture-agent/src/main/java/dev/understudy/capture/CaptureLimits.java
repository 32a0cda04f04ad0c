package dev.understudy.capture;

import dev.understudy.trace.chunk.Chunk;
import java.time.Duration;

/**
 * The bounds of a capture agent. Its memory for recording is at most {@code lanes × (loopBufferBytes + assemblyBytes) +
 * inFlightBytes}, 32 MiB that Kafka's producer buffers, and a few chunks. Two things come on top: for each session the
 * two channels' write buffers (64 KiB and one read each), and, once half of {@code assemblyBytes} is in use, up to 1/64
 * of a chunk for either side of every exchange in flight. Its disk is at most {@code spoolBytes} and a chunk a lane.
 *
 * @param loopBufferBytes what an event loop may hold for its recorder; beyond it exchanges become gaps
 * @param assemblyBytes what a recorder may hold of unfinished exchanges; beyond it they go into the trace in small parts
 * @param spoolBytes what may wait on disk for Kafka, all lanes together
 * @param inFlightBytes what may wait for Kafka's acknowledgement, all lanes together
 * @param maxResultBytes how much of one result is recorded; the rest is counted and digested
 * @param chunkBytes the bound for one chunk
 * @param flushInterval how long an entry may wait for its chunk to close
 * @param heartbeatInterval how often a lane without traffic says so
 * @param drainTimeout how long {@link CaptureAgent#close()} waits for open exchanges, and then for Kafka
 */
public record CaptureLimits(
        int loopBufferBytes,
        int assemblyBytes,
        long spoolBytes,
        int inFlightBytes,
        int maxResultBytes,
        int chunkBytes,
        Duration flushInterval,
        Duration heartbeatInterval,
        Duration drainTimeout) {
    /** The size of one page of a loop's buffer. */
    public static final int PAGE_BYTES = 256 * 1024;

    private static final int MIN_LOOP_BUFFER_BYTES = 2 * PAGE_BYTES;
    private static final int MIN_CHUNK_BYTES = 4 * 1024;
    private static final long MIN_SPOOL_BYTES = 4L * Chunk.MAX_BYTES;

    /** Checks every value. */
    public CaptureLimits {
        check(loopBufferBytes >= MIN_LOOP_BUFFER_BYTES, "loopBufferBytes", loopBufferBytes, MIN_LOOP_BUFFER_BYTES);
        check(assemblyBytes >= Chunk.MAX_BYTES, "assemblyBytes", assemblyBytes, Chunk.MAX_BYTES);
        check(spoolBytes >= MIN_SPOOL_BYTES, "spoolBytes", spoolBytes, MIN_SPOOL_BYTES);
        check(inFlightBytes >= Chunk.MAX_BYTES, "inFlightBytes", inFlightBytes, Chunk.MAX_BYTES);
        check(maxResultBytes >= 0, "maxResultBytes", maxResultBytes, 0);
        check(chunkBytes >= MIN_CHUNK_BYTES, "chunkBytes", chunkBytes, MIN_CHUNK_BYTES);
        if (chunkBytes > Chunk.MAX_BYTES) {
            throw invalid("chunkBytes=" + chunkBytes + ": expected at most " + Chunk.MAX_BYTES);
        }
        positive("flushInterval", flushInterval);
        positive("heartbeatInterval", heartbeatInterval);
        positive("drainTimeout", drainTimeout);
    }

    /** 64 MiB a loop, 32 MiB of unfinished exchanges, 1 GiB of spool, 1 MiB a result, chunks every 200 ms. */
    public static CaptureLimits defaults() {
        return new CaptureLimits(
                64 << 20,
                32 << 20,
                1L << 30,
                16 << 20,
                1 << 20,
                Chunk.MAX_BYTES,
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10));
    }

    /** The same with another bound for a loop's buffer. */
    public CaptureLimits withLoopBufferBytes(int bytes) {
        return new CaptureLimits(
                bytes,
                assemblyBytes,
                spoolBytes,
                inFlightBytes,
                maxResultBytes,
                chunkBytes,
                flushInterval,
                heartbeatInterval,
                drainTimeout);
    }

    /** The same with another bound for the spool. */
    public CaptureLimits withSpoolBytes(long bytes) {
        return new CaptureLimits(
                loopBufferBytes,
                assemblyBytes,
                bytes,
                inFlightBytes,
                maxResultBytes,
                chunkBytes,
                flushInterval,
                heartbeatInterval,
                drainTimeout);
    }

    /** The same with another bound for a recorded result. */
    public CaptureLimits withMaxResultBytes(int bytes) {
        return new CaptureLimits(
                loopBufferBytes,
                assemblyBytes,
                spoolBytes,
                inFlightBytes,
                bytes,
                chunkBytes,
                flushInterval,
                heartbeatInterval,
                drainTimeout);
    }

    /** The same with another flush interval. */
    public CaptureLimits withFlushInterval(Duration interval) {
        return new CaptureLimits(
                loopBufferBytes,
                assemblyBytes,
                spoolBytes,
                inFlightBytes,
                maxResultBytes,
                chunkBytes,
                interval,
                heartbeatInterval,
                drainTimeout);
    }

    /** The same with another time to drain. */
    public CaptureLimits withDrainTimeout(Duration timeout) {
        return new CaptureLimits(
                loopBufferBytes,
                assemblyBytes,
                spoolBytes,
                inFlightBytes,
                maxResultBytes,
                chunkBytes,
                flushInterval,
                heartbeatInterval,
                timeout);
    }

    private static void check(boolean holds, String name, long value, long least) {
        if (!holds) {
            throw invalid(name + "=" + value + ": expected at least " + least);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw invalid(name + "=" + value + ": expected more than nothing");
        }
    }

    private static CaptureException invalid(String message) {
        return new CaptureException(CaptureException.Category.INVALID, message);
    }
}
