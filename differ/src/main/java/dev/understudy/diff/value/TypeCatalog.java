package dev.understudy.diff.value;

import dev.understudy.pgwire.value.PgType;
import dev.understudy.trace.catalog.Catalog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of one server by OID. Immutable once built. */
public final class TypeCatalog {
    /** Domains over domains are followed so far; deeper ones are read as they are written. */
    private static final int MAX_DOMAIN_DEPTH = 16;

    private final Map<Integer, ColumnType> types = new HashMap<>();

    /** The types of that catalog; null knows the built-in ones only. */
    public TypeCatalog(@Nullable Catalog catalog) {
        if (catalog != null) {
            Map<Integer, Catalog.Type> rows = new HashMap<>();
            catalog.types().forEach(row -> rows.put(row.oid(), row));
            rows.values().stream()
                    .filter(row -> !isBuiltIn(row.oid()))
                    .forEach(row -> types.put(row.oid(), resolve(row, rows)));
        }
    }

    /** The type of that OID; one that nobody knows is named by its number. */
    public ColumnType type(int oid) {
        ColumnType type = types.get(oid);
        return type != null ? type : new ColumnType(oid, PgType.nameOf(oid), isBuiltIn(oid) ? oid : 0, false);
    }

    /** Whether the type is known by name, so that it can be told from another server's. */
    public boolean isKnown(int oid) {
        return isBuiltIn(oid) || types.containsKey(oid);
    }

    private static boolean isBuiltIn(int oid) {
        return PgType.of(oid) != null || PgType.elementOf(oid) != null;
    }

    private static ColumnType resolve(Catalog.Type row, Map<Integer, Catalog.Type> rows) {
        String name = row.schema().equals("pg_catalog") ? row.name() : row.qualifiedName();
        Catalog.Type base = row;
        int depth = 0;
        while (base != null && base.kind() == 'd' && depth++ < MAX_DOMAIN_DEPTH) {
            if (isBuiltIn(base.base())) {
                return new ColumnType(row.oid(), name, base.base(), false);
            }
            base = rows.get(base.base());
        }
        boolean enumeration = base != null && base.kind() == 'e';
        // citext is read and shown like text; its equality is not what an application sees.
        boolean text = row.name().equals("citext");
        return new ColumnType(row.oid(), name, text ? PgType.TEXT.oid() : 0, enumeration);
    }
}
