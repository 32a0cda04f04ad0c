package dev.understudy.pgwire.value;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Built-in types with their OIDs, which are the same on every server (pg_type.dat); those without a decoder included. */
public enum PgType {
    BOOL(16, "bool", 1000),
    BYTEA(17, "bytea", 1001),
    CHAR(18, "char", 1002),
    NAME(19, "name", 1003),
    INT8(20, "int8", 1016),
    INT2(21, "int2", 1005),
    INT2VECTOR(22, "int2vector", 1006),
    INT4(23, "int4", 1007),
    REGPROC(24, "regproc", 1008),
    TEXT(25, "text", 1009),
    OID(26, "oid", 1028),
    TID(27, "tid", 1010),
    XID(28, "xid", 1011),
    CID(29, "cid", 1012),
    OIDVECTOR(30, "oidvector", 1013),
    JSON(114, "json", 199),
    XML(142, "xml", 143),
    PG_NODE_TREE(194, "pg_node_tree", 0),
    POINT(600, "point", 1017),
    LSEG(601, "lseg", 1018),
    PATH(602, "path", 1019),
    BOX(603, "box", 1020),
    POLYGON(604, "polygon", 1027),
    LINE(628, "line", 629),
    CIDR(650, "cidr", 651),
    FLOAT4(700, "float4", 1021),
    FLOAT8(701, "float8", 1022),
    UNKNOWN(705, "unknown", 0),
    CIRCLE(718, "circle", 719),
    MACADDR8(774, "macaddr8", 775),
    MONEY(790, "money", 791),
    MACADDR(829, "macaddr", 1040),
    INET(869, "inet", 1041),
    ACLITEM(1033, "aclitem", 1034),
    BPCHAR(1042, "bpchar", 1014),
    VARCHAR(1043, "varchar", 1015),
    DATE(1082, "date", 1182),
    TIME(1083, "time", 1183),
    TIMESTAMP(1114, "timestamp", 1115),
    TIMESTAMPTZ(1184, "timestamptz", 1185),
    INTERVAL(1186, "interval", 1187),
    TIMETZ(1266, "timetz", 1270),
    BIT(1560, "bit", 1561),
    VARBIT(1562, "varbit", 1563),
    NUMERIC(1700, "numeric", 1231),
    REFCURSOR(1790, "refcursor", 2201),
    REGPROCEDURE(2202, "regprocedure", 2207),
    REGOPER(2203, "regoper", 2208),
    REGOPERATOR(2204, "regoperator", 2209),
    REGCLASS(2205, "regclass", 2210),
    REGTYPE(2206, "regtype", 2211),
    RECORD(2249, "record", 2287),
    CSTRING(2275, "cstring", 1263),
    VOID(2278, "void", 0),
    UUID(2950, "uuid", 2951),
    TXID_SNAPSHOT(2970, "txid_snapshot", 2949),
    PG_LSN(3220, "pg_lsn", 3221),
    TSVECTOR(3614, "tsvector", 3643),
    TSQUERY(3615, "tsquery", 3645),
    REGCONFIG(3734, "regconfig", 3735),
    REGDICTIONARY(3769, "regdictionary", 3770),
    JSONB(3802, "jsonb", 3807),
    INT4RANGE(3904, "int4range", 3905),
    NUMRANGE(3906, "numrange", 3907),
    TSRANGE(3908, "tsrange", 3909),
    TSTZRANGE(3910, "tstzrange", 3911),
    DATERANGE(3912, "daterange", 3913),
    INT8RANGE(3926, "int8range", 3927),
    JSONPATH(4072, "jsonpath", 4073),
    REGNAMESPACE(4089, "regnamespace", 4090),
    REGROLE(4096, "regrole", 4097),
    REGCOLLATION(4191, "regcollation", 4192),
    INT4MULTIRANGE(4451, "int4multirange", 6150),
    NUMMULTIRANGE(4532, "nummultirange", 6151),
    TSMULTIRANGE(4533, "tsmultirange", 6152),
    TSTZMULTIRANGE(4534, "tstzmultirange", 6153),
    DATEMULTIRANGE(4535, "datemultirange", 6155),
    INT8MULTIRANGE(4536, "int8multirange", 6157),
    PG_SNAPSHOT(5038, "pg_snapshot", 5039),
    XID8(5069, "xid8", 271);

    private static final Map<Integer, PgType> BY_OID = new HashMap<>();
    private static final Map<Integer, PgType> BY_ARRAY_OID = new HashMap<>();

    static {
        for (PgType type : values()) {
            BY_OID.put(type.oid, type);
            if (type.arrayOid != 0) {
                BY_ARRAY_OID.put(type.arrayOid, type);
            }
        }
    }

    private final int oid;
    private final String typeName;
    private final int arrayOid;

    PgType(int oid, String typeName, int arrayOid) {
        this.oid = oid;
        this.typeName = typeName;
        this.arrayOid = arrayOid;
    }

    /** The type of that OID, null if it is none of these (an array's is not). */
    public static @Nullable PgType of(int oid) {
        return BY_OID.get(oid);
    }

    /** The element type of the array type of that OID, null if it is none of these types' arrays. */
    public static @Nullable PgType elementOf(int arrayOid) {
        return BY_ARRAY_OID.get(arrayOid);
    }

    /** The name for an OID: the type's, its element's with {@code []}, or {@code oid 12345}. */
    public static String nameOf(int oid) {
        PgType type = of(oid);
        if (type != null) {
            return type.typeName;
        }
        PgType element = elementOf(oid);
        return element == null ? "oid " + Integer.toUnsignedString(oid) : element.typeName + "[]";
    }

    /** The OID. */
    public int oid() {
        return oid;
    }

    /** The name in pg_type. */
    public String typeName() {
        return typeName;
    }

    /** The OID of the array type over this one, 0 if there is none. */
    public int arrayOid() {
        return arrayOid;
    }
}
