package dev.understudy.replay.recorder;

import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.chunk.ChunkWriter;
import dev.understudy.trace.chunk.Parts;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/** One lane's chunks. Guarded by its recorder's lock. */
final class Lane {
    private final UUID agent;
    private final int lane;
    private final int lanes;
    private final LongSupplier counter;
    private final ChunkWriter writer;
    private final List<byte[]> chunks = new ArrayList<>();
    /** What is open and not yet recorded, and what is recorded as begun. */
    private final Map<ExchangeId, Begun> open = new LinkedHashMap<>();

    /** Beyond it, what is left of a chunk is kept for what is begun. */
    private final int roomyBytes;

    private final Map<ExchangeId, Begun> begun = new LinkedHashMap<>();
    private long counterOpen;
    private long seq;

    Lane(UUID agent, int lane, int lanes, int chunkBytes, LongSupplier counter) {
        this.agent = agent;
        this.lane = lane;
        this.lanes = lanes;
        this.counter = counter;
        this.writer = new ChunkWriter(chunkBytes);
        this.roomyBytes = chunkBytes * 3 / 4;
    }

    void opened(Begun exchange) {
        open.put(exchange.id(), exchange);
    }

    /** Ends an exchange; the Begun with which it was recorded before, if it was. */
    boolean wasBegun(ExchangeId id) {
        open.remove(id);
        return begun.remove(id) != null;
    }

    void add(Entry entry) {
        for (Entry piece : Parts.split(entry, writer.maxEntryBytes() * 3 / 4)) {
            if (writer.bytes() > roomyBytes || !writer.add(piece)) {
                closeChunk();
                if (!writer.add(piece)) {
                    throw new IllegalStateException("does not fit an empty chunk");
                }
            }
        }
    }

    void closeChunk() {
        for (Begun exchange : open.values()) {
            Begun now = new Begun(
                    counter.getAsLong(), exchange.id(), exchange.before(), exchange.segments(), exchange.request(), 0);
            if (writer.add(now)) {
                begun.put(now.id(), now);
            } else {
                throw new IllegalStateException("no room for what is begun: use larger chunks");
            }
        }
        open.clear();
        long close = counter.getAsLong();
        chunks.add(ByteBufUtil.getBytes(writer.close(new ChunkHeader(
                agent, 1, lane, lanes, seq++, counterOpen, close, 0, TraceRecorder.WALL_AT_ZERO_MICROS, 1))));
        counterOpen = close;
    }

    boolean isEmpty() {
        return writer.entries() == 0;
    }

    List<byte[]> chunks() {
        return chunks;
    }
}
