package dev.understudy.diff.value;

import dev.understudy.diff.value.Value.Moment;
import dev.understudy.diff.value.Value.Moment.Kind;
import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of either format. What cannot be read as its type says comes back as it is, text or bytes, so that it
 * can still be told from another: no byte sequence is ever read as nothing.
 */
public final class ValueDecoder {
    private static final long POSTGRES_EPOCH_DAYS = 10_957;
    private static final long POSTGRES_EPOCH_MICROS = POSTGRES_EPOCH_DAYS * MomentText.MICROS_PER_DAY;

    private static final int MIN_TIMESTAMP = "2000-01-01 00:00:00".length();
    private static final int MAX_TIMESTAMP = "2000-01-01 00:00:00.000000+00:00:00".length();

    private ValueDecoder() {}

    /**
     * Reads one value.
     *
     * @param format {@link Field#TEXT} or {@link Field#BINARY}
     * @param bytes borrowed; indexes are not moved, the value may hold a view
     */
    public static Value decode(PgType type, int format, ByteBuf bytes) {
        return format == Field.BINARY ? binary(type, bytes) : text(type, characters(bytes));
    }

    /** The point in time that a text spells in ISO form, with a zone or without; null if it spells none. */
    public static @Nullable Moment moment(String text) {
        if (text.length() < MIN_TIMESTAMP || text.length() > MAX_TIMESTAMP || text.charAt(4) != '-') {
            return null;
        }
        String spaced = text.charAt(10) == 'T' ? text.substring(0, 10) + " " + text.substring(11) : text;
        String zoned = spaced.endsWith("Z") ? spaced.substring(0, spaced.length() - 1) + "+00" : spaced;
        Moment moment = MomentText.parse(Kind.TIMESTAMPTZ, zoned);
        return moment != null ? moment : MomentText.parse(Kind.TIMESTAMP, zoned);
    }

    /** Reads a value from its text form. */
    static Value text(PgType type, String text) {
        Value value = textOrNull(type, text);
        return value == null ? new Value.Text(text) : value;
    }

    private static @Nullable Value textOrNull(PgType type, String text) {
        return switch (type.family()) {
            case INTEGER, NUMERIC -> number(text);
            case FLOAT4 -> floating(text, true);
            case FLOAT8 -> floating(text, false);
            case BOOLEAN -> text.equals("t") ? new Value.Bool(true) : text.equals("f") ? new Value.Bool(false) : null;
            case BYTES -> BytesText.parse(text);
            case DATE -> MomentText.parse(Kind.DATE, text);
            case TIME -> MomentText.parse(Kind.TIME, text);
            case TIMETZ -> MomentText.parse(Kind.TIMETZ, text);
            case TIMESTAMP -> MomentText.parse(Kind.TIMESTAMP, text);
            case TIMESTAMPTZ -> MomentText.parse(Kind.TIMESTAMPTZ, text);
            case INTERVAL -> IntervalText.parse(text);
            case JSON -> JsonText.parse(text);
            case UUID -> new Value.Text(text.toLowerCase(Locale.ROOT));
            case ENUM -> new Value.Label(text);
            case ARRAY -> type.element() == null ? null : ArrayText.parse(type.element(), text);
            case TEXT, OTHER -> null;
        };
    }

    private static @Nullable Value number(String text) {
        try {
            return new Value.Decimal(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return floating(text, false);
        }
    }

    private static @Nullable Value floating(String text, boolean single) {
        try {
            return new Value.Floating(single ? Float.parseFloat(text) : Double.parseDouble(text), single);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Value binary(PgType type, ByteBuf bytes) {
        Value value = binaryOrNull(type, bytes, bytes.readerIndex(), bytes.readableBytes());
        return value == null ? new Value.Opaque(bytes) : value;
    }

    private static @Nullable Value binaryOrNull(PgType type, ByteBuf bytes, int at, int length) {
        return switch (type.family()) {
            case INTEGER -> integer(type, bytes, at, length);
            case NUMERIC -> NumericBinary.decode(bytes);
            case FLOAT4 -> length == 4 ? new Value.Floating(bytes.getFloat(at), true) : null;
            case FLOAT8 -> length == 8 ? new Value.Floating(bytes.getDouble(at), false) : null;
            case BOOLEAN -> length == 1 ? new Value.Bool(bytes.getByte(at) != 0) : null;
            case TEXT -> new Value.Text(characters(bytes));
            case ENUM -> new Value.Label(characters(bytes));
            case BYTES -> new Value.Bytes(bytes);
            case DATE -> length == 4 ? date(bytes.getInt(at)) : null;
            case TIME -> length == 8 ? new Moment(Kind.TIME, bytes.getLong(at)) : null;
            case TIMETZ ->
                length == 12
                        ? new Moment(
                                Kind.TIMETZ, bytes.getLong(at) + bytes.getInt(at + 8) * MomentText.MICROS_PER_SECOND)
                        : null;
            case TIMESTAMP -> length == 8 ? timestamp(Kind.TIMESTAMP, bytes.getLong(at)) : null;
            case TIMESTAMPTZ -> length == 8 ? timestamp(Kind.TIMESTAMPTZ, bytes.getLong(at)) : null;
            case INTERVAL ->
                length == 16
                        ? new Value.Interval(bytes.getInt(at + 12), bytes.getInt(at + 8), bytes.getLong(at))
                        : null;
            case JSON -> json(type, bytes, at, length);
            case UUID ->
                length == 16 ? new Value.Text(new UUID(bytes.getLong(at), bytes.getLong(at + 8)).toString()) : null;
            case ARRAY -> type.element() == null ? null : ArrayBinary.decode(type.element(), bytes);
            case OTHER -> null;
        };
    }

    private static @Nullable Value integer(PgType type, ByteBuf bytes, int at, int length) {
        return switch (length) {
            case 2 -> new Value.Decimal(BigDecimal.valueOf(bytes.getShort(at)));
            case 4 -> {
                boolean unsigned = type.name().equals("oid") || type.name().equals("xid");
                yield new Value.Decimal(BigDecimal.valueOf(unsigned ? bytes.getUnsignedInt(at) : bytes.getInt(at)));
            }
            case 8 -> new Value.Decimal(BigDecimal.valueOf(bytes.getLong(at)));
            default -> null;
        };
    }

    private static Value date(int days) {
        long micros = switch (days) {
            case Integer.MAX_VALUE -> Moment.INFINITY;
            case Integer.MIN_VALUE -> Moment.MINUS_INFINITY;
            default -> (days + POSTGRES_EPOCH_DAYS) * MomentText.MICROS_PER_DAY;
        };
        return new Moment(Kind.DATE, micros);
    }

    private static Value timestamp(Kind kind, long micros) {
        boolean infinite = micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
        return new Moment(kind, infinite ? micros : micros + POSTGRES_EPOCH_MICROS);
    }

    private static @Nullable Value json(PgType type, ByteBuf bytes, int at, int length) {
        boolean versioned = type.name().equals("jsonb");
        if (!versioned) {
            return text(type, characters(bytes));
        }
        return length > 0 && bytes.getByte(at) == 1 ? text(type, characters(bytes.slice(at + 1, length - 1))) : null;
    }

    /** Bytes that are no UTF-8 are read one character each: another client encoding must not make two values one. */
    private static String characters(ByteBuf bytes) {
        return ByteBufUtil.isText(bytes, StandardCharsets.UTF_8)
                ? bytes.toString(StandardCharsets.UTF_8)
                : bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
