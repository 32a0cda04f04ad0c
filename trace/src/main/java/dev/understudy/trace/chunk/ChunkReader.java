package dev.understudy.trace.chunk;

import io.netty.buffer.ByteBuf;

/** Reads chunks. */
public final class ChunkReader {
    private ChunkReader() {}

    /**
     * Reads one encoded chunk.
     *
     * @param bytes borrowed, an unpooled heap buffer; the entries hold views of it
     * @throws ChunkFormatException for an unknown version (by name), a wrong checksum, or anything cut off
     */
    public static Chunk read(ByteBuf bytes) {
        throw new UnsupportedOperationException();
    }
}
