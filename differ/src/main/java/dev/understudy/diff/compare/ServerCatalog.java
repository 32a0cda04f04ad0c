package dev.understudy.diff.compare;

import dev.understudy.diff.value.TypeCatalog;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.catalog.Catalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One server's catalog, indexed for reading its answers. Immutable. */
public final class ServerCatalog {
    private final TypeCatalog types;
    private final Map<Integer, Catalog.Relation> relations = new HashMap<>();
    private final Map<String, List<Integer>> primaryKeys = new HashMap<>();

    /** Of that catalog; null knows the built-in types only. */
    public ServerCatalog(@Nullable Catalog catalog) {
        types = new TypeCatalog(catalog);
        if (catalog != null) {
            catalog.relations().forEach(relation -> relations.put(relation.oid(), relation));
            catalog.constraints().stream()
                    .filter(constraint -> constraint.kind() == 'p')
                    .forEach(key -> primaryKeys.put(key.schema() + "." + key.relation(), key.columns()));
        }
    }

    /** The types by OID. */
    public TypeCatalog types() {
        return types;
    }

    /** The relation that a result's column comes from, null for an expression or where it is not known. */
    public Catalog.@Nullable Relation relation(Field field) {
        return field.relationOid() == 0 ? null : relations.get(field.relationOid());
    }

    /** The column that a result's column comes from, null for an expression or where it is not known. */
    public Catalog.@Nullable Attribute attribute(Field field) {
        Catalog.Relation relation = relation(field);
        if (relation == null) {
            return null;
        }
        for (Catalog.Attribute attribute : relation.attributes()) {
            if (attribute.number() == field.attributeNumber()) {
                return attribute;
            }
        }
        return null;
    }

    /** Its name, {@code schema.table.column}; empty for an expression or where it is not known. */
    public String origin(Field field) {
        Catalog.Relation relation = relation(field);
        Catalog.Attribute attribute = attribute(field);
        return relation == null || attribute == null ? "" : relation.qualifiedName() + "." + attribute.name();
    }

    /**
     * The only column that an expression names: of one table among those that its statement mentions.
     *
     * @param tables as the statement writes them, with or without schema
     * @param names the words of the expression
     * @return schema.table.column; empty where there is none, or more than one
     */
    public String onlyColumn(Set<String> tables, Set<String> names) {
        String found = "";
        for (Catalog.Relation relation : relations.values()) {
            if (!tables.contains(relation.name()) && !tables.contains(relation.qualifiedName())) {
                continue;
            }
            for (Catalog.Attribute attribute : relation.attributes()) {
                if (names.contains(attribute.name())) {
                    if (!found.isEmpty()) {
                        return "";
                    }
                    found = relation.qualifiedName() + "." + attribute.name();
                }
            }
        }
        return found;
    }

    /** The attribute numbers of a relation's primary key, empty if it has none. */
    public List<Integer> primaryKey(Catalog.Relation relation) {
        return primaryKeys.getOrDefault(relation.qualifiedName(), List.of());
    }
}
