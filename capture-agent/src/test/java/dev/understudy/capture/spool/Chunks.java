package dev.understudy.capture.spool;

import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.chunk.ChunkReader;
import dev.understudy.trace.chunk.ChunkWriter;
import dev.understudy.trace.entry.Async;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.UUID;

/** Chunks that are told apart by their seq. */
public final class Chunks {
    private Chunks() {}

    /** A chunk with that seq and about so many bytes. */
    public static ByteBuf chunk(long seq, int bytes) {
        ChunkWriter writer = new ChunkWriter(Chunk.MAX_BYTES);
        writer.add(new Async(0, 1, 0, Unpooled.wrappedBuffer(new byte[bytes])));
        return writer.close(new ChunkHeader(new UUID(1, 2), 1, 0, 1, seq, 0, 0, 0, 0, 0));
    }

    /** The seq of a chunk. */
    public static long seq(byte[] chunk) {
        return ChunkReader.read(Unpooled.wrappedBuffer(chunk)).header().seq();
    }
}
