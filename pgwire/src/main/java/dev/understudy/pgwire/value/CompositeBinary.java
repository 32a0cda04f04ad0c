package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.BodyReader;
import dev.understudy.pgwire.message.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Composite values in the binary format (record_send): int32 count of members; for each the OID of its type, then int32
 * length, -1 for NULL, and bytes.
 */
final class CompositeBinary {
    private CompositeBinary() {}

    static @Nullable Value composite(ValueType.Composite type, BodyReader reader, int depth) {
        if (reader.int32() != type.attributes().size()) {
            return null;
        }
        List<String> names = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (ValueType.Attribute attribute : type.attributes()) {
            reader.int32();
            names.add(attribute.name());
            values.add(member(attribute.type(), reader, depth));
        }
        return new Value.Composite(names, values);
    }

    static @Nullable Value anyRecord(ValueType.AnyRecord type, BodyReader reader, int depth) {
        int count = reader.int32();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ValueType member = type.types().typeOf(reader.int32());
            values.add(member(member, reader, depth));
        }
        return count < 0 ? null : new Value.Composite(List.of(), values);
    }

    private static Value member(ValueType type, BodyReader reader, int depth) {
        int length = reader.int32();
        return length == -1 ? Value.Null.NULL : Values.read(type, Field.BINARY, reader.bytes(length), depth);
    }
}
