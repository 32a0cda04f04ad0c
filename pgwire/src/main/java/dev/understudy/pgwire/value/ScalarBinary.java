package dev.understudy.pgwire.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads scalars in the binary format, as each type's send function in the server writes it. */
final class ScalarBinary {
    private static final byte JSONB_VERSION = 1;

    private ScalarBinary() {}

    /** The value, null where the type has no decoder here or the bytes are not the type's. */
    static @Nullable Value decode(PgType type, ByteBuf bytes) {
        int at = bytes.readerIndex();
        int length = bytes.readableBytes();
        return switch (type) {
            case BOOL -> length == 1 ? bool(bytes.getByte(at)) : null;
            case INT2 -> length == 2 ? new Value.Int(bytes.getShort(at)) : null;
            case INT4 -> length == 4 ? new Value.Int(bytes.getInt(at)) : null;
            case INT8 -> length == 8 ? new Value.Int(bytes.getLong(at)) : null;
            case OID, XID, CID -> length == 4 ? new Value.Int(bytes.getUnsignedInt(at)) : null;
            case NUMERIC -> NumericBinary.decode(bytes);
            case FLOAT4 -> length == 4 ? new Value.FloatingPoint(bytes.getFloat(at)) : null;
            case FLOAT8 -> length == 8 ? new Value.FloatingPoint(bytes.getDouble(at)) : null;
            case TEXT, VARCHAR, BPCHAR, NAME, UNKNOWN, XML, REFCURSOR, CSTRING, VOID -> text(bytes);
            case CHAR -> length == 1 ? new Value.Text(character(bytes.getByte(at))) : null;
            case BYTEA -> new Value.Bytes(ByteBufUtil.getBytes(bytes));
            case DATE -> length == 4 ? new Value.Date(bytes.getInt(at)) : null;
            case TIME -> length == 8 && isTime(bytes.getLong(at)) ? new Value.Time(bytes.getLong(at)) : null;
            case TIMETZ ->
                length == 12 && isTime(bytes.getLong(at)) ? timeTz(bytes.getLong(at), bytes.getInt(at + 8)) : null;
            case TIMESTAMP -> length == 8 ? new Value.Timestamp(bytes.getLong(at)) : null;
            case TIMESTAMPTZ -> length == 8 ? new Value.TimestampTz(bytes.getLong(at)) : null;
            case INTERVAL ->
                length == 16
                        ? new Value.Interval(bytes.getInt(at + 12), bytes.getInt(at + 8), bytes.getLong(at))
                        : null;
            case UUID -> length == 16 ? new Value.Uuid(new UUID(bytes.getLong(at), bytes.getLong(at + 8))) : null;
            case JSON -> json(bytes);
            case JSONB ->
                length > 1 && bytes.getByte(at) == JSONB_VERSION ? json(bytes.slice(at + 1, length - 1)) : null;
            default -> null;
        };
    }

    private static @Nullable Value bool(byte value) {
        return value == 0 || value == 1 ? new Value.Bool(value == 1) : null;
    }

    private static @Nullable Value text(ByteBuf bytes) {
        return Values.isUtf8(bytes) ? new Value.Text(bytes.toString(StandardCharsets.UTF_8)) : null;
    }

    private static @Nullable Value json(ByteBuf bytes) {
        return Values.isUtf8(bytes) ? new Value.Json(bytes.toString(StandardCharsets.UTF_8)) : null;
    }

    /** As charout writes it (PostgreSQL 16): nothing for zero, an octal escape where it is no ASCII. */
    private static String character(byte value) {
        if (value > 0) {
            return String.valueOf((char) value);
        }
        return value == 0 ? "" : String.format("\\%03o", value & 0xff);
    }

    private static boolean isTime(long micros) {
        return micros >= 0 && micros <= Moments.MICROS_PER_DAY;
    }

    /** On the wire the zone counts seconds west of UTC. */
    private static @Nullable Value timeTz(long micros, int west) {
        return Math.abs((long) west) < Moments.SECONDS_PER_DAY ? new Value.TimeTz(micros, -west) : null;
    }
}
