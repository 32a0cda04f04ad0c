package dev.understudy.replay.target;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer's bytes as they come. As long as they are the expected ones nothing is copied; from the first byte
 * that is not, they are kept, up to a bound.
 */
final class AnswerCollector {
    private static final int FIRST_CAPACITY = 256;

    private final ByteBuf expected;
    private final int maxBytes;
    private int matched;
    private @Nullable ByteBuf kept;
    private long truncated;

    /**
     * @param expected borrowed until the answer's end; what the answer is compared with
     * @param comparable whether equality says anything: not if parts of the expected answer are missing
     */
    AnswerCollector(ByteBuf expected, boolean comparable, int maxBytes) {
        this.expected = expected;
        this.maxBytes = maxBytes;
        if (!comparable) {
            kept = Unpooled.buffer(Math.min(FIRST_CAPACITY, maxBytes));
        }
    }

    /** Takes the next bytes; {@code bytes} is borrowed, its indexes are not moved. */
    void append(ByteBuf bytes, int from, int length) {
        if (length == 0) {
            return;
        }
        if (kept == null) {
            int at = expected.readerIndex() + matched;
            if (length <= expected.writerIndex() - at && ByteBufUtil.equals(expected, at, bytes, from, length)) {
                matched += length;
                return;
            }
            kept = Unpooled.buffer(Math.min(maxBytes, matched + length + FIRST_CAPACITY));
            keep(kept, expected, expected.readerIndex(), matched);
        }
        keep(kept, bytes, from, length);
    }

    private void keep(ByteBuf out, ByteBuf bytes, int from, int length) {
        int room = Math.min(length, maxBytes - out.writerIndex());
        out.writeBytes(bytes, from, room);
        truncated += length - room;
    }

    /** Whether all of the expected bytes came and nothing else. */
    boolean isSame() {
        return kept == null && matched == expected.readableBytes();
    }

    /** The bytes, up to the bound; empty if they are the expected ones. */
    ByteBuf frames() {
        if (kept != null) {
            return kept;
        }
        return isSame() ? Unpooled.EMPTY_BUFFER : expected.slice(expected.readerIndex(), matched);
    }

    long truncated() {
        return truncated;
    }
}
