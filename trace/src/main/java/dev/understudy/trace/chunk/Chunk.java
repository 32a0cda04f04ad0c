package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Entry;
import java.util.List;

/** A run of consecutive entries of one lane: one Kafka record. */
public record Chunk(ChunkHeader header, List<Entry> entries) {
    /** The bound for an encoded chunk, in bytes. */
    public static final int MAX_BYTES = 512 * 1024;

    /** Copies the list. */
    public Chunk {
        entries = List.copyOf(entries);
    }
}
