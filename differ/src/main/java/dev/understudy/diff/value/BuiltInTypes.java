package dev.understudy.diff.value;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The built-in types whose values are read by their meaning (pg_type.dat; OIDs below 10,000 never change). */
final class BuiltInTypes {
    private static final Map<Integer, PgType> BY_OID = new HashMap<>();

    static {
        put(16, "bool", Family.BOOLEAN, 1000);
        put(17, "bytea", Family.BYTES, 1001);
        put(18, "\"char\"", Family.TEXT, 1002);
        put(19, "name", Family.TEXT, 1003);
        put(20, "int8", Family.INTEGER, 1016);
        put(21, "int2", Family.INTEGER, 1005);
        put(23, "int4", Family.INTEGER, 1007);
        put(25, "text", Family.TEXT, 1009);
        put(26, "oid", Family.INTEGER, 1028);
        put(28, "xid", Family.INTEGER, 1011);
        put(114, "json", Family.JSON, 199);
        put(142, "xml", Family.TEXT, 143);
        put(700, "float4", Family.FLOAT4, 1021);
        put(701, "float8", Family.FLOAT8, 1022);
        put(705, "unknown", Family.TEXT, 0);
        put(1042, "bpchar", Family.TEXT, 1014);
        put(1043, "varchar", Family.TEXT, 1015);
        put(1082, "date", Family.DATE, 1182);
        put(1083, "time", Family.TIME, 1183);
        put(1114, "timestamp", Family.TIMESTAMP, 1115);
        put(1184, "timestamptz", Family.TIMESTAMPTZ, 1185);
        put(1186, "interval", Family.INTERVAL, 1187);
        put(1266, "timetz", Family.TIMETZ, 1270);
        put(1700, "numeric", Family.NUMERIC, 1231);
        put(2950, "uuid", Family.UUID, 2951);
        put(3802, "jsonb", Family.JSON, 3807);
        put(5069, "xid8", Family.INTEGER, 271);
    }

    private BuiltInTypes() {}

    /** The type of that OID, null if it is not among them. */
    static @Nullable PgType get(int oid) {
        return BY_OID.get(oid);
    }

    private static void put(int oid, String name, Family family, int arrayOid) {
        PgType type = new PgType(oid, name, family, null);
        BY_OID.put(oid, type);
        if (arrayOid != 0) {
            BY_OID.put(arrayOid, new PgType(arrayOid, name + "[]", Family.ARRAY, type));
        }
    }
}
