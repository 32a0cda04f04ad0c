package dev.understudy.replay.access;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tells a table's rows apart, by the indexes and foreign keys of all catalogs.
 *
 * @param row columns whose values tell one row from another, empty where there are none
 * @param unique columns of further unique indexes, in order; empty for one whose values are computed
 * @param referenced columns that foreign keys refer to
 * @param defaulted columns that have some value where none is given
 * @param generated those of them that take it from a sequence, with its name
 */
public record TableKeys(
        List<String> row,
        List<List<String>> unique,
        Set<List<String>> referenced,
        Set<String> defaulted,
        Map<String, String> generated) {
    /** Of a table that no catalog has. */
    static final TableKeys NONE = new TableKeys(List.of(), List.of(), Set.of(), Set.of(), Map.of());

    /** Copies the collections. */
    public TableKeys {
        row = List.copyOf(row);
        unique = List.copyOf(unique);
        referenced = Set.copyOf(referenced);
        defaulted = Set.copyOf(defaulted);
        generated = Map.copyOf(generated);
    }

    /** Whether two rows of the table can be in each other's way when they are added. */
    public boolean anyUnique() {
        return !row.isEmpty() || !unique.isEmpty();
    }
}
