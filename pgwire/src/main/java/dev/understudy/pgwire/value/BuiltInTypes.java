package dev.understudy.pgwire.value;

import java.util.HashMap;
import java.util.Map;

/** How the built-in types are read, by OID. */
final class BuiltInTypes {
    private static final Map<Integer, ValueType> BY_OID = new HashMap<>();

    static {
        for (PgType type : PgType.values()) {
            ValueType shape = shape(type);
            BY_OID.put(type.oid(), shape);
            if (type.arrayOid() != 0) {
                BY_OID.put(type.arrayOid(), ValueType.arrayOf(type.oid(), shape));
            }
        }
    }

    private BuiltInTypes() {}

    static ValueType of(int oid) {
        return BY_OID.getOrDefault(oid, ValueType.Plain.UNKNOWN);
    }

    private static ValueType shape(PgType type) {
        return switch (type) {
            case INT4RANGE, INT4MULTIRANGE -> range(type, PgType.INT4, true);
            case INT8RANGE, INT8MULTIRANGE -> range(type, PgType.INT8, true);
            case DATERANGE, DATEMULTIRANGE -> range(type, PgType.DATE, true);
            case NUMRANGE, NUMMULTIRANGE -> range(type, PgType.NUMERIC, false);
            case TSRANGE, TSMULTIRANGE -> range(type, PgType.TIMESTAMP, false);
            case TSTZRANGE, TSTZMULTIRANGE -> range(type, PgType.TIMESTAMPTZ, false);
            case RECORD -> new ValueType.AnyRecord(BuiltInTypes::of);
            default -> new ValueType.Scalar(type);
        };
    }

    private static ValueType range(PgType type, PgType bound, boolean discrete) {
        ValueType.Range range = new ValueType.Range(new ValueType.Scalar(bound), discrete);
        return type.typeName().endsWith("multirange") ? new ValueType.Multirange(range) : range;
    }
}
