package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.BodyReader;
import dev.understudy.pgwire.message.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays in the binary format (array_send): int32 dimensions, has-null flag, element OID; for each dimension int32
 * length and lower bound; then each element as int32 length, -1 for NULL, and bytes.
 */
final class ArrayBinary {
    /** The server's MAXDIM. */
    static final int MAX_DIMENSIONS = 6;

    private ArrayBinary() {}

    static @Nullable Value decode(ValueType.Array type, BodyReader reader, int depth) {
        int count = reader.int32();
        int flags = reader.int32();
        if (count < 0 || count > MAX_DIMENSIONS || (flags & ~1) != 0 || reader.int32() != type.elementOid()) {
            return null;
        }
        List<Integer> dimensions = new ArrayList<>(count);
        List<Integer> lowerBounds = new ArrayList<>(count);
        long size = count == 0 ? 0 : 1;
        for (int i = 0; i < count; i++) {
            int length = reader.int32();
            dimensions.add(length);
            lowerBounds.add(reader.int32());
            size *= length;
            if (length < 1 || size > reader.remaining()) {
                return null;
            }
        }
        List<Value> elements = new ArrayList<>((int) Math.min(size, reader.remaining() / 4));
        for (long i = 0; i < size; i++) {
            int length = reader.int32();
            elements.add(
                    length == -1
                            ? Value.Null.NULL
                            : Values.read(type.element(), Field.BINARY, reader.bytes(length), depth));
        }
        return new Value.Array(dimensions, lowerBounds, elements);
    }
}
