package dev.understudy.diff.state;

import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * By which columns rows are paired: those of a unique index that both sides have, the primary key first; else of one
 * that a side has, since a migration may have lost it, or made it. Only where one side at least declares each of its
 * columns NOT NULL.
 */
final class KeyChoice {
    private KeyChoice() {}

    /**
     * A key.
     *
     * @param columns in the index's order; empty if there is none
     * @param uniqueOnControl whether the control lets no two rows have one
     * @param uniqueOnCandidate whether the candidate does not
     */
    record Key(List<ComparedColumn> columns, boolean uniqueOnControl, boolean uniqueOnCandidate) {
        static final Key NONE = new Key(List.of(), false, false);

        Key {
            columns = List.copyOf(columns);
        }
    }

    private record Choice(List<ComparedColumn> columns, boolean primary) {}

    static Key choose(
            Catalog control,
            Catalog.Relation before,
            Catalog candidate,
            Catalog.Relation after,
            List<ComparedColumn> columns) {
        Map<String, ComparedColumn> byBaseline = new HashMap<>();
        Map<String, ComparedColumn> byCandidate = new HashMap<>();
        columns.stream().filter(ComparedColumn::isPlain).forEach(column -> {
            byBaseline.putIfAbsent(column.control().column(), column);
            byCandidate.putIfAbsent(column.candidate().column(), column);
        });
        List<Choice> left = choices(control, before, byBaseline);
        List<Choice> right = choices(candidate, after, byCandidate);
        List<Key> keys = new ArrayList<>();
        left.forEach(choice -> keys.add(new Key(choice.columns(), true, has(right, choice))));
        right.stream()
                .filter(choice -> !has(left, choice))
                .forEach(choice -> keys.add(new Key(choice.columns(), false, true)));
        // Stable: the control's keys stand first, and of one side's the primary key.
        keys.sort(Comparator.comparing(key -> !(key.uniqueOnControl() && key.uniqueOnCandidate())));
        return keys.isEmpty() ? Key.NONE : keys.get(0);
    }

    private static boolean has(List<Choice> choices, Choice wanted) {
        return choices.stream()
                .anyMatch(choice -> new HashSet<>(choice.columns()).equals(new HashSet<>(wanted.columns())));
    }

    private static List<Choice> choices(
            Catalog catalog, Catalog.Relation relation, Map<String, ComparedColumn> columns) {
        Map<Integer, String> names = new HashMap<>();
        relation.attributes().forEach(attribute -> names.put(attribute.number(), attribute.name()));
        List<Choice> choices = new ArrayList<>();
        for (Catalog.Index index : catalog.indexes()) {
            if (!index.schema().equals(relation.schema())
                    || !index.relation().equals(relation.name())
                    || !index.unique()
                    || !index.valid()
                    || index.partial()) {
                continue;
            }
            List<ComparedColumn> key = new ArrayList<>();
            for (int number : index.columns()) {
                ComparedColumn column = columns.get(names.getOrDefault(number, ""));
                if (column != null
                        && (column.control().notNull() || column.candidate().notNull())) {
                    key.add(column);
                }
            }
            if (key.size() == index.columns().size() && !key.isEmpty()) {
                choices.add(new Choice(key, index.primary()));
            }
        }
        choices.sort(Comparator.<Choice, Boolean>comparing(choice -> !choice.primary())
                .thenComparing(choice -> choice.columns().size()));
        return choices;
    }
}
