package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Part;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins what {@link Parts}, or a recorder that wrote parts as they came, split. Feed it the entries of one lane in
 * order; sessions may interleave. Belongs to one thread.
 *
 * <p>Pieces are copied, and held up to a bound in bytes. Where an entry's pieces exceeded it, or are not all there
 * (reading began in the middle, a gap), the entry comes back unjoined: its {@code requestParts} or {@code parts} still
 * say how many there should be.
 */
public final class PartAssembler {
    /** A bound that holds the longest entry with room to spare, in bytes. */
    public static final long DEFAULT_MAX_BYTES = 256 << 20;

    private static final Comparator<Key> ORDER = Comparator.comparingLong(Key::session)
            .thenComparingLong(Key::ordinal)
            .thenComparing(Key::of);

    private final long maxBytes;
    private final NavigableMap<Key, Pieces> pendingFrames = new TreeMap<>(ORDER);
    private final NavigableMap<Key, Pieces> pendingEntries = new TreeMap<>(ORDER);
    private long heldBytes;
    private long dropped;

    /** An assembler that holds at most {@code maxBytes} of pieces. */
    public PartAssembler(long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes=" + maxBytes + ": expected at least 1");
        }
        this.maxBytes = maxBytes;
    }

    /**
     * Takes the lane's next entry.
     *
     * @return the entry, joined; null if it was a part and the rest is still to come
     * @throws ChunkFormatException if the parts of an entry make up none
     */
    public @Nullable Entry accept(Entry entry) {
        if (!(entry instanceof Part part)) {
            return whole(entry);
        }
        if (part.of() != Part.Of.ENTRY) {
            add(part, pendingFrames);
            return null;
        }
        Pieces pieces = add(part, pendingEntries);
        if (!pieces.isWholeEntry()) {
            return null;
        }
        remove(pendingEntries, new Key(part.id(), part.of()));
        return whole(pieces.entry());
    }

    /** How many bytes of pieces are held. */
    public long heldBytes() {
        return heldBytes;
    }

    /** How many pieces were given up: beyond the bound, without those before them, or never followed by their entry. */
    public long dropped() {
        return dropped;
    }

    private Pieces add(Part part, NavigableMap<Key, Pieces> pending) {
        Key key = new Key(part.id(), part.of());
        if (part.index() == 0) {
            drop(pending.subMap(key, true, key, true));
        }
        Pieces pieces = pending.computeIfAbsent(key, absent -> new Pieces());
        int bytes = part.bytes().readableBytes();
        boolean fits = bytes <= maxBytes - heldBytes && pieces.length() <= Integer.MAX_VALUE - bytes;
        if (pieces.isLost() || part.index() != pieces.count() || !fits) {
            heldBytes -= pieces.length();
            dropped += pieces.lose() + 1;
        } else {
            pieces.add(part.bytes());
            heldBytes += bytes;
        }
        return pieces;
    }

    private Entry whole(Entry entry) {
        if (entry instanceof SessionEnd end) {
            drop(before(pendingFrames, end.session(), Long.MAX_VALUE));
            drop(before(pendingEntries, end.session(), Long.MAX_VALUE));
            return entry;
        }
        Frames frames = pendingFrames.isEmpty() ? null : Frames.of(entry);
        return frames == null ? entry : join(frames).in(entry);
    }

    private Frames join(Frames frames) {
        ExchangeId id = frames.id();
        Frames joined = frames;
        ByteBuf request = take(new Key(id, Part.Of.REQUEST), frames.requestParts(), frames.request());
        if (request != null) {
            joined = joined.withRequest(request, 0);
        }
        if (frames.answer() != null) {
            ByteBuf answer = take(
                    new Key(id, Part.Of.ANSWER),
                    frames.answerParts(),
                    frames.answer().frames());
            if (answer != null) {
                joined = joined.withAnswer(answer, 0);
            }
            // Exchanges of one session end in order: what is left of those before will never be counted.
            drop(before(pendingFrames, id.session(), id.ordinal()));
        }
        return joined;
    }

    /** The pieces, then what stands in the entry itself; null if there are none or not all. */
    private @Nullable ByteBuf take(Key key, int count, ByteBuf own) {
        if (count == 0) {
            return null;
        }
        Pieces pieces = pendingFrames.get(key);
        if (pieces == null) {
            return null;
        }
        remove(pendingFrames, key);
        if (pieces.isLost() || pieces.count() != count) {
            dropped += pieces.lose();
            return null;
        }
        return own.isReadable() ? Unpooled.copiedBuffer(pieces.bytes(), own) : pieces.bytes();
    }

    private void remove(NavigableMap<Key, Pieces> pending, Key key) {
        Pieces pieces = pending.remove(key);
        if (pieces != null) {
            heldBytes -= pieces.length();
        }
    }

    private static Map<Key, Pieces> before(NavigableMap<Key, Pieces> pending, long session, long ordinal) {
        return pending.subMap(
                new Key(session, Long.MIN_VALUE, Part.Of.REQUEST),
                true,
                new Key(session, ordinal, Part.Of.REQUEST),
                false);
    }

    private void drop(Map<Key, Pieces> leftOver) {
        for (Pieces pieces : leftOver.values()) {
            heldBytes -= pieces.length();
            dropped += pieces.lose();
        }
        leftOver.clear();
    }

    /** What pieces belong together by. */
    private record Key(long session, long ordinal, Part.Of of) {
        Key(ExchangeId id, Part.Of of) {
            this(id.session(), id.ordinal(), of);
        }
    }
}
