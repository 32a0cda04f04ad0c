package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Entry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.zip.CRC32C;

/**
 * Writes one chunk after the other into a buffer of its own that it reuses. Belongs to one thread.
 *
 * <p>A chunk is an {@link Envelope} whose header and body are:
 *
 * <pre>
 *  byte
 *  16  16  agent
 *  32   4  epoch
 *  36   4  lane
 *  40   4  lanes
 *  44   4  how many entries the body has
 *  48   8  seq
 *  56   8  counterOpen
 *  64   8  counterClose
 *  72   8  monotonicNanos
 *  80   8  wallMicros
 *  88   4  wallErrorMicros
 *  92   B  the entries; each a varint length, then as many bytes, drawn at EntryCodec
 * </pre>
 */
public final class ChunkWriter {
    /** The least that a chunk may be bounded to, in bytes. */
    public static final int MIN_BYTES = 4096;

    static final int HEADER_BYTES = 76;
    private static final int BODY_AT = Envelope.PREFIX_BYTES + HEADER_BYTES;
    private static final int LARGEST_ENTRY_LENGTH = 3;
    private static final int USUAL_ENTRY_LENGTH = 2;
    private static final int FIRST_BUFFER_BYTES = 16 * 1024;

    private final int maxBytes;
    private final WireWriter out;
    private final EntryContext context = new EntryContext();
    private final EntryContext before = new EntryContext();
    private final CRC32C checksum = new CRC32C();
    private int entries;

    /** A writer whose chunks are at most {@code maxBytes} long, 4 KiB to {@link Chunk#MAX_BYTES}. */
    public ChunkWriter(int maxBytes) {
        if (maxBytes < MIN_BYTES || maxBytes > Chunk.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "maxBytes=" + maxBytes + ": expected " + MIN_BYTES + " to " + Chunk.MAX_BYTES);
        }
        this.maxBytes = maxBytes;
        this.out = new WireWriter(FIRST_BUFFER_BYTES, maxBytes - BODY_AT);
    }

    /**
     * Adds an entry to the open chunk. Allocates nothing but for the buffer's growth, as far as entries of exchanges
     * are concerned.
     *
     * @return false if it does not fit: close the chunk and add it to the next one
     * @throws IllegalArgumentException if it does not fit an empty chunk (split it by {@link Parts} first); said once
     *     the chunk is empty
     */
    public boolean add(Entry entry) {
        int start = out.position();
        before.set(context);
        try {
            out.skip(USUAL_ENTRY_LENGTH);
            EntryCodec.write(out, context, entry);
            int length = out.position() - start - USUAL_ENTRY_LENGTH;
            int width = varintBytes(length);
            if (width != USUAL_ENTRY_LENGTH) {
                out.shift(start + USUAL_ENTRY_LENGTH, width - USUAL_ENTRY_LENGTH);
            }
            out.varintAt(start, length);
        } catch (WireOverflow full) {
            out.rewind(start);
            context.set(before);
            if (entries == 0) {
                throw new IllegalArgumentException(
                        "entry=" + entry.getClass().getSimpleName() + ": expected at most maxEntryBytes="
                                + maxEntryBytes() + "; split it by Parts",
                        full);
            }
            return false;
        }
        entries++;
        return true;
    }

    /** How many entries the open chunk has. */
    public int entries() {
        return entries;
    }

    /** How many bytes the open chunk has so far, header included. */
    public int bytes() {
        return BODY_AT + out.position();
    }

    /** The largest encoded entry that an empty chunk takes, in bytes. */
    public int maxEntryBytes() {
        return maxBytes - BODY_AT - LARGEST_ENTRY_LENGTH;
    }

    /**
     * Closes the chunk and starts an empty one.
     *
     * @return the encoded chunk in an unpooled heap buffer that is the caller's
     */
    public ByteBuf close(ChunkHeader header) {
        byte[] whole = out.copy(BODY_AT);
        ByteBuf chunk = Unpooled.wrappedBuffer(whole);
        chunk.writerIndex(Envelope.PREFIX_BYTES);
        chunk.writeLong(header.agent().getMostSignificantBits());
        chunk.writeLong(header.agent().getLeastSignificantBits());
        chunk.writeInt(header.epoch());
        chunk.writeInt(header.lane());
        chunk.writeInt(header.lanes());
        chunk.writeInt(entries);
        chunk.writeLong(header.seq());
        chunk.writeLong(header.counterOpen());
        chunk.writeLong(header.counterClose());
        chunk.writeLong(header.monotonicNanos());
        chunk.writeLong(header.wallMicros());
        chunk.writeInt(header.wallErrorMicros());
        chunk.writerIndex(whole.length);
        Envelope.seal(whole, Envelope.Kind.CHUNK, 0, HEADER_BYTES, checksum);
        out.rewind(0);
        context.clear();
        entries = 0;
        return chunk;
    }

    private static int varintBytes(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : LARGEST_ENTRY_LENGTH;
    }
}
