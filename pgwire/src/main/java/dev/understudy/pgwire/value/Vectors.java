package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.BodyReader;
import dev.understudy.pgwire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** int2vector and oidvector: arrays from index 0, written with blanks between their numbers. */
final class Vectors {
    private Vectors() {}

    static @Nullable Value decode(PgType element, ByteBuf bytes) {
        BodyReader reader = new BodyReader(bytes, "vector");
        try {
            Value vector =
                    ArrayBinary.decode(ValueType.arrayOf(element.oid(), new ValueType.Scalar(element)), reader, 1);
            return reader.remaining() > 0 ? null : vector;
        } catch (ProtocolException e) {
            return null;
        }
    }

    static @Nullable Value decode(PgType element, String text) {
        List<Value> elements = new ArrayList<>();
        for (String number : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            Value value = ScalarText.decode(element, number);
            if (value == null) {
                return null;
            }
            elements.add(value);
        }
        return new Value.Array(List.of(elements.size()), List.of(0), elements);
    }
}
