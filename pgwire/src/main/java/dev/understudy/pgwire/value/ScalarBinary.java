package dev.understudy.pgwire.value;

import dev.understudy.pgwire.value.Value.Geometry.Shape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads scalars in the binary format, as each type's send function in the server writes it. */
final class ScalarBinary {
    private static final byte JSONB_VERSION = 1;
    private static final byte JSONPATH_VERSION = 1;

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
            case TEXT, VARCHAR, BPCHAR, NAME, UNKNOWN, REFCURSOR, CSTRING, VOID, PG_NODE_TREE, ACLITEM -> text(bytes);
            case XML -> text(bytes) instanceof Value.Text text ? XmlText.decode(text.value()) : null;
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
            case JSONPATH ->
                length > 1 && bytes.getByte(at) == JSONPATH_VERSION ? text(bytes.slice(at + 1, length - 1)) : null;
            case XID8 -> length == 8 && bytes.getLong(at) >= 0 ? new Value.Int(bytes.getLong(at)) : null;
            case MONEY -> length == 8 ? new Value.Money(bytes.getLong(at), "") : null;
            case BIT, VARBIT -> Bits.decode(bytes);
            case INET, CIDR -> Network.inet(bytes);
            case MACADDR -> Network.mac(bytes, 6);
            case MACADDR8 -> Network.mac(bytes, 8);
            case POINT -> GeometryBinary.fixed(Shape.POINT, 2, bytes);
            case LINE -> GeometryBinary.fixed(Shape.LINE, 3, bytes);
            case LSEG -> GeometryBinary.fixed(Shape.LSEG, 4, bytes);
            case BOX -> GeometryBinary.fixed(Shape.BOX, 4, bytes);
            case CIRCLE -> GeometryBinary.fixed(Shape.CIRCLE, 3, bytes);
            case PATH -> GeometryBinary.path(bytes);
            case POLYGON -> GeometryBinary.polygon(bytes);
            case PG_LSN -> length == 8 ? new Value.Lsn(bytes.getLong(at)) : null;
            case TID -> length == 6 ? new Value.Tid(bytes.getUnsignedInt(at), bytes.getUnsignedShort(at + 4)) : null;
            case REGPROC,
                    REGPROCEDURE,
                    REGOPER,
                    REGOPERATOR,
                    REGCLASS,
                    REGTYPE,
                    REGCONFIG,
                    REGDICTIONARY,
                    REGNAMESPACE,
                    REGROLE,
                    REGCOLLATION -> length == 4 ? new Value.ObjectOid(bytes.getUnsignedInt(at)) : null;
            case TSVECTOR -> TextSearch.vector(bytes);
            case TSQUERY -> TsQueryBinary.decode(bytes);
            case TXID_SNAPSHOT, PG_SNAPSHOT -> Snapshots.decode(bytes);
            case INT2VECTOR -> Vectors.decode(PgType.INT2, bytes);
            case OIDVECTOR -> Vectors.decode(PgType.OID, bytes);
            case RECORD,
                    INT4RANGE,
                    NUMRANGE,
                    TSRANGE,
                    TSTZRANGE,
                    DATERANGE,
                    INT8RANGE,
                    INT4MULTIRANGE,
                    NUMMULTIRANGE,
                    TSMULTIRANGE,
                    TSTZMULTIRANGE,
                    DATEMULTIRANGE,
                    INT8MULTIRANGE -> throw new AssertionError("no scalar type: " + type);
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
