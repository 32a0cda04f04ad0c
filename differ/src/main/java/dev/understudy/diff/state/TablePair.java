package dev.understudy.diff.state;

import dev.understudy.trace.catalog.Catalog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table on both sides, or on one.
 *
 * @param control the control's, null if it has none
 * @param candidate the candidate's, null if it has none
 * @param mapping what is known beyond their names
 */
record TablePair(Catalog.@Nullable Relation control, Catalog.@Nullable Relation candidate, TableMapping mapping) {
    static TablePair of(Catalog.@Nullable Relation control, Catalog.@Nullable Relation candidate) {
        return new TablePair(
                control, candidate, new TableMapping(name(control), name(candidate), List.of(), List.of()));
    }

    /** By which tables are ordered, and told in messages. */
    String name() {
        return control != null ? name(control) : name(candidate);
    }

    static String name(Catalog.@Nullable Relation relation) {
        return relation == null ? "" : relation.qualifiedName();
    }
}
