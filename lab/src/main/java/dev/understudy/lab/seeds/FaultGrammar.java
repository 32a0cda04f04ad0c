package dev.understudy.lab.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Draws one fault that fits a schema and a workload. */
final class FaultGrammar {
    private static final int MOST_ROWS = 3;

    private final Chance chance;
    private final Schema schema;
    private final Workload workload;

    FaultGrammar(Chance chance, Schema schema, Workload workload) {
        this.chance = chance;
        this.schema = schema;
        this.workload = workload;
    }

    /** A fault of that kind in that place; empty where schema and workload have none. */
    Optional<Fault> draw(FaultCell cell) {
        if (cell.kind().isOfValues()) {
            return values(cell);
        }
        if (cell.kind().isOfRows()) {
            return rows(cell);
        }
        return new SchemaFaults(chance, schema).draw(cell.kind()).filter(fault -> fault.location() == cell.location());
    }

    private Optional<Fault> values(FaultCell cell) {
        List<Fault> places = new ArrayList<>();
        for (Table table : schema.tables()) {
            for (Column column : table.columns()) {
                boolean dark = cell.location() == Location.UNREAD_COLUMN;
                if (column.dark() == dark && cell.kind().fits(column)) {
                    values(cell, table, column).ifPresent(places::add);
                }
            }
        }
        return places.isEmpty() ? Optional.empty() : Optional.of(chance.pick(places));
    }

    private Optional<Fault> values(FaultCell cell, Table table, Column column) {
        String expression = cell.kind().expression(column, chance);
        String where;
        if (cell.location() == Location.OVERWRITTEN) {
            List<Integer> overwritten = overwritten(table, column, cell.kind() == FaultKind.NULL_TO_VALUE);
            if (overwritten.isEmpty()) {
                return Optional.empty();
            }
            where = table.number() + " = " + chance.pick(overwritten);
        } else {
            where = some(
                    table,
                    range(table, cell.location()) + " AND " + column.name() + " IS DISTINCT FROM (" + expression + ")");
        }
        return Optional.of(new Fault(
                cell.kind(),
                cell.location(),
                table.name(),
                column.name(),
                "UPDATE " + table.name() + " SET " + column.name() + " = " + expression + " WHERE " + where,
                Set.of(table.ref(column.name()))));
    }

    /** Rows of which the workload sets the column to a constant, and which have a value there before, or have none. */
    private List<Integer> overwritten(Table table, Column column, boolean none) {
        List<Integer> rows = new ArrayList<>();
        String set = "UPDATE " + table.name() + " SET " + column.name() + " = " + column.parameter() + " WHERE ";
        for (Unit unit : workload.units()) {
            for (Call call : unit.calls()) {
                if (call.sql().startsWith(set)) {
                    int row = (Integer) call.arguments().get(1);
                    if (RowMaker.isNone(table, column, row) == none && !RowMaker.isUnusual(row)) {
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    private Optional<Fault> rows(FaultCell cell) {
        FaultKind kind = cell.kind();
        List<Table> tables = schema.tables().stream()
                .filter(table -> kind == FaultKind.ROW_DUPLICATED
                        ? table.key() == KeyKind.NONE
                        : kind == FaultKind.ROW_ADDED || !isParent(table))
                .toList();
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        Table table = chance.pick(tables);
        Location location = cell.location();
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
