package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.BodyReader;
import dev.understudy.pgwire.message.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ranges in the binary format (range_send): a byte of flags, then each bound that there is as int32 length and bytes;
 * multiranges (multirange_send): int32 count, then each range as int32 length and bytes.
 */
final class RangeBinary {
    private static final int EMPTY = 0x01;
    private static final int LOWER_INCLUSIVE = 0x02;
    private static final int UPPER_INCLUSIVE = 0x04;
    private static final int LOWER_INFINITE = 0x08;
    private static final int UPPER_INFINITE = 0x10;
    private static final int KNOWN = 0x1f;

    private RangeBinary() {}

    static Value.@Nullable Range range(ValueType.Range type, BodyReader reader, int depth) {
        int flags = reader.int8();
        if ((flags & ~KNOWN) != 0) {
            return null;
        }
        if ((flags & EMPTY) != 0) {
            return flags == EMPTY ? Value.Range.EMPTY : null;
        }
        Value lower = (flags & LOWER_INFINITE) != 0 ? null : bound(type, reader, depth);
        Value upper = (flags & UPPER_INFINITE) != 0 ? null : bound(type, reader, depth);
        return Ranges.canonical(type, lower, upper, (flags & LOWER_INCLUSIVE) != 0, (flags & UPPER_INCLUSIVE) != 0);
    }

    private static Value bound(ValueType.Range type, BodyReader reader, int depth) {
        return Values.read(type.bound(), Field.BINARY, reader.bytes(reader.int32()), depth);
    }

    static @Nullable Value multirange(ValueType.Multirange type, BodyReader reader, int depth) {
        int count = reader.int32();
        List<Value.Range> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BodyReader inner = new BodyReader(reader.bytes(reader.int32()), "range");
            Value.Range range = range(type.range(), inner, depth + 1);
            if (range == null || inner.remaining() > 0) {
                return null;
            }
            ranges.add(range);
        }
        return count < 0 ? null : new Value.Multirange(ranges);
    }
}
