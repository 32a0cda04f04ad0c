package dev.understudy.diff.state;

import dev.understudy.trace.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/** Tables whose rows are on another server, in whole or in part: reading them would put load on it. */
final class ForeignTables {
    /** Partitions of partitions are followed so far. */
    private static final int MAX_DEPTH = 32;

    private ForeignTables() {}

    /** Why a table is not compared; empty if its rows are at home. */
    static String reason(Sides sides, TablePair pair) {
        String control = reason(sides.control().catalog(), pair.control());
        return control.isEmpty() ? reason(sides.candidate().catalog(), pair.candidate()) : control;
    }

    private static String reason(Catalog catalog, Catalog.@Nullable Relation relation) {
        if (relation == null) {
            return "";
        }
        if (relation.kind() == 'f') {
            return "a foreign table: its rows are elsewhere";
        }
        String foreign = relation.kind() == 'p' ? foreignPart(catalog, relation.qualifiedName(), 0) : "";
        return foreign.isEmpty() ? "" : "its partition " + foreign + " is a foreign table: its rows are elsewhere";
    }

    private static String foreignPart(Catalog catalog, String table, int depth) {
        for (Catalog.Relation part : catalog.relations()) {
            if (part.partition() && part.parents().contains(table)) {
                String found = part.kind() == 'f'
                        ? part.qualifiedName()
                        : depth < MAX_DEPTH ? foreignPart(catalog, part.qualifiedName(), depth + 1) : "";
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
