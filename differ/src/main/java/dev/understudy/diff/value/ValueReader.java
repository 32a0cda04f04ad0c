package dev.understudy.diff.value;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads values by what their server knows of their type, and names them for matching. */
public final class ValueReader {
    private static final int MIN_TIMESTAMP = "2000-01-01 00:00:00".length();
    private static final int MAX_TIMESTAMP = "2000-01-01 00:00:00.000000+00:00:00".length();

    private ValueReader() {}

    /** Reads one value; {@code bytes} is borrowed, null is SQL NULL. */
    public static Value decode(ColumnType type, int format, @Nullable ByteBuf bytes) {
        return Values.decode(type.reading(), format, bytes);
    }

    /** A name that two values share only if they are the same, or are written the same. */
    public static String identity(Value value) {
        if (value instanceof Value.Opaque opaque) {
            return "\\x" + ByteBufUtil.hexDump(opaque.bytes());
        }
        return value.text();
    }

    /** The point in time that a text spells in ISO form, with a zone or without; null if it spells none. */
    static @Nullable Value moment(String text) {
        if (text.length() < MIN_TIMESTAMP || text.length() > MAX_TIMESTAMP || text.charAt(4) != '-') {
            return null;
        }
        String spaced = text.charAt(10) == 'T' ? text.substring(0, 10) + " " + text.substring(11) : text;
        String zoned = spaced.endsWith("Z") ? spaced.substring(0, spaced.length() - 1) + "+00" : spaced;
        ByteBuf bytes = Unpooled.wrappedBuffer(zoned.getBytes(StandardCharsets.UTF_8));
        Value moment = Values.decode(PgType.TIMESTAMPTZ.oid(), Field.TEXT, bytes);
        return moment instanceof Value.TimestampTz ? moment : Values.decode(PgType.TIMESTAMP.oid(), Field.TEXT, bytes);
    }
}
