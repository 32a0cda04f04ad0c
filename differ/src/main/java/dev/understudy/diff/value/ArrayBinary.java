package dev.understudy.diff.value;

import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays in binary, as {@code array_send} writes them.
 *
 * <pre>
 * int32 dimensions | int32 hasNull | int32 element type | dimensions × (int32 length, int32 lower bound)
 * elements × (int32 length or −1, bytes)
 * </pre>
 */
final class ArrayBinary {
    private static final int MAX_DIMENSIONS = 6;
    private static final int HEADER = 12;

    private ArrayBinary() {}

    /** The array; null if the bytes are none. */
    static @Nullable Value decode(PgType element, ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        if (end - at < HEADER) {
            return null;
        }
        int dimensions = bytes.getInt(at);
        at += HEADER;
        if (dimensions < 0 || dimensions > MAX_DIMENSIONS || end - at < 8 * dimensions) {
            return null;
        }
        StringBuilder shape = new StringBuilder();
        long count = dimensions == 0 ? 0 : 1;
        for (int i = 0; i < dimensions; i++, at += 8) {
            int length = bytes.getInt(at);
            int lower = bytes.getInt(at + 4);
            shape.append('[')
                    .append(lower)
                    .append(':')
                    .append((long) lower + length - 1)
                    .append(']');
            count *= Math.max(0, length);
            if (count > (end - at) / 4) {
                return null;
            }
        }
        List<@Nullable Value> elements = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            int length = end - at < 4 ? Integer.MIN_VALUE : bytes.getInt(at);
            at += 4;
            if (length < -1 || length > end - at) {
                return null;
            }
            elements.add(length < 0 ? null : ValueDecoder.decode(element, Field.BINARY, bytes.slice(at, length)));
            at += Math.max(0, length);
        }
        return at == end ? new Value.Array(shape.toString(), elements) : null;
    }
}
