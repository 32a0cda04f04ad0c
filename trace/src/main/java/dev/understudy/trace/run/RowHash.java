package dev.understudy.trace.run;

import dev.understudy.trace.catalog.Identifiers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a row is hashed so that equal hashes mean equal facts: a column's own hash only where its equality is that of its
 * content; else the bytes of its binary form, where those hold no OIDs; else its text.
 *
 * <ul>
 *   <li>char(n), numeric, float, interval and jsonb call values equal that print differently ('a' and 'a ', 1.0 and
 *       1.00, 0 and -0, 1 month and 30 days): binary form.
 *   <li>json, xml, point and its like have no hash: binary form.
 *   <li>Enums, and arrays and rows of a database's own types, hash by OID: text.
 *   <li>Text of a nondeterministic collation is compared byte by byte: collation "C".
 * </ul>
 */
final class RowHash {
    /** From this version on the server hashes rows as they are. */
    static final int VERSION_WITH_RECORD_HASH = 140_000;

    private static final Set<String> OWN_HASH = Set.of(
            "bool",
            "bytea",
            "char",
            "int2",
            "int4",
            "int8",
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

    private final Map<Integer, ColumnType> types;

    RowHash(List<ColumnType> types) {
        this.types = new HashMap<>();
        types.forEach(type -> this.types.put(type.oid(), type));
    }

    /**
     * A row of pg_type, as far as it decides how to hash.
     *
     * @param kind typtype
     * @param element the element of a true array, else 0
     * @param base a domain's base type, else 0
     * @param send the qualified name of typsend, empty if there is none
     */
    record ColumnType(int oid, String schema, String name, char kind, int element, int base, String send) {}

    /** A column to hash. */
    record Column(String name, int type) {}

    /** An expression of type bigint for a row's hash; a constant for a row without columns. */
    String expression(List<Column> columns, boolean recordHash) {
        if (columns.isEmpty()) {
            return "0::int8";
        }
        StringBuilder row = new StringBuilder("ROW(");
        for (Column column : columns) {
            row.append(row.length() > "ROW(".length() ? ", " : "").append(value(column));
        }
        row.append(')');
        return recordHash ? "hash_record_extended(" + row + ", 0)" : "hashtextextended((" + row + ")::text, 0)";
    }

    private String value(Column column) {
        String name = Identifiers.quoted(column.name());
        ColumnType type = withoutDomain(column.type());
        if (type == null) {
            return name + "::text";
        }
        if (type.schema().equals(SYSTEM) && OWN_HASH.contains(type.name())) {
            return name;
        }
        if (type.schema().equals(SYSTEM) && COLLATED.contains(type.name())) {
            return name + "::text COLLATE \"C\"";
        }
        return hasPortableBytes(type) ? type.send() + "(" + name + ")" : name + "::text COLLATE \"C\"";
    }

    /** Whether the binary form is the same on every server that holds the same value. */
    private boolean hasPortableBytes(ColumnType type) {
        if (type.send().isEmpty() || type.kind() != 'b' || NAMES_BY_OID.contains(type.name())) {
            return false;
        }
        if (type.element() == 0) {
            return true;
        }
        ColumnType element = types.get(type.element());
        return element != null
                && element.kind() == 'b'
                && element.schema().equals(SYSTEM)
                && !NAMES_BY_OID.contains(element.name());
    }

    private @Nullable ColumnType withoutDomain(int oid) {
        ColumnType type = types.get(oid);
        while (type != null && type.kind() == 'd') {
            type = types.get(type.base());
        }
        return type;
    }
}
