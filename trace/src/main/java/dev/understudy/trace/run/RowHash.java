package dev.understudy.trace.run;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one server's rows are hashed so that equal hashes mean equal facts: a column's own hash only where its equality is
 * that of its content; else the bytes of its binary form, where those hold no OIDs; else its text.
 *
 * <ul>
 *   <li>char(n), numeric, float, interval and jsonb call values equal that print differently ('a' and 'a ', 1.0 and
 *       1.00, 0 and -0, 1 month and 30 days): binary form.
 *   <li>json, xml, point and its like have no hash: binary form.
 *   <li>Enums, and arrays and rows of a database's own types, hash by OID: text.
 *   <li>Text of a nondeterministic collation is compared byte by byte: collation "C".
 *   <li>bigint hashes a fold of its halves, -1 like 4294967295 and 1 like 4294967296: its upper half goes in beside it.
 * </ul>
 *
 * <p>hash_record_extended is linear: it adds up multiples of its columns' hashes, so that the sum over rows stays the
 * same, modulo 2^64, when two rows swap the values of a column. What is summed is therefore a hash of that hash.
 *
 * <p>Immutable.
 */
public final class RowHash {
    /** From this version on the server hashes rows as they are. */
    public static final int VERSION_WITH_RECORD_HASH = 140_000;

    private static final String TYPES = """
            SELECT t.oid::int8, n.nspname, t.typname, t.typtype,
                   CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END::int8, t.typbasetype::int8,
                   CASE WHEN t.typsend = 0 THEN '' ELSE quote_ident(sn.nspname) || '.' || quote_ident(s.proname) END
            FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_proc s ON s.oid = t.typsend
            LEFT JOIN pg_catalog.pg_namespace sn ON sn.oid = s.pronamespace
            """;

    private static final Set<String> OWN_HASH = Set.of(
            "bool",
            "bytea",
            "char",
            "int2",
            "int4",
            "oid",
            "uuid",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "macaddr",
            "macaddr8",
            "inet",
            "cidr",
            "pg_lsn");
    private static final String BIGINT = "int8";
    private static final Set<String> COLLATED = Set.of("text", "varchar", "name");
    private static final Set<String> NAMES_BY_OID = Set.of(
            "regclass",
            "regcollation",
            "regconfig",
            "regdictionary",
            "regnamespace",
            "regoper",
            "regoperator",
            "regproc",
            "regprocedure",
            "regrole",
            "regtype");
    private static final String SYSTEM = "pg_catalog";
    private static final String TEXT_FORM = "text";

    private final Map<Integer, ColumnType> types;

    RowHash(List<ColumnType> types) {
        this.types = new HashMap<>();
        types.forEach(type -> this.types.put(type.oid(), type));
    }

    /** Reads the types of a server. */
    public static RowHash read(Connection connection) throws SQLException {
        List<ColumnType> types = new java.util.ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TYPES)) {
            while (row.next()) {
                types.add(new ColumnType(
                        (int) row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4).charAt(0),
                        (int) row.getLong(5),
                        (int) row.getLong(6),
                        row.getString(7)));
            }
        }
        return new RowHash(types);
    }

    /**
     * A row of pg_type, as far as it decides how to hash.
     *
     * @param kind typtype
     * @param element the element of a true array, else 0
     * @param base a domain's base type, else 0
     * @param send the qualified name of typsend, quoted, empty if there is none
     */
    record ColumnType(int oid, String schema, String name, char kind, int element, int base, String send) {}

    /**
     * A type's name without its domains: plain for the system's, schema.name for others, empty if the server has no such
     * type.
     */
    public String typeName(int type) {
        ColumnType base = withoutDomain(type);
        return base == null ? "" : name(base);
    }

    /** In what form values of a type are hashed: values of two servers may be held against each other if it is one form. */
    public String form(int type) {
        ColumnType base = withoutDomain(type);
        if (base == null) {
            return TEXT_FORM;
        }
        if (isSystem(base) && (OWN_HASH.contains(base.name()) || base.name().equals(BIGINT))) {
            return base.name();
        }
        return hasPortableBytes(base) ? "bytes of " + name(base) : TEXT_FORM;
    }

    /**
     * What of a value goes into a row's hash: one or more expressions, comma-separated.
     *
     * @param sql an expression that may stand more than once, such as a column's quoted name
     * @param type its type's OID
     */
    public String value(String sql, int type) {
        ColumnType base = withoutDomain(type);
        if (base == null) {
            return text(sql);
        }
        if (isSystem(base) && base.name().equals(BIGINT)) {
            return sql + ", " + sql + " >> 32";
        }
        if (isSystem(base) && OWN_HASH.contains(base.name())) {
            return sql;
        }
        if (isSystem(base) && COLLATED.contains(base.name())) {
            return text(sql);
        }
        return hasPortableBytes(base) ? base.send() + "(" + sql + ")" : text(sql);
    }

    /** A text to hash byte by byte. */
    public static String text(String sql) {
        return sql + "::text COLLATE \"C\"";
    }

    /**
     * An expression of type bigint for a row's hash; a constant for a row without values.
     *
     * @param values as {@link #value} gives them
     * @param recordHash whether every server to compare is of {@link #VERSION_WITH_RECORD_HASH} or newer
     */
    public static String row(List<String> values, boolean recordHash) {
        if (values.isEmpty()) {
            return "0::int8";
        }
        String row = "ROW(" + String.join(", ", values) + ")";
        return recordHash ? "hash_record_extended(" + row + ", 0)" : "hashtextextended((" + row + ")::text, 0)";
    }

    /**
     * What to sum over rows, of a {@link #row} expression: 53 bits of it, hashed once more. By way of float8, which the
     * server hashes byte by byte, where it folds a bigint to 32 bits.
     */
    public static String summand(String row) {
        return "hashfloat8extended((" + row + ")::float8, 0)";
    }

    private static String name(ColumnType type) {
        return isSystem(type) ? type.name() : type.schema() + "." + type.name();
    }

    private static boolean isSystem(ColumnType type) {
        return type.schema().equals(SYSTEM);
    }

    /** Whether the binary form is the same on every server that holds the same value. */
    private boolean hasPortableBytes(ColumnType type) {
        if (type.send().isEmpty()
                || type.kind() != 'b'
                || isSystem(type) && (COLLATED.contains(type.name()) || NAMES_BY_OID.contains(type.name()))) {
            return false;
        }
        if (type.element() == 0) {
            return true;
        }
        ColumnType element = types.get(type.element());
        return element != null && element.kind() == 'b' && isSystem(element) && !NAMES_BY_OID.contains(element.name());
    }

    private @Nullable ColumnType withoutDomain(int oid) {
        ColumnType type = types.get(oid);
        while (type != null && type.kind() == 'd') {
            type = types.get(type.base());
        }
        return type;
    }
}
