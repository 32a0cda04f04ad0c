package dev.understudy.diff.value;

import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.ValueType;
import dev.understudy.pgwire.value.ValueType.Plain;
import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds out what user-defined types are built of. */
final class TypeResolver {
    /** Types inside types are followed so far; deeper ones are compared as they are written. */
    private static final int MAX_DEPTH = 16;

    private final Map<Integer, Catalog.Type> rows = new HashMap<>();
    private final Map<Integer, Catalog.Relation> relations = new HashMap<>();
    private final Map<Integer, ValueType> resolved = new HashMap<>();
    private final ValueType.Lookup anonymous;

    /** {@code anonymous} finds the types of records' members later on. */
    TypeResolver(Catalog catalog, ValueType.Lookup anonymous) {
        catalog.types().forEach(row -> rows.put(row.oid(), row));
        catalog.relations().forEach(relation -> relations.put(relation.oid(), relation));
        this.anonymous = anonymous;
    }

    ValueType resolve(int oid) {
        return resolve(oid, 0);
    }

    private ValueType resolve(int oid, int depth) {
        if (oid == PgType.RECORD.oid()) {
            return new ValueType.AnyRecord(anonymous);
        }
        if (TypeCatalog.isBuiltIn(oid)) {
            return ValueType.builtIn(oid);
        }
        Catalog.Type row = rows.get(oid);
        if (row == null || depth > MAX_DEPTH) {
            return Plain.UNKNOWN;
        }
        ValueType known = resolved.get(oid);
        if (known == null) {
            known = read(row, depth + 1);
            resolved.put(oid, known);
        }
        return known;
    }

    private ValueType read(Catalog.Type row, int depth) {
        return switch (row.kind()) {
            case 'd' -> resolve(row.base(), depth);
            case 'e' -> Plain.LABEL;
            case 'c' -> composite(row, depth);
            // nobody but the server knows the canonical form of a user-defined range: it sends no other
            case 'r' -> new ValueType.Range(resolve(row.base(), depth), false);
            case 'm' ->
                resolve(row.base(), depth) instanceof ValueType.Range range
                        ? new ValueType.Multirange(range)
                        : Plain.UNKNOWN;
            case 'b' -> base(row, depth);
            default -> Plain.UNKNOWN;
        };
    }

    private ValueType base(Catalog.Type row, int depth) {
        if (row.element() != 0) {
            return ValueType.arrayOf(row.element(), resolve(row.element(), depth));
        }
        return switch (row.name()) {
            // read and shown like text; its equality is not what an application sees
            case "citext" -> new ValueType.Scalar(PgType.TEXT);
            case "hstore" -> Plain.HSTORE;
            default -> Plain.UNKNOWN;
        };
    }

    private ValueType composite(Catalog.Type row, int depth) {
        Catalog.Relation relation = relations.get(row.relation());
        if (relation == null) {
            return Plain.UNKNOWN;
        }
        List<ValueType.Attribute> attributes = new ArrayList<>();
        for (Catalog.Attribute attribute : relation.attributes()) {
            attributes.add(new ValueType.Attribute(attribute.name(), resolve(attribute.typeOid(), depth)));
        }
        return new ValueType.Composite(attributes);
    }
}
