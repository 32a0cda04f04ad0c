package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Part;
import dev.understudy.trace.entry.SessionSnapshot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits what does not fit one chunk. The frames of an exchange go first, as parts of its request or answer, the longer
 * of the two before the other; what is then still too long (very many segments, a catalog, a snapshot) goes as parts of
 * an entry, which together are:
 *
 * <pre>
 *  byte
 *   0  4  E: length of the encoded entry
 *   4  E  the entry as drawn at EntryCodec, with no entry before it
 * </pre>
 *
 * {@link PartAssembler} joins them again. Stateless.
 */
public final class Parts {
    /** The longest entry that can be split, what of its frames goes as parts aside, in bytes. */
    public static final int MAX_ENTRY_BYTES = 64 << 20;

    static final int LENGTH_BYTES = 4;

    /** A part's fields at their longest. */
    private static final int PART_OVERHEAD = 48;
    /** How much longer than alone an entry may become behind another one: three numbers. */
    private static final int CONTEXT_OVERHEAD = 30;

    private static final int USUAL_ENTRY_OVERHEAD = 512;
    private static final int USUAL_LIST = 4;
    private static final int FIRST_BUFFER_BYTES = 4096;

    private Parts() {}

    /**
     * The entries to write in place of one, in order; the entry alone where it fits.
     *
     * @param entry borrowed; parts hold views of its buffers
     * @param maxEntryBytes what an empty chunk takes, {@link ChunkWriter#maxEntryBytes()}
     * @throws IllegalArgumentException if the entry exceeds {@link #MAX_ENTRY_BYTES}
     */
    public static List<Entry> split(Entry entry, int maxEntryBytes) {
        if (fits(entry, maxEntryBytes)) {
            return List.of(entry);
        }
        int pieceBytes = maxEntryBytes - PART_OVERHEAD;
        List<Entry> entries = new ArrayList<>();
        Entry rest = entry;
        Frames frames = Frames.of(entry);
        if (frames != null) {
            boolean answerFirst = frames.answerBytes() > frames.requestBytes();
            for (int side = 0; side < 2 && !fits(rest, maxEntryBytes); side++) {
                boolean ofAnswer = answerFirst == (side == 0);
                frames = ofAnswer
                        ? cutAnswer(frames, entry.counter(), pieceBytes, entries)
                        : cutRequest(frames, entry.counter(), pieceBytes, entries);
                rest = frames.in(entry);
            }
        }
        if (fits(rest, maxEntryBytes)) {
            entries.add(rest);
        } else {
            ExchangeId id = new ExchangeId(session(rest), rest.counter());
            cut(encode(rest), rest.counter(), id, Part.Of.ENTRY, pieceBytes, entries);
        }
        return entries;
    }

    private static Frames cutRequest(Frames frames, long counter, int pieceBytes, List<Entry> out) {
        if (frames.requestParts() != 0) {
            return frames;
        }
        int parts = cut(frames.request(), counter, frames.id(), Part.Of.REQUEST, pieceBytes, out);
        return frames.withRequest(Unpooled.EMPTY_BUFFER, parts);
    }

    private static Frames cutAnswer(Frames frames, long counter, int pieceBytes, List<Entry> out) {
        if (frames.answer() == null || frames.answerParts() != 0) {
            return frames;
        }
        int parts = cut(frames.answer().frames(), counter, frames.id(), Part.Of.ANSWER, pieceBytes, out);
        return frames.withAnswer(Unpooled.EMPTY_BUFFER, parts);
    }

    private static int cut(ByteBuf bytes, long counter, ExchangeId id, Part.Of of, int pieceBytes, List<Entry> out) {
        int index = 0;
        for (int at = bytes.readerIndex(); at < bytes.writerIndex(); index++) {
            int length = Math.min(pieceBytes, bytes.writerIndex() - at);
            out.add(new Part(counter, id, of, index, bytes.slice(at, length)));
            at += length;
        }
        return index;
    }

    private static boolean fits(Entry entry, int maxEntryBytes) {
        long atLeast = 0;
        Frames frames = entry instanceof Exchange ? null : Frames.of(entry);
        if (entry instanceof Exchange exchange) {
            atLeast = (long) exchange.request().readableBytes()
                    + exchange.answer().frames().readableBytes();
            if (isUsual(exchange) && atLeast + USUAL_ENTRY_OVERHEAD <= maxEntryBytes) {
                return true;
            }
        } else if (frames != null) {
            atLeast = (long) frames.requestBytes() + frames.answerBytes();
        }
        return atLeast <= maxEntryBytes && encodesWithin(entry, maxEntryBytes - CONTEXT_OVERHEAD);
    }

    /** Without encoding it: an exchange as nearly all are, whose fields beside the frames are short. */
    private static boolean isUsual(Exchange exchange) {
        if (exchange.segments().size() > USUAL_LIST
                || exchange.answer().tags().size() > USUAL_LIST
                || !exchange.answer().omissions().isEmpty()) {
            return false;
        }
        int tagBytes = 0;
        for (int i = 0; i < exchange.answer().tags().size(); i++) {
            tagBytes += exchange.answer().tags().get(i).length() * 3;
        }
        return tagBytes < USUAL_ENTRY_OVERHEAD / 2;
    }

    private static boolean encodesWithin(Entry entry, int limit) {
        try {
            EntryCodec.write(new WireWriter(FIRST_BUFFER_BYTES, limit), new EntryContext(), entry);
            return true;
        } catch (WireOverflow tooLong) {
            return false;
        }
    }

    private static ByteBuf encode(Entry entry) {
        WireWriter out = new WireWriter(FIRST_BUFFER_BYTES, MAX_ENTRY_BYTES);
        out.transaction(() -> EntryCodec.write(out, new EntryContext(), entry));
        ByteBuf encoded = Unpooled.wrappedBuffer(out.copy(LENGTH_BYTES));
        return encoded.setInt(0, encoded.readableBytes() - LENGTH_BYTES);
    }

    private static long session(Entry entry) {
        if (entry instanceof Exchange exchange) {
            return exchange.id().session();
        } else if (entry instanceof Begun begun) {
            return begun.id().session();
        } else if (entry instanceof Done done) {
            return done.id().session();
        } else if (entry instanceof SessionSnapshot snapshot) {
            return snapshot.session();
        }
        return 0;
    }
}
