package dev.understudy.lab.seeds;

import java.util.ArrayList;
import java.util.List;

/** Rewrites a table into a new one that takes its place, with everything that belongs to it. */
final class TableRewrite {
    private final Schema schema;

    TableRewrite(Schema schema) {
        this.schema = schema;
    }

    /** Tables that nothing refers to. */
    List<Table> candidates() {
        return schema.tables().stream()
                .filter(table -> !table.partitioned())
                .filter(table -> schema.tables().stream()
                        .noneMatch(other ->
                                other.parent().filter(table.name()::equals).isPresent()))
                .filter(table ->
                        schema.views().stream().noneMatch(view -> view.table().equals(table)))
                .toList();
    }

    List<String> statements(Table table) {
        String name = table.name();
        String fresh = name + "_new";
        List<String> sql = new ArrayList<>();
        sql.add("CREATE TABLE " + fresh + " (LIKE " + name + " INCLUDING ALL)");
        sql.add("INSERT INTO " + fresh + " (" + table.stored() + ") SELECT " + table.stored() + " FROM " + name
                + " ORDER BY " + table.number() + " DESC");
        if (table.key() == KeyKind.SERIAL) {
            sql.add("ALTER SEQUENCE " + table.sequence() + " OWNED BY " + fresh + "." + table.id());
        }
        if (table.key() == KeyKind.IDENTITY) {
            sql.add("SELECT setval('" + fresh + "_" + table.id() + "_seq', last_value, is_called) FROM "
                    + table.sequence());
        }
        sql.add("DROP TABLE " + name);
        sql.add("ALTER TABLE " + fresh + " RENAME TO " + name);
        if (table.key() == KeyKind.IDENTITY) {
            sql.add("ALTER SEQUENCE " + fresh + "_" + table.id() + "_seq RENAME TO " + table.sequence());
        }
        if (table.key() != KeyKind.NONE) {
            sql.add("ALTER INDEX " + fresh + "_pkey RENAME TO " + name + "_pkey");
        }
        if (table.key() != KeyKind.NONE && table.key() != KeyKind.NATURAL) {
            sql.add("ALTER INDEX " + fresh + "_" + table.number() + "_key RENAME TO " + name + "_number");
        }
        sql.add("ALTER INDEX " + fresh + "_" + name + "_status_idx RENAME TO " + new TableDdl(table).index());
        table.parent()
                .ifPresent(parent -> sql.add("ALTER TABLE " + name + " ADD CONSTRAINT "
                        + new TableDdl(table).foreignKey() + " FOREIGN KEY (" + table.reference() + ") REFERENCES "
                        + parent + " (" + parent + "_n)"));
        sql.add("GRANT SELECT, INSERT, UPDATE, DELETE ON " + name + " TO " + Schema.ROLE);
        if (table.key().hasSequence()) {
            sql.add("GRANT USAGE ON SEQUENCE " + table.sequence() + " TO " + Schema.ROLE);
        }
        return sql;
    }
}
