package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Entry;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads chunks; {@link ChunkWriter} draws their layout. */
public final class ChunkReader {
    /** How many bytes {@link #length} needs. */
    public static final int PREFIX_BYTES = Envelope.PREFIX_BYTES;

    private static final int LEAST_ENTRY_BYTES = 3;

    private ChunkReader() {}

    /**
     * Reads one encoded chunk.
     *
     * @param bytes borrowed, an unpooled heap buffer; the entries hold views of it. Its indexes stay as they are
     * @throws ChunkFormatException for an unknown version (by name), a wrong checksum, or anything cut off
     */
    public static Chunk read(ByteBuf bytes) {
        Envelope.Opened opened = Envelope.open(Envelope.Kind.CHUNK, bytes, ChunkWriter.HEADER_BYTES);
        WireReader head = opened.header();
        UUID agent = new UUID(head.i64("agent"), head.i64("agent"));
        int epoch = head.i32("epoch");
        int lane = head.i32("lane");
        int lanes = head.i32("lanes");
        int count = head.i32("entry count");
        ChunkHeader header = new ChunkHeader(
                agent,
                epoch,
                lane,
                lanes,
                head.i64("seq"),
                head.i64("counterOpen"),
                head.i64("counterClose"),
                head.i64("monotonicNanos"),
                head.i64("wallMicros"),
                head.i32("wallErrorMicros"));
        return new Chunk(header, entries(opened.body(), count));
    }

    /**
     * The length of an encoded chunk, from its first {@link #PREFIX_BYTES} bytes: where chunks stand back to back, this
     * is where the next one begins.
     *
     * @param bytes borrowed; its indexes stay as they are
     * @throws ChunkFormatException for what is no chunk, an unknown version, or fewer bytes than that
     */
    public static int length(ByteBuf bytes) {
        return Envelope.length(Envelope.Kind.CHUNK, bytes);
    }

    private static List<Entry> entries(WireReader in, int count) {
        if (count < 0 || count > in.remaining() / LEAST_ENTRY_BYTES) {
            throw in.expected("entries of at least " + LEAST_ENTRY_BYTES + " bytes each, but the header counts " + count
                    + " in " + in.remaining() + " bytes");
        }
        List<Entry> entries = new ArrayList<>(count);
        EntryContext context = new EntryContext();
        for (int i = 0; i < count; i++) {
            WireReader entry = in.part(in.size("entry length"));
            entries.add(EntryCodec.read(entry, context));
            entry.expectEnd("the entry");
        }
        in.expectEnd("the last entry");
        return entries;
    }
}
