package dev.understudy.capture;

import dev.understudy.capture.sink.ChunkSink;
import dev.understudy.capture.sink.TraceStore;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkReader;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A trace kept in memory, that can be down. */
class MemoryTraceStore implements TraceStore {
    private final List<List<byte[]>> lanes = new ArrayList<>();
    private volatile boolean down;

    @Override
    public synchronized void prepare(int count, boolean first) {
        while (lanes.size() < count) {
            lanes.add(new ArrayList<>());
        }
    }

    /** From now on sending fails, or works again. */
    void down(boolean isDown) {
        down = isDown;
    }

    @Override
    public ChunkSink open() {
        if (down) {
            throw new IllegalStateException("the store is down");
        }
        return new ChunkSink() {
            @Override
            public void send(int lane, byte[] chunk, Receipt receipt) {
                if (down) {
                    receipt.failed(new IllegalStateException("the store is down"));
                } else {
                    take(lane, chunk);
                    receipt.acknowledged();
                }
            }

            @Override
            public void close() {}
        };
    }

    private synchronized void take(int lane, byte[] chunk) {
        lanes.get(lane).add(chunk);
    }

    /** Every byte of the trace. */
    synchronized List<byte[]> bytes() {
        return lanes.stream().flatMap(List::stream).toList();
    }

    /** The chunks so far, by lane. */
    synchronized List<List<Chunk>> chunks() {
        List<List<Chunk>> all = new ArrayList<>();
        for (List<byte[]> lane : lanes) {
            all.add(lane.stream()
                    .map(bytes -> ChunkReader.read(Unpooled.wrappedBuffer(bytes)))
                    .toList());
        }
        return all;
    }
}
