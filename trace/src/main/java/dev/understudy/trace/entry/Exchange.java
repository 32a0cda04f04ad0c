package dev.understudy.trace.entry;

import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;

/**
 * A whole exchange in one entry: nearly all of them.
 *
 * @param counter the shared counter at writing
 * @param id session and ordinal
 * @param doneNo the exchange's number: the shared counter's value after its tick, when the answer's end was read and
 *     before it was forwarded
 * @param before the transaction status when the exchange began
 * @param flags what else is to be known
 * @param segments where the request paused; never empty, the first one carries the exchange's {@code sentAfter}
 * @param request the client's frames as they were on the wire, whole; an unpooled view, never released. Empty where the
 *     bytes stand in {@link Part} entries
 * @param requestParts how many {@link Part} entries before this one hold the request's bytes; 0 where {@code request}
 *     does
 * @param answer what the server answered
 */
public record Exchange(
        long counter,
        ExchangeId id,
        long doneNo,
        TransactionStatus before,
        Set<ExchangeFlag> flags,
        List<Segment> segments,
        ByteBuf request,
        int requestParts,
        Answer answer)
        implements Entry {
    /** Copies the collections. */
    public Exchange {
        flags = Set.copyOf(flags);
        segments = List.copyOf(segments);
    }

    /** The counter when the exchange's first bytes were read. */
    public long sentAfter() {
        return segments.get(0).sentAfter();
    }
}
