package dev.understudy.pgwire.value;

import java.math.BigDecimal;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads scalars in the text format. */
final class ScalarText {
    private static final long MAX_UNSIGNED_INT = 0xffff_ffffL;

    private static final int MAX_UNSIGNED_SHORT = 0xffff;
    private static final Pattern LSN = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");
    private static final Pattern TID = Pattern.compile("\\(([0-9]{1,10}),([0-9]{1,5})\\)");

    private ScalarText() {}

    /** The value, null where the type has no decoder here or the text is not the type's. */
    static @Nullable Value decode(PgType type, String text) {
        return switch (type) {
            case BOOL -> bool(text);
            case INT2 -> integer(text, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT4 -> integer(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT8 -> integer(text, Long.MIN_VALUE, Long.MAX_VALUE);
            case OID, XID, CID -> integer(text, 0, MAX_UNSIGNED_INT);
            case NUMERIC -> numeric(text);
            case FLOAT4 -> floating(text, true);
            case FLOAT8 -> floating(text, false);
            case TEXT,
                    VARCHAR,
                    BPCHAR,
                    NAME,
                    CHAR,
                    UNKNOWN,
                    REFCURSOR,
                    CSTRING,
                    VOID,
                    PG_NODE_TREE,
                    ACLITEM,
                    JSONPATH,
                    TXID_SNAPSHOT,
                    PG_SNAPSHOT -> new Value.Text(text);
            case XML -> XmlText.decode(text);
            case BYTEA -> ByteaText.decode(text);
            case DATE -> MomentText.date(text);
            case TIME -> MomentText.time(text);
            case TIMETZ -> MomentText.timeTz(text);
            case TIMESTAMP -> MomentText.timestamp(text);
            case TIMESTAMPTZ -> MomentText.timestampTz(text);
            case INTERVAL -> IntervalText.decode(text);
            case UUID -> uuid(text);
            case JSON, JSONB -> new Value.Json(text);
            case XID8 -> integer(text, 0, Long.MAX_VALUE);
            case MONEY -> MoneyText.decode(text);
            case BIT, VARBIT -> Bits.decode(text);
            case INET, CIDR -> Network.inet(text);
            case MACADDR -> Network.mac(text, 6);
            case MACADDR8 -> Network.mac(text, 8);
            case POINT, LINE, LSEG, BOX, PATH, POLYGON, CIRCLE -> GeometryText.decode(type, text);
            case PG_LSN -> lsn(text);
            case TID -> tid(text);
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
                    REGCOLLATION -> new Value.ObjectName(text);
            case TSVECTOR -> TextSearch.vector(text);
            case TSQUERY -> new Value.TsQuery(text);
            case INT2VECTOR -> Vectors.decode(PgType.INT2, text);
            case OIDVECTOR -> Vectors.decode(PgType.OID, text);
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

    private static @Nullable Value lsn(String text) {
        Matcher halves = LSN.matcher(text);
        return halves.matches()
                ? new Value.Lsn(Long.parseLong(halves.group(1), 16) << 32 | Long.parseLong(halves.group(2), 16))
                : null;
    }

    private static @Nullable Value tid(String text) {
        Matcher parts = TID.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        long block = Long.parseLong(parts.group(1));
        int offset = Integer.parseInt(parts.group(2));
        return block <= MAX_UNSIGNED_INT && offset <= MAX_UNSIGNED_SHORT ? new Value.Tid(block, offset) : null;
    }

    private static @Nullable Value bool(String text) {
        return switch (text) {
            case "t", "true" -> new Value.Bool(true);
            case "f", "false" -> new Value.Bool(false);
            default -> null;
        };
    }

    private static @Nullable Value integer(String text, long min, long max) {
        if (!isDecimal(text, false)) {
            return null;
        }
        try {
            long value = Long.parseLong(text);
            return value >= min && value <= max ? new Value.Int(value) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Value numeric(String text) {
        return switch (text) {
            case "NaN" -> Value.SpecialNumeric.NAN;
            case "Infinity" -> Value.SpecialNumeric.INFINITY;
            case "-Infinity" -> Value.SpecialNumeric.MINUS_INFINITY;
            default -> isDecimal(text, true) ? new Value.Numeric(new BigDecimal(text)) : null;
        };
    }

    static @Nullable Value floating(String text, boolean single) {
        switch (text) {
            case "NaN" -> {
                return new Value.FloatingPoint(Double.NaN);
            }
            case "Infinity" -> {
                return new Value.FloatingPoint(Double.POSITIVE_INFINITY);
            }
            case "-Infinity" -> {
                return new Value.FloatingPoint(Double.NEGATIVE_INFINITY);
            }
            default -> {
                if (!isFloat(text)) {
                    return null;
                }
                double value = single ? Float.parseFloat(text) : Double.parseDouble(text);
                return Double.isInfinite(value) ? null : new Value.FloatingPoint(value);
            }
        }
    }

    private static @Nullable Value uuid(String text) {
        if (text.length() != 36) {
            return null;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? text.charAt(i) != '-' : Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return null;
            }
        }
        return new Value.Uuid(UUID.fromString(text));
    }

    /** Digits with a sign and, where {@code point}, a fraction: neither exponents nor blanks nor other scripts' digits. */
    private static boolean isDecimal(String text, boolean point) {
        int i = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int digits = 0;
        boolean fraction = !point;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !fraction) {
                fraction = true;
            } else {
                return false;
            }
        }
        return digits > 0;
    }

    private static boolean isFloat(String text) {
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        return exponent < 0
                ? isDecimal(text, true)
                : isDecimal(text.substring(0, exponent), true) && isDecimal(text.substring(exponent + 1), false);
    }
}
