package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.BodyReader;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of columns and parameters. Text is read as UTF-8, in any date style and interval style that leaves no
 * doubt; what does not read as its type says is {@link Value.Opaque}, never an error.
 */
public final class Values {
    /** Values inside values are read so far down; what lies deeper is opaque. */
    static final int MAX_NESTING = 16;

    private Values() {}

    /** Reads a column's value; {@code bytes} is borrowed, its indexes are not moved, null is SQL NULL. */
    public static Value decode(Field field, @Nullable ByteBuf bytes) {
        return decode(field.typeOid(), field.format(), bytes);
    }

    /**
     * Reads a value.
     *
     * @param typeOid the type's OID, as far as it is built in
     * @param format {@link Field#TEXT} or {@link Field#BINARY}
     * @param bytes borrowed, indexes are not moved; null is SQL NULL
     */
    public static Value decode(int typeOid, int format, @Nullable ByteBuf bytes) {
        return decode(BuiltInTypes.of(typeOid), format, bytes);
    }

    /** The same for a type that a server's catalog describes. */
    public static Value decode(ValueType type, int format, @Nullable ByteBuf bytes) {
        return bytes == null ? Value.Null.NULL : read(type, format, bytes, 0);
    }

    /** A value inside others at that depth. */
    static Value read(ValueType type, int format, ByteBuf bytes, int depth) {
        Value value = null;
        if (format == Field.BINARY) {
            value = binary(type, bytes, depth);
        } else if (format == Field.TEXT && isUtf8(bytes)) {
            value = text(type, bytes.toString(StandardCharsets.UTF_8), depth);
        }
        return value == null ? new Value.Opaque(ByteBufUtil.getBytes(bytes), format) : value;
    }

    /** A value inside others in the text format. */
    static Value read(ValueType type, String text, int depth) {
        Value value = text(type, text, depth);
        return value == null ? new Value.Opaque(text.getBytes(StandardCharsets.UTF_8), Field.TEXT) : value;
    }

    private static @Nullable Value binary(ValueType type, ByteBuf bytes, int depth) {
        if (type instanceof ValueType.Scalar scalar) {
            return ScalarBinary.decode(scalar.type(), bytes);
        }
        if (type == ValueType.Plain.LABEL) {
            return isUtf8(bytes) ? new Value.Label(bytes.toString(StandardCharsets.UTF_8)) : null;
        }
        if (type == ValueType.Plain.UNKNOWN || depth == MAX_NESTING) {
            return null;
        }
        BodyReader reader = new BodyReader(bytes, "value");
        try {
            Value value = structured(type, reader, depth + 1);
            return reader.remaining() == 0 ? value : null;
        } catch (ProtocolException e) {
            return null;
        }
    }

    private static @Nullable Value structured(ValueType type, BodyReader reader, int depth) {
        if (type instanceof ValueType.Array array) {
            return ArrayBinary.decode(array, reader, depth);
        } else if (type instanceof ValueType.Range range) {
            return RangeBinary.range(range, reader, depth);
        } else if (type instanceof ValueType.Multirange multirange) {
            return RangeBinary.multirange(multirange, reader, depth);
        } else if (type instanceof ValueType.Composite composite) {
            return CompositeBinary.composite(composite, reader, depth);
        } else if (type instanceof ValueType.AnyRecord any) {
            return CompositeBinary.anyRecord(any, reader, depth);
        }
        return type == ValueType.Plain.HSTORE ? Hstore.binary(reader) : null;
    }

    private static @Nullable Value text(ValueType type, String text, int depth) {
        if (type instanceof ValueType.Scalar scalar) {
            return ScalarText.decode(scalar.type(), text);
        } else if (type == ValueType.Plain.LABEL) {
            return new Value.Label(text);
        } else if (type == ValueType.Plain.UNKNOWN || depth == MAX_NESTING) {
            return null;
        } else if (type instanceof ValueType.Array array) {
            return ArrayText.decode(array, text, depth + 1);
        } else if (type instanceof ValueType.Range range) {
            return RangeText.range(range, text, depth + 1);
        } else if (type instanceof ValueType.Multirange multirange) {
            return RangeText.multirange(multirange, text, depth + 1);
        } else if (type instanceof ValueType.Composite composite) {
            return CompositeText.composite(composite, text, depth + 1);
        } else if (type instanceof ValueType.AnyRecord) {
            return CompositeText.anyRecord(text);
        }
        return type == ValueType.Plain.HSTORE ? Hstore.text(text) : null;
    }

    static boolean isUtf8(ByteBuf bytes) {
        return ByteBufUtil.isText(bytes, StandardCharsets.UTF_8);
    }
}
