package dev.understudy.capture.recorder;

import dev.understudy.capture.OnFull;
import dev.understudy.capture.spool.SpoolWriter;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.chunk.ChunkWriter;
import dev.understudy.trace.chunk.Parts;
import dev.understudy.trace.entry.Entry;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lane's chunks on their way into the spool, one open at a time. No chunk is opened without room in the spool for it,
 * so whatever was added is in the spool once its chunk is closed, and what cannot be added was never begun.
 *
 * <p>A chunk that the disk refused is kept and tried again; until then nothing can be added. Belongs to the lane's
 * recorder thread.
 */
final class LaneChunks {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long BLOCKED_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final LaneIdentity identity;
    private final ChunkWriter writer;
    private final SpoolWriter spool;
    private final OnFull onFull;
    private final TapClock clock;
    private final LongSupplier counterClose;

    private boolean open;
    private boolean stopped;
    private volatile boolean closing;
    private long counterOpen;
    private long seq;
    private @Nullable ByteBuf refused;
    private @Nullable IOException refusal;
    private long refusedNanos;

    /**
     * Chunks of a lane.
     *
     * @param counterClose what a chunk that is closed right now may promise
     */
    LaneChunks(
            LaneIdentity identity,
            int chunkBytes,
            SpoolWriter spool,
            OnFull onFull,
            TapClock clock,
            LongSupplier counterClose) {
        this.identity = identity;
        this.onFull = onFull;
        this.writer = new ChunkWriter(chunkBytes);
        this.spool = spool;
        this.clock = clock;
        this.counterClose = counterClose;
    }

    /** Adds an entry, split where it is too long; answers false where the spool has no room for it. */
    boolean add(Entry entry) {
        if (!tryOpen()) {
            return false;
        }
        if (writer.entries() > 0) {
            if (writer.add(entry)) {
                return true;
            }
            close();
        }
        for (Entry piece : Parts.split(entry, writer.maxEntryBytes())) {
            if (!addPiece(piece)) {
                return false;
            }
        }
        return true;
    }

    private boolean addPiece(Entry piece) {
        if (!tryOpen()) {
            return false;
        }
        if (writer.entries() == 0 || !writer.add(piece)) {
            close();
            return tryOpen() && writer.add(piece);
        }
        return true;
    }

    /** Whether an entry could be added now. */
    boolean tryOpen() {
        if (open) {
            return true;
        }
        if (refused != null && !writeAgain(refused)) {
            return false;
        }
        if (!closing && stopped || !reserve()) {
            stopped = onFull == OnFull.STOP;
            return false;
        }
        opened();
        return true;
    }

    private boolean reserve() {
        while (!spool.tryReserve()) {
            if (closing) {
                spool.reserveAnyway();
                return true;
            }
            if (onFull != OnFull.BLOCK) {
                return false;
            }
            LockSupport.parkNanos(BLOCKED_NANOS);
        }
        return true;
    }

    /** What is added from here on closes the lane in good order, for which the spool's bound may be exceeded. */
    void closing() {
        closing = true;
    }

    private void opened() {
        open = true;
        counterOpen = counterClose.getAsLong();
    }

    int entries() {
        return open ? writer.entries() : 0;
    }

    /** How many chunks have been closed. */
    long closed() {
        return seq;
    }

    /** Why the disk refused the last chunk, null if it did not. */
    @Nullable IOException refusal() {
        return refusal;
    }

    /** Closes the open chunk if it has entries. */
    void close() {
        if (entries() == 0) {
            return;
        }
        long before = clock.nanos();
        long wallMicros = clock.wallMicros();
        long after = clock.nanos();
        int errorMicros = (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMicros(after - before) + 1);
        ByteBuf chunk = writer.close(new ChunkHeader(
                identity.agent(),
                identity.epoch(),
                identity.lane(),
                identity.lanes(),
                seq,
                counterOpen,
                counterClose.getAsLong(),
                before + (after - before) / 2,
                wallMicros,
                errorMicros));
        seq++;
        open = false;
        write(chunk);
    }

    private boolean writeAgain(ByteBuf chunk) {
        return clock.nanos() - refusedNanos >= RETRY_NANOS && write(chunk);
    }

    private boolean write(ByteBuf chunk) {
        try {
            spool.append(chunk);
            refused = null;
            refusal = null;
            return true;
        } catch (IOException e) {
            refused = chunk;
            refusal = e;
            refusedNanos = clock.nanos();
            return false;
        }
    }
}
