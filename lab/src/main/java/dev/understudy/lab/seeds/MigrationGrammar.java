package dev.understudy.lab.seeds;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Draws what a migration does that is right. Each step leaves every old column's values as they are. */
final class MigrationGrammar {
    private static final int MOST_STEPS = 3;
    private static final int KINDS = 10;
    /** Steps after which the database may be what it was: a migration of nothing else could not be told from none. */
    private static final Set<Integer> LEAVES_NO_TRACE = Set.of(2, 6, 8, 9);

    private final Chance chance;
    private final Schema schema;
    private final Set<String> spared;

    /** A grammar that leaves some columns' and views' definitions alone, since a fault needs them. */
    MigrationGrammar(Chance chance, Schema schema, Set<String> spared) {
        this.chance = chance;
        this.schema = schema;
        this.spared = spared;
    }

    List<String> draw() {
        Set<Integer> kinds = new LinkedHashSet<>();
        int steps = chance.between(1, MOST_STEPS);
        while (kinds.size() < steps) {
            kinds.add(chance.below(KINDS));
        }
        List<String> sql = new ArrayList<>();
        kinds.forEach(kind -> sql.addAll(step(kind)));
        if (kinds.stream().allMatch(LEAVES_NO_TRACE::contains)) {
            sql.addAll(addColumn(chance.pick(schema.tables())));
        }
        return sql;
    }

    private List<String> step(int kind) {
        Table table = chance.pick(schema.tables());
        return switch (kind) {
            case 0 -> addColumn(table);
            case 1 ->
                List.of("CREATE INDEX " + table.name() + "_more ON " + table.name() + " (" + table.name() + "_amount)");
            case 2 -> widen();
            case 3 ->
                List.of("CREATE TABLE audit_log (audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what text)");
            case 4 ->
                List.of("CREATE FUNCTION twice(x integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT x * 2'");
            case 5 -> backfill(table);
            case 6 ->
                List.of("UPDATE " + table.name() + " SET " + table.name() + "_status = " + table.name() + "_status");
            case 7 ->
                List.of("ALTER TABLE " + table.name() + " ADD CONSTRAINT " + table.name() + "_more CHECK ("
                        + table.name() + "_n >= 0)");
            case 8 -> view();
            default ->
                new TableRewrite(schema)
                        .candidates().stream()
                                .filter(t -> !spared.contains(t.name()))
                                .findFirst()
                                .map(t -> new TableRewrite(schema).statements(t))
                                .orElseGet(() -> addColumn(table));
        };
    }

    private List<String> addColumn(Table table) {
        return List.of("ALTER TABLE " + table.name() + " ADD COLUMN IF NOT EXISTS " + table.name()
                + "_added text DEFAULT 'none'");
    }

    private List<String> backfill(Table table) {
        String copy = table.name() + "_copy";
        return List.of(
                "ALTER TABLE " + table.name() + " ADD COLUMN " + copy + " numeric",
                "UPDATE " + table.name() + " SET " + copy + " = " + table.name() + "_amount");
    }

    private List<String> widen() {
        for (Table table : schema.tables()) {
            for (Column column : table.columns()) {
                boolean free = !spared.contains(table.ref(column.name()))
                        && !(table.computed() && column.type() == ValueType.NUMERIC)
                        && schema.views().stream()
                                .noneMatch(view -> view.query().contains(column.name()));
                Optional<String> wider = free ? wider(column.type()) : Optional.empty();
                if (wider.isPresent()) {
                    return List.of(
                            "ALTER TABLE " + table.name() + " ALTER COLUMN " + column.name() + " TYPE " + wider.get());
                }
            }
        }
        return List.of();
    }

    private static Optional<String> wider(ValueType type) {
        return switch (type) {
            case INT -> Optional.of("bigint");
            case VARCHAR -> Optional.of("text");
            case NUMERIC -> Optional.of("numeric(18,4)");
            default -> Optional.empty();
        };
    }

    private List<String> view() {
        View view = chance.pick(schema.views());
        return spared.contains(view.name())
                ? List.of()
                : List.of("CREATE OR REPLACE VIEW " + view.name() + " AS " + view.equivalent());
    }
}
