package dev.understudy.diff.compare;

import dev.understudy.pgwire.value.PgType;
import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the columns of a result that name its rows: a key of each relation that shows one. */
final class RowKeys {
    private RowKeys() {}

    /** The pairs that are the key on both sides, empty where the result shows none. */
    static List<ColumnPair> of(List<ColumnPair> pairs, ServerCatalog left, ServerCatalog right) {
        List<ColumnPair> leftKey = key(pairs, left, true);
        // The migrated side may have another key; without a recorded catalog only one side can tell at all.
        List<ColumnPair> rightKey = key(pairs, right, false);
        return leftKey.isEmpty() ? rightKey : leftKey;
    }

    /**
     * By what rows belong together whose key each side drew by a default: all columns but those that are drawn, and but
     * times, since a clock may have filled them in.
     *
     * @return null where the key is not drawn
     */
    static @Nullable List<ColumnPair> content(
            List<ColumnPair> pairs, List<ColumnPair> key, ServerCatalog left, ServerCatalog right) {
        if (key.stream().noneMatch(pair -> isDrawn(pair, left, right))) {
            return null;
        }
        return pairs.stream()
                .filter(pair -> !isDrawn(pair, left, right) && !isTime(pair))
                .toList();
    }

    private static boolean isDrawn(ColumnPair pair, ServerCatalog left, ServerCatalog right) {
        return left.isDrawn(pair.left().field()) && right.isDrawn(pair.right().field());
    }

    private static boolean isTime(ColumnPair pair) {
        int type = pair.left().field().typeOid();
        return type == PgType.TIMESTAMPTZ.oid() || type == PgType.TIMESTAMP.oid();
    }

    private static List<ColumnPair> key(List<ColumnPair> pairs, ServerCatalog catalog, boolean leftSide) {
        Map<Integer, Map<Integer, ColumnPair>> byRelation = new LinkedHashMap<>();
        Map<Integer, Catalog.Relation> relations = new LinkedHashMap<>();
        for (ColumnPair pair : pairs) {
            Column column = leftSide ? pair.left() : pair.right();
            Catalog.@Nullable Relation relation = catalog.relation(column.field());
            if (relation != null) {
                relations.put(relation.oid(), relation);
                byRelation
                        .computeIfAbsent(relation.oid(), oid -> new LinkedHashMap<>())
                        .putIfAbsent(catalog.attributeNumber(column.field()), pair);
            }
        }
        List<ColumnPair> key = new ArrayList<>();
        byRelation.forEach((oid, columns) -> {
            Catalog.Relation relation = relations.get(oid);
            List<List<Integer>> known = relation == null ? List.of() : catalog.keys(relation);
            for (List<Integer> candidate : known) {
                if (columns.keySet().containsAll(candidate)) {
                    candidate.forEach(number -> key.add(columns.get(number)));
                    break;
                }
            }
        });
        return key;
    }
}
