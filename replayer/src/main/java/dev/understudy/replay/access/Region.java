package dev.understudy.replay.access;

import dev.understudy.pgwire.value.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table: those which have one of some values in every column that is named. Without columns, all of them.
 *
 * @param table the table; a partition or child counts as its root
 * @param where the values by column; SQL NULL is a value here, equal to itself
 */
public record Region(String table, Map<String, Set<Value>> where) {
    /** Copies the map. */
    public Region {
        where = Map.copyOf(where);
    }

    /** All rows of a table. */
    public static Region whole(String table) {
        return new Region(table, Map.of());
    }

    /** Whether no row can be in both. */
    public boolean isApartFrom(Region other) {
        if (!table.equals(other.table)) {
            return true;
        }
        for (Map.Entry<String, Set<Value>> column : where.entrySet()) {
            Set<Value> others = other.where.get(column.getKey());
            if (others != null && Collections.disjoint(column.getValue(), others)) {
                return true;
            }
        }
        return false;
    }

    /** Where such rows can be found once those columns may have any value; null stands for every column. */
    public Region without(@Nullable Set<String> columns) {
        if (columns == null) {
            return whole(table);
        }
        if (Collections.disjoint(columns, where.keySet())) {
            return this;
        }
        Map<String, Set<Value>> rest = new HashMap<>(where);
        rest.keySet().removeAll(columns);
        return new Region(table, rest);
    }

    /** The same rows, of which more is known. */
    public Region with(Map<String, Set<Value>> more) {
        Map<String, Set<Value>> all = new HashMap<>(where);
        all.putAll(more);
        return new Region(table, all);
    }
}
