package dev.understudy.lab.seeds;

import java.util.List;

/**
 * A database before the migration.
 *
 * @param tables parents first
 * @param views over them
 * @param ddl what makes it
 * @param rows what fills it
 */
record Schema(List<Table> tables, List<View> views, List<String> ddl, List<String> rows) {
    /** The role of the workload's sessions. */
    static final String ROLE = "seed_app";

    Schema {
        tables = List.copyOf(tables);
        views = List.copyOf(views);
        ddl = List.copyOf(ddl);
        rows = List.copyOf(rows);
    }

    Table table(String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
