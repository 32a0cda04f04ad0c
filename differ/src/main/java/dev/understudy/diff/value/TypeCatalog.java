package dev.understudy.diff.value;

import dev.understudy.trace.catalog.Catalog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of one server by OID. Immutable once built. */
public final class TypeCatalog {
    /** Domains over domains are followed so far; deeper ones are read as text. */
    private static final int MAX_DOMAIN_DEPTH = 16;

    private final Map<Integer, PgType> types = new HashMap<>();

    /** The types of that catalog; null knows the built-in ones only. */
    public TypeCatalog(@Nullable Catalog catalog) {
        if (catalog != null) {
            Map<Integer, Catalog.Type> rows = new HashMap<>();
            catalog.types().forEach(row -> rows.put(row.oid(), row));
            rows.values().forEach(row -> types.put(row.oid(), resolve(row, rows, MAX_DOMAIN_DEPTH)));
        }
    }

    /** The type of that OID; one that nobody knows is named by its number. */
    public PgType type(int oid) {
        PgType builtIn = BuiltInTypes.get(oid);
        if (builtIn != null) {
            return builtIn;
        }
        PgType type = types.get(oid);
        return type != null ? type : new PgType(oid, "oid " + Integer.toUnsignedString(oid), Family.OTHER, null);
    }

    /** Whether the type is known by name, so that it can be told from another server's. */
    public boolean isKnown(int oid) {
        return BuiltInTypes.get(oid) != null || types.containsKey(oid);
    }

    private static PgType resolve(Catalog.Type row, Map<Integer, Catalog.Type> rows, int depth) {
        PgType builtIn = BuiltInTypes.get(row.oid());
        if (builtIn != null) {
            return builtIn;
        }
        String name = row.schema().equals("pg_catalog") ? row.name() : row.schema() + "." + row.name();
        if (row.kind() == 'e') {
            return new PgType(row.oid(), name, Family.ENUM, null);
        }
        if (row.kind() == 'd') {
            PgType base = depth == 0 ? null : at(row.base(), rows, depth - 1);
            return base == null
                    ? new PgType(row.oid(), name, Family.OTHER, null)
                    : new PgType(row.oid(), name, base.family(), base.element());
        }
        // Arrays are named _element; a type with an element and another name, such as point, is none.
        if (row.element() != 0 && row.name().startsWith("_")) {
            PgType element = depth == 0 ? null : at(row.element(), rows, depth - 1);
            return new PgType(row.oid(), name, element == null ? Family.OTHER : Family.ARRAY, element);
        }
        // citext is read and shown like text, and its equality is not what an application sees.
        return new PgType(row.oid(), name, row.name().equals("citext") ? Family.TEXT : Family.OTHER, null);
    }

    private static @Nullable PgType at(int oid, Map<Integer, Catalog.Type> rows, int depth) {
        PgType builtIn = BuiltInTypes.get(oid);
        if (builtIn != null) {
            return builtIn;
        }
        Catalog.Type row = rows.get(oid);
        return row == null ? null : resolve(row, rows, depth);
    }
}
