package dev.understudy.diff.value;

import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.ValueType;
import dev.understudy.trace.catalog.Catalog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of one server by OID. Immutable once built. */
public final class TypeCatalog {
    private final Map<Integer, ColumnType> types = new HashMap<>();

    /** The types of that catalog; null knows the built-in ones only. */
    public TypeCatalog(@Nullable Catalog catalog) {
        if (catalog != null) {
            TypeResolver resolver = new TypeResolver(catalog, oid -> type(oid).reading());
            for (Catalog.Type row : catalog.types()) {
                if (!isBuiltIn(row.oid())) {
                    String name = row.schema().equals("pg_catalog") ? row.name() : row.qualifiedName();
                    types.put(row.oid(), new ColumnType(row.oid(), name, resolver.resolve(row.oid())));
                }
            }
        }
        types.put(
                PgType.RECORD.oid(),
                new ColumnType(
                        PgType.RECORD.oid(),
                        PgType.RECORD.typeName(),
                        new ValueType.AnyRecord(oid -> type(oid).reading())));
    }

    /** The type of that OID; one that nobody knows is named by its number. */
    public ColumnType type(int oid) {
        ColumnType type = types.get(oid);
        return type != null ? type : ColumnType.builtIn(oid, PgType.nameOf(oid));
    }

    /** Whether the type is known by name, so that it can be told from another server's. */
    public boolean isKnown(int oid) {
        return isBuiltIn(oid) || types.containsKey(oid);
    }

    static boolean isBuiltIn(int oid) {
        return PgType.of(oid) != null || PgType.elementOf(oid) != null;
    }
}
