package dev.understudy.diff.exercise;

import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A catalog by names, as statements write them. Immutable. */
final class Schema {
    private static final String WITH_COLUMNS = "rpvmf";

    private final Map<String, Catalog.Relation> relations = new HashMap<>();
    private final Map<String, List<String>> byName = new HashMap<>();
    private final Map<String, List<Catalog.Function>> functions = new HashMap<>();
    private final Map<String, List<Catalog.Trigger>> triggers = new HashMap<>();

    Schema(Catalog catalog) {
        Map<String, Set<String>> names = new HashMap<>();
        for (Catalog.Relation relation : catalog.relations()) {
            if (WITH_COLUMNS.indexOf(relation.kind()) >= 0) {
                relations.put(relation.qualifiedName(), relation);
                names.computeIfAbsent(relation.name(), any -> new TreeSet<>()).add(relation.qualifiedName());
            }
        }
        names.forEach((name, all) -> byName.put(
                name, all.size() > 1 && all.contains("public." + name) ? List.of("public." + name) : List.copyOf(all)));
        catalog.functions()
                .forEach(function -> functions
                        .computeIfAbsent(function.name(), any -> new ArrayList<>())
                        .add(function));
        catalog.triggers()
                .forEach(trigger -> triggers.computeIfAbsent(
                                trigger.schema() + "." + trigger.relation(), any -> new ArrayList<>())
                        .add(trigger));
    }

    /** The relations that a name may mean; none if it is not known. */
    List<Catalog.Relation> named(String name) {
        Catalog.Relation exact = relations.get(name);
        return exact != null
                ? List.of(exact)
                : byName.getOrDefault(name, List.of()).stream()
                        .map(relations::get)
                        .toList();
    }

    List<Catalog.Function> functions(String name) {
        return functions.getOrDefault(name, List.of());
    }

    List<Catalog.Trigger> triggers(String relation) {
        return triggers.getOrDefault(relation, List.of());
    }

    /** The text that a function runs: what its definition has between dollar quotes, else all of it. */
    static String body(Catalog.Function function) {
        String definition = function.definition();
        int open = definition.indexOf("AS $");
        int from = open < 0 ? -1 : definition.indexOf('$', open + 4);
        if (from < 0) {
            return definition;
        }
        String quote = definition.substring(open + 3, from + 1);
        int close = definition.indexOf(quote, from + 1);
        return close < 0 ? definition : definition.substring(from + 1, close);
    }
}
