package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Entry;
import io.netty.buffer.ByteBuf;

/** Writes one chunk after the other into a buffer of its own that it reuses. Belongs to one thread. */
public final class ChunkWriter {
    /** A writer whose chunks are at most {@code maxBytes} long, 4 KiB to {@link Chunk#MAX_BYTES}. */
    public ChunkWriter(int maxBytes) {}

    /**
     * Adds an entry to the open chunk.
     *
     * @return false if it does not fit: close the chunk and add it to the next one
     * @throws IllegalArgumentException if it would not fit an empty chunk (split it into parts first)
     */
    public boolean add(Entry entry) {
        throw new UnsupportedOperationException();
    }

    /** How many entries the open chunk has. */
    public int entries() {
        throw new UnsupportedOperationException();
    }

    /** How many bytes the open chunk has so far, header included. */
    public int bytes() {
        throw new UnsupportedOperationException();
    }

    /** The largest encoded entry that an empty chunk takes, in bytes. */
    public int maxEntryBytes() {
        throw new UnsupportedOperationException();
    }

    /**
     * Closes the chunk and starts an empty one.
     *
     * @return the encoded chunk in an unpooled heap buffer that is the caller's
     */
    public ByteBuf close(ChunkHeader header) {
        throw new UnsupportedOperationException();
    }
}
