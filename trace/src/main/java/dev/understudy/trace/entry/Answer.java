package dev.understudy.trace.entry;

import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * What the server answered to one exchange.
 *
 * @param frames the backend's frames as they were on the wire, less the omissions; an unpooled view, never released.
 *     Empty where the bytes stand in {@link Part} entries before this one
 * @param parts how many {@link Part} entries hold the answer's bytes; 0 where {@code frames} does
 * @param omissions what is missing from the frames, by offset
 * @param tags the CommandComplete tags in order
 * @param status the transaction status in the last ReadyForQuery, UNKNOWN if the connection ended before
 * @param firstNanos when the first answer byte was read, on the agent's monotonic clock; 0 if none was
 * @param endNanos when the answer's end was read; the connection's end if it broke off
 */
public record Answer(
        ByteBuf frames,
        int parts,
        List<Omission> omissions,
        List<String> tags,
        TransactionStatus status,
        long firstNanos,
        long endNanos) {
    /** Copies the lists. */
    public Answer {
        omissions = List.copyOf(omissions);
        tags = List.copyOf(tags);
    }
}
