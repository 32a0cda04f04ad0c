package dev.understudy.diff.state;

import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which tables of two catalogs belong together: what a mapping says, else the name. Listed are tables, partitioned
 * tables as a whole, materialized views and foreign tables; a partition only if the other side has a table of its name
 * that is none; a view only if the other side has a table of its name.
 */
final class TablePairs {
    private TablePairs() {}

    static List<TablePair> of(Catalog control, Catalog candidate, List<TableMapping> mappings) {
        Map<String, Catalog.Relation> left = relations(control);
        Map<String, Catalog.Relation> right = relations(candidate);
        List<TablePair> pairs = new ArrayList<>();
        for (TableMapping mapping : mappings) {
            Catalog.Relation before = left.get(mapping.baseline());
            Catalog.Relation after = right.get(mapping.candidate());
            if (before != null && after != null) {
                pairs.add(new TablePair(before, after, mapping));
                left.remove(mapping.baseline());
                right.remove(mapping.candidate());
            }
        }
        Set<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        for (String name : names) {
            Catalog.Relation before = left.get(name);
            Catalog.Relation after = right.get(name);
            if (stands(before) || stands(after)) {
                pairs.add(TablePair.of(before, after));
            }
        }
        pairs.sort(Comparator.comparing(TablePair::name));
        return pairs;
    }

    private static Map<String, Catalog.Relation> relations(Catalog catalog) {
        Map<String, Catalog.Relation> relations = new TreeMap<>();
        for (Catalog.Relation relation : catalog.relations()) {
            if ("rpmfv".indexOf(relation.kind()) >= 0) {
                relations.put(relation.qualifiedName(), relation);
            }
        }
        return relations;
    }

    /** Whether it has rows that stand nowhere else. */
    private static boolean stands(Catalog.@Nullable Relation relation) {
        return relation != null && relation.kind() != 'v' && !relation.partition();
    }
}
