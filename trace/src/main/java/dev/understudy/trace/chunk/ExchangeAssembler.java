package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Segment;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole exchanges of a lane's entries: joins parts, and a {@link Done} with its {@link Begun}. Feed it the entries
 * of one lane in order. Belongs to one thread.
 *
 * <ul>
 *   <li>A Begun comes out as it is, its parts joined, so that it can be sent before its answer is known.
 *   <li>A Done comes out as the whole {@link Exchange}; as a Done if its Begun is not known (reading began in the middle,
 *       or the bound was reached).
 *   <li>Everything else comes out as it is; parts do not come out.
 * </ul>
 *
 * Where pieces are missing, see {@link PartAssembler}: then {@code requestParts} or {@code parts} are not 0.
 */
public final class ExchangeAssembler {
    /** What an open exchange counts for beside its request, in bytes. */
    private static final long OPEN_OVERHEAD_BYTES = 256;

    private final PartAssembler parts;
    private final long maxBytes;
    private final NavigableMap<ExchangeId, Begun> open =
            new TreeMap<>(Comparator.comparingLong(ExchangeId::session).thenComparingLong(ExchangeId::ordinal));
    private long openBytes;
    private long forgotten;

    /** An assembler that holds at most {@code maxBytes} of pieces, and as much again of open exchanges. */
    public ExchangeAssembler(long maxBytes) {
        this.parts = new PartAssembler(maxBytes);
        this.maxBytes = maxBytes;
    }

    /**
     * Takes the lane's next entry.
     *
     * @return what it makes whole; null if it was a part and the rest is still to come
     * @throws ChunkFormatException if the parts of an entry make up none
     */
    public @Nullable Entry accept(Entry entry) {
        Entry joined = parts.accept(entry);
        if (joined instanceof Begun begun) {
            return opened(begun);
        } else if (joined instanceof Done done) {
            Begun begun = open.get(done.id());
            close(done.id(), done.id().ordinal());
            return begun == null ? done : join(begun, done);
        } else if (joined instanceof Exchange exchange) {
            close(exchange.id(), exchange.id().ordinal());
        } else if (joined instanceof SessionEnd end) {
            close(new ExchangeId(end.session(), 0), Long.MAX_VALUE);
        }
        return joined;
    }

    /** The exchanges begun and not done so far; a view. */
    public Collection<Begun> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    /** How many open exchanges were forgotten because of the bound; their Done comes out as it is. */
    public long forgotten() {
        return forgotten;
    }

    /** How many pieces were given up, see {@link PartAssembler#dropped()}. */
    public long droppedParts() {
        return parts.dropped();
    }

    private Begun opened(Begun begun) {
        // A copy, so that an exchange open for hours does not hold the whole chunk that it began in.
        Begun own = new Begun(
                begun.counter(),
                begun.id(),
                begun.before(),
                begun.segments(),
                Unpooled.copiedBuffer(begun.request()),
                begun.requestParts());
        long bytes = bytes(own);
        if (bytes > maxBytes - openBytes) {
            forgotten++;
        } else {
            Begun earlier = open.put(own.id(), own);
            openBytes += bytes - (earlier == null ? 0 : bytes(earlier));
        }
        return own;
    }

    /** Exchanges of one session end in order: what is open before an end will never be done. */
    private void close(ExchangeId id, long upTo) {
        if (open.isEmpty()) {
            return;
        }
        Map<ExchangeId, Begun> ended =
                open.subMap(new ExchangeId(id.session(), 0), true, new ExchangeId(id.session(), upTo), true);
        for (Begun begun : ended.values()) {
            openBytes -= bytes(begun);
        }
        ended.clear();
    }

    private static long bytes(Begun begun) {
        return OPEN_OVERHEAD_BYTES + begun.request().readableBytes();
    }

    private static Exchange join(Begun begun, Done done) {
        List<Segment> segments = new ArrayList<>(begun.segments());
        segments.addAll(done.segments());
        int missing = begun.requestParts() + done.requestParts();
        ByteBuf request =
                missing == 0 ? Unpooled.copiedBuffer(begun.request(), done.requestRest()) : Unpooled.EMPTY_BUFFER;
        return new Exchange(
                done.counter(),
                begun.id(),
                done.doneNo(),
                begun.before(),
                done.flags(),
                segments,
                request,
                missing,
                done.answer());
    }
}
