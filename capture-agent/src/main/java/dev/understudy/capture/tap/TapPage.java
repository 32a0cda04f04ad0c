package dev.understudy.capture.tap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of tap records on its way from an event loop to its recorder and back. It belongs to whoever took it from its
 * queue last; the queues hand it over safely.
 *
 * <pre>
 *   record: offset  bytes
 *                0      1  kind ({@link TapKind}'s ordinal)
 *                1      1  detail: flag, reason or transaction status, by kind
 *                2      2  unused
 *                4      4  payload length n
 *                8      4  the session's serial number
 *               12      4  index of the attachment
 *               16      8  the exchange's ordinal
 *               24      8  stamp: a counter's value
 *               32      8  nanos, or a count of bytes
 *               40      n  payload
 * </pre>
 */
final class TapPage {
    static final int HEADER_LENGTH = 40;
    static final int KIND_AT = 0;
    static final int DETAIL_AT = 1;
    static final int LENGTH_AT = 4;
    static final int SERIAL_AT = 8;
    static final int ATTACHMENT_AT = 12;
    static final int ORDINAL_AT = 16;
    static final int STAMP_AT = 24;
    static final int NANOS_AT = 32;

    private static final UnpooledByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true, true);

    final ByteBuf bytes;
    final List<Object> attachments = new ArrayList<>();

    /** The counter when the page was handed over: whatever is read later is stamped with at least this. */
    long counter;
    /** Exchanges forwarded by the loop, up to this page's end and without losses that stand in no page yet. */
    long forwarded;
    /** Sessions open on the loop. */
    int sessions;

    TapPage(int capacity) {
        bytes = MEMORY.directBuffer(capacity, capacity);
    }

    void clear() {
        bytes.clear();
        attachments.clear();
    }
}
