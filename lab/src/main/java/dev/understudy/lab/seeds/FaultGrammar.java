package dev.understudy.lab.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Draws one fault that fits a schema and a workload. */
final class FaultGrammar {
    private static final int MOST_ROWS = 3;
    private static final int ATTEMPTS = 200;

    private final Chance chance;
    private final Schema schema;
    private final Workload workload;

    FaultGrammar(Chance chance, Schema schema, Workload workload) {
        this.chance = chance;
        this.schema = schema;
        this.workload = workload;
    }

    Fault draw() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Fault> fault = draw(chance.pick(List.of(FaultKind.values())));
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        throw new IllegalStateException("no fault fits, attempts=" + ATTEMPTS);
    }

    /** A fault of that kind; empty where the schema has no place for it. */
    Optional<Fault> draw(FaultKind kind) {
        if (kind.isOfValues()) {
            return values(kind);
        }
        if (kind.isOfRows()) {
            return rows(kind);
        }
        return new SchemaFaults(chance, schema).draw(kind);
    }

    private Optional<Fault> values(FaultKind kind) {
        List<Fault> places = new ArrayList<>();
        for (Table table : schema.tables()) {
            for (Column column : table.columns()) {
                if (kind.fits(column)) {
                    places.add(values(kind, table, column));
                }
            }
        }
        return places.isEmpty() ? Optional.empty() : Optional.of(chance.pick(places));
    }

    private Fault values(FaultKind kind, Table table, Column column) {
        String expression = kind.expression(column, chance);
        List<Integer> overwritten = overwritten(table, column);
        Location location = column.dark()
                ? Location.UNREAD_COLUMN
                : kind != FaultKind.NULL_TO_VALUE && !column.nullable() && !overwritten.isEmpty() && chance.percent(40)
                        ? Location.OVERWRITTEN
                        : chance.percent(50) ? Location.UNREAD_ROWS : Location.READ;
        String where = location == Location.OVERWRITTEN
                ? table.number() + " = " + chance.pick(overwritten)
                : some(
                        table,
                        range(table, location) + " AND " + column.name() + " IS DISTINCT FROM (" + expression + ")");
        return new Fault(
                kind,
                location,
                table.name(),
                column.name(),
                "UPDATE " + table.name() + " SET " + column.name() + " = " + expression + " WHERE " + where,
                Set.of(table.ref(column.name())));
    }

    /** Rows of which the workload sets the column to a constant. */
    private List<Integer> overwritten(Table table, Column column) {
        List<Integer> rows = new ArrayList<>();
        String set = "UPDATE " + table.name() + " SET " + column.name() + " = " + column.parameter() + " WHERE ";
        for (Unit unit : workload.units()) {
            for (Call call : unit.calls()) {
                if (call.sql().startsWith(set)
                        && !RowMaker.isUnusual((Integer) call.arguments().get(1))) {
                    rows.add((Integer) call.arguments().get(1));
                }
            }
        }
        return rows;
    }

    private Optional<Fault> rows(FaultKind kind) {
        List<Table> tables = schema.tables().stream()
                .filter(table -> kind == FaultKind.ROW_DUPLICATED
                        ? table.key() == KeyKind.NONE
                        : kind == FaultKind.ROW_ADDED || !isParent(table))
                .toList();
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        Table table = chance.pick(tables);
        Location location = chance.percent(50) ? Location.UNREAD_ROWS : Location.READ;
        String sql = switch (kind) {
            case ROW_LOST -> "DELETE FROM " + table.name() + " WHERE " + some(table, range(table, location));
            case ROW_DUPLICATED ->
                "INSERT INTO " + table.name() + " (" + table.stored() + ") SELECT " + table.stored() + " FROM "
                        + table.name() + " WHERE " + some(table, range(table, location));
            default -> added(table, location);
        };
        return Optional.of(new Fault(kind, location, table.name(), "*", sql, Set.of(table.rowsRef())));
    }

    private String added(Table table, Location location) {
        List<String> names = new ArrayList<>();
        table.columns().forEach(column -> names.add(column.name()));
        String list = String.join(", ", names);
        int number = location == Location.READ ? 0 : table.rows() + 1;
        return "INSERT INTO " + table.name() + " (" + table.number() + ", " + list + ") SELECT " + number + ", " + list
                + " FROM " + table.name() + " WHERE " + table.number() + " = 1";
    }

    boolean isParent(Table table) {
        return schema.tables().stream()
                .anyMatch(other -> other.parent().filter(table.name()::equals).isPresent());
    }

    private static String range(Table table, Location location) {
        return table.number() + (location == Location.READ ? " <= " : " > ") + table.hot();
    }

    private String some(Table table, String where) {
        return table.number() + " IN (SELECT " + table.number() + " FROM " + table.name() + " WHERE " + where
                + " ORDER BY " + table.number() + (chance.percent(50) ? " DESC" : "") + " LIMIT "
                + chance.between(1, MOST_ROWS) + ")";
    }
}
