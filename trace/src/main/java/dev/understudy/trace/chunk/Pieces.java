package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Part;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The pieces of one request, answer or entry so far, joined as they come. */
final class Pieces {
    private final ByteBuf bytes = Unpooled.buffer();
    private int count;
    private boolean lost;

    /** How many bytes are held. */
    int length() {
        return bytes.readableBytes();
    }

    /** How many pieces came. */
    int count() {
        return count;
    }

    boolean isLost() {
        return lost;
    }

    ByteBuf bytes() {
        return bytes;
    }

    void add(ByteBuf piece) {
        bytes.writeBytes(piece, piece.readerIndex(), piece.readableBytes());
        count++;
    }

    /** Gives up the pieces and all that follow; how many they were. */
    int lose() {
        int given = count;
        bytes.clear().capacity(0);
        count = 0;
        lost = true;
        return given;
    }

    /** Whether these are all pieces of an entry. */
    boolean isWholeEntry() {
        if (bytes.readableBytes() < Parts.LENGTH_BYTES) {
            return false;
        }
        int expected = bytes.getInt(0);
        int present = bytes.readableBytes() - Parts.LENGTH_BYTES;
        if (expected < 1 || expected > Parts.MAX_ENTRY_BYTES || present > expected) {
            throw new ChunkFormatException("entry in parts: expected a length of " + present + " to "
                    + Parts.MAX_ENTRY_BYTES + " bytes, found " + expected);
        }
        return present == expected;
    }

    /** The entry that these are the pieces of. */
    Entry entry() {
        WireReader in =
                new WireReader("entry in parts", bytes.slice(Parts.LENGTH_BYTES, length() - Parts.LENGTH_BYTES));
        Entry entry = EntryCodec.read(in, new EntryContext());
        in.expectEnd("the entry");
        if (entry instanceof Part) {
            throw new ChunkFormatException("entry in parts: expected any entry but another part");
        }
        return entry;
    }
}
