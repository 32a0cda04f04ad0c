package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of columns and parameters. Text is read as UTF-8, and in ISO date style and the postgres interval
 * style, which are the server's defaults; what does not read as its type says is {@link Value.Opaque}, never an error.
 */
public final class Values {
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
        if (bytes == null) {
            return Value.Null.NULL;
        }
        PgType type = PgType.of(typeOid);
        PgType element = type == null ? PgType.elementOf(typeOid) : null;
        Value value = null;
        if (type != null) {
            value = scalar(type, format, bytes);
        } else if (element != null && format == Field.BINARY) {
            value = ArrayBinary.decode(element, bytes);
        } else if (element != null && format == Field.TEXT && isUtf8(bytes)) {
            value = ArrayText.decode(element, bytes.toString(StandardCharsets.UTF_8));
        }
        return value == null ? opaque(format, bytes) : value;
    }

    /** A scalar, opaque where it cannot be read: arrays keep such elements. */
    static Value element(PgType type, int format, ByteBuf bytes) {
        Value value = scalar(type, format, bytes);
        return value == null ? opaque(format, bytes) : value;
    }

    private static @Nullable Value scalar(PgType type, int format, ByteBuf bytes) {
        if (format == Field.BINARY) {
            return ScalarBinary.decode(type, bytes);
        }
        return format == Field.TEXT && isUtf8(bytes)
                ? ScalarText.decode(type, bytes.toString(StandardCharsets.UTF_8))
                : null;
    }

    static boolean isUtf8(ByteBuf bytes) {
        return ByteBufUtil.isText(bytes, StandardCharsets.UTF_8);
    }

    private static Value opaque(int format, ByteBuf bytes) {
        return new Value.Opaque(ByteBufUtil.getBytes(bytes), format);
    }
}
