package dev.understudy.trace.entry;

import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * An exchange that was still open when its chunk closed: its request so far. A {@link Done} of the same id follows, in
 * the same lane, unless the agent died.
 *
 * @param counter the shared counter at writing
 * @param id session and ordinal
 * @param before the transaction status when the exchange began
 * @param segments where the request paused so far; never empty
 * @param request the client's frames so far; a frame under way may be cut off at its end
 * @param requestParts how many {@link Part} entries before this one hold the request's bytes; 0 where {@code request}
 *     does
 */
public record Begun(
        long counter,
        ExchangeId id,
        TransactionStatus before,
        List<Segment> segments,
        ByteBuf request,
        int requestParts)
        implements Entry {
    /** Copies the list. */
    public Begun {
        segments = List.copyOf(segments);
    }

    /** The counter when the exchange's first bytes were read. */
    public long sentAfter() {
        return segments.get(0).sentAfter();
    }
}
