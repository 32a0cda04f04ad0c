package dev.understudy.replay.footprint;

import dev.understudy.pgwire.value.Value;
import dev.understudy.replay.access.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys of rows: the values of some columns, equal for equal values. */
final class RowKeys {
    /** Keys of one region that are told apart; where there are more, any row counts. */
    static final int MAX_KEYS = 64;

    /** Any row. */
    static final List<@Nullable Object> ANY = Arrays.asList((Object) null);

    private RowKeys() {}

    /** The keys that a region's rows can have; one null where any can, none where no row is in it. */
    static List<@Nullable Object> of(Region region, List<String> columns) {
        if (region.where().values().stream().anyMatch(Set::isEmpty)) {
            return List.of();
        }
        if (columns.isEmpty()) {
            return ANY;
        }
        List<@Nullable Object> keys = new ArrayList<>();
        List<List<Value>> tuples = List.of(List.of());
        for (String column : columns) {
            Set<Value> values = region.where().get(column);
            if (values == null || values.size() * tuples.size() > MAX_KEYS) {
                return ANY;
            }
            List<List<Value>> longer = new ArrayList<>(tuples.size() * values.size());
            for (List<Value> tuple : tuples) {
                for (Value value : values) {
                    List<Value> more = new ArrayList<>(tuple);
                    more.add(value);
                    longer.add(more);
                }
            }
            tuples = longer;
        }
        for (List<Value> tuple : tuples) {
            keys.add(tuple.size() == 1 ? tuple.get(0) : tuple);
        }
        return keys;
    }

    /** The same without those that hold a NULL: such rows are in no other's way, and refer to none. */
    static List<@Nullable Object> withoutNull(List<@Nullable Object> keys) {
        return keys.stream()
                .filter(key -> !Value.Null.NULL.equals(key)
                        && !(key instanceof List<?> tuple && tuple.contains(Value.Null.NULL)))
                .toList();
    }
}
