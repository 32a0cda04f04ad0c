package dev.understudy.diff.state;

import dev.understudy.diff.statement.ServerFunctions;
import dev.understudy.trace.catalog.Catalog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Columns that a server fills in by itself, so that two arms hold other values for what one statement wrote.
 *
 * @param byChance whose default asks chance or the server, and those that refer to such a column by a foreign key; not
 *     sequences, which give both arms the same
 * @param byClock whose default asks a clock
 */
record GeneratedColumns(Set<String> byChance, Set<String> byClock) {
    GeneratedColumns {
        byChance = Set.copyOf(byChance);
        byClock = Set.copyOf(byClock);
    }

    static GeneratedColumns of(Catalog catalog, Catalog.Relation relation) {
        Map<String, Catalog.Relation> relations = new HashMap<>();
        catalog.relations().forEach(each -> relations.put(each.qualifiedName(), each));
        Set<String> byClock = new HashSet<>();
        for (Catalog.Attribute attribute : relation.attributes()) {
            if (attribute.defaultValue() != null && ServerFunctions.asksClock(attribute.defaultValue())) {
                byClock.add(attribute.name());
            }
        }
        return new GeneratedColumns(byChance(catalog, relations, relation, new HashSet<>()), byClock);
    }

    private static Set<String> byChance(
            Catalog catalog,
            Map<String, Catalog.Relation> relations,
            Catalog.@Nullable Relation relation,
            Set<String> visited) {
        Set<String> found = new HashSet<>();
        if (relation == null || !visited.add(relation.qualifiedName())) {
            return found;
        }
        for (Catalog.Attribute attribute : relation.attributes()) {
            if (attribute.defaultValue() != null && ServerFunctions.asksVolatile(attribute.defaultValue())) {
                found.add(attribute.name());
            }
        }
        for (Catalog.Constraint key : catalog.constraints()) {
            if (key.kind() == 'f'
                    && key.schema().equals(relation.schema())
                    && key.relation().equals(relation.name())
                    && key.referenced() != null) {
                Catalog.Relation other = relations.get(key.referenced());
                Set<String> theirs = byChance(catalog, relations, other, visited);
                for (int i = 0; i < key.columns().size() && other != null; i++) {
                    if (theirs.contains(name(other, key.referencedColumns().get(i)))) {
                        found.add(name(relation, key.columns().get(i)));
                    }
                }
            }
        }
        visited.remove(relation.qualifiedName());
        return found;
    }

    private static String name(Catalog.Relation relation, int number) {
        return relation.attributes().stream()
                .filter(attribute -> attribute.number() == number)
                .map(Catalog.Attribute::name)
                .findFirst()
                .orElse("");
    }
}
