package dev.understudy.replay.access;

import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the catalogs say about one table with its partitions and children, or about one view. Filled by its maker. */
final class TableFacts {
    final String name;
    /** Columns whose values prove something. */
    final Map<String, Family> columns = new HashMap<>();

    private final Set<String> ambiguous = new HashSet<>();
    /** Columns that take values from a sequence where none is given, with the sequence's name. */
    final Map<String, String> generated = new HashMap<>();
    /** Columns that have some value where none is given. */
    final Set<String> defaulted = new HashSet<>();
    /** Columns that a trigger may change before a row is written; null stands for all of them. */
    @Nullable Set<String> rewritten = new HashSet<>();

    final List<ForeignKey> parents = new ArrayList<>();
    final List<ForeignKey> children = new ArrayList<>();
    /** Texts that run when it is read: policies; a view's query. */
    final Set<String> readTexts = new HashSet<>();
    /** Texts of rules, which run when it is written. */
    final Set<String> ruleTexts = new HashSet<>();
    /** Names of functions among which are those that run when it is written: in triggers, defaults and checks. */
    final Map<Action, Set<String>> functions = new EnumMap<>(Action.class);

    /** Columns of unique indexes, the primary key's first; an empty list where an index computes its values. */
    private final Deque<List<String>> unique = new ArrayDeque<>();

    @Nullable String viewQuery;

    /** A foreign key, with what its definition says it does; columns by name, on both sides in the same order. */
    record ForeignKey(
            String child,
            List<String> columns,
            String parent,
            List<String> referenced,
            String onDelete,
            String onUpdate) {}

    TableFacts(String name) {
        this.name = name;
    }

    /** Takes in a relation: a column that means different things in two of them proves nothing. */
    void add(Catalog.Relation relation) {
        for (Catalog.Attribute column : relation.attributes()) {
            Family family = Family.of(column);
            Family before = columns.get(column.name());
            if (family == null || before != null && before != family || ambiguous.contains(column.name())) {
                ambiguous.add(column.name());
                columns.remove(column.name());
            } else {
                columns.put(column.name(), family);
            }
            String value = column.defaultValue();
            String sequence = sequence(relation, column);
            if (sequence != null) {
                generated.put(column.name(), sequence);
            }
            if (value != null || column.identity() != Catalog.NONE) {
                defaulted.add(column.name());
            }
            if (column.generated() != Catalog.NONE && rewritten != null) {
                rewritten.add(column.name());
            } else if (value != null && sequence == null) {
                functions(Action.INSERT, Names.of(value));
            }
        }
    }

    /** Notes a unique index; without columns one whose values are computed. */
    void unique(List<String> indexed, boolean primary) {
        if (!unique.contains(indexed)) {
            if (primary) {
                unique.addFirst(indexed);
            } else {
                unique.addLast(indexed);
            }
        }
    }

    TableKeys keys() {
        List<List<String>> further = new ArrayList<>(unique);
        List<String> row = further.stream()
                .filter(indexed -> !indexed.isEmpty() && columns.keySet().containsAll(indexed))
                .findFirst()
                .orElse(List.of());
        further.remove(row);
        Set<List<String>> referenced = new HashSet<>();
        children.forEach(key -> referenced.add(key.referenced()));
        return new TableKeys(row, further, referenced, defaulted, generated);
    }

    /** The sequence that a column takes its values from where none is given; null if there is none. */
    private static @Nullable String sequence(Catalog.Relation relation, Catalog.Attribute column) {
        String value = column.defaultValue();
        if (value != null && value.startsWith("nextval(")) {
            return Names.sequence(value);
        }
        return column.identity() == Catalog.NONE ? null : relation.name() + "_" + column.name() + "_seq";
    }

    /** Notes functions that may run when rows are added, changed or removed; the names of others do no harm. */
    void functions(Action action, Set<String> names) {
        functions.computeIfAbsent(action, any -> new HashSet<>()).addAll(names);
    }

    /** Names of functions that may run with such a write. */
    Set<String> functionsOf(Action action) {
        if (action != Action.ANY) {
            return functions.getOrDefault(action, Set.of());
        }
        Set<String> all = new HashSet<>();
        functions.values().forEach(all::addAll);
        return all;
    }

    boolean isView() {
        return viewQuery != null;
    }
}
