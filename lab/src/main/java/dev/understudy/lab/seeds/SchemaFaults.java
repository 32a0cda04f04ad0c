package dev.understudy.lab.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Draws a fault of the schema. */
final class SchemaFaults {
    private final Chance chance;
    private final Schema schema;

    SchemaFaults(Chance chance, Schema schema) {
        this.chance = chance;
        this.schema = schema;
    }

    Optional<Fault> draw(FaultKind kind) {
        return switch (kind) {
            case SEQUENCE_BEHIND ->
                table(table -> table.key().hasSequence())
                        .map(table -> rows(kind, table, "SELECT setval('" + table.sequence() + "', 1, false)"));
            case CHECK_DROPPED -> table(table -> true).map(t -> dropped(kind, t, new TableDdl(t).check()));
            case FOREIGN_KEY_DROPPED ->
                table(table -> table.parent().isPresent()).map(t -> dropped(kind, t, new TableDdl(t).foreignKey()));
            case UNIQUE_DROPPED -> table(this::hasUniqueForNobody).map(t -> dropped(kind, t, t.name() + "_number"));
            case GRANT_LOST ->
                table(table -> true).map(t -> rows(kind, t, "REVOKE SELECT ON " + t.name() + " FROM " + Schema.ROLE));
            case WRITE_GRANT_LOST ->
                table(table -> true)
                        .map(t -> rows(kind, t, "REVOKE INSERT, UPDATE ON " + t.name() + " FROM " + Schema.ROLE));
            case ROW_SECURITY ->
                table(table -> true).map(t -> rows(kind, t, "ALTER TABLE " + t.name() + " ENABLE ROW LEVEL SECURITY"));
            case INDEX_DROPPED ->
                table(table -> true)
                        .map(t -> new Fault(
                                kind,
                                Location.SCHEMA,
                                t.name(),
                                "",
                                "DROP INDEX " + new TableDdl(t).index(),
                                Set.of()));
            case TRIGGER_LEFT -> table(table -> true).map(this::trigger);
            case VIEW_FILTER ->
                Optional.of(chance.pick(schema.views()))
                        .map(v -> view(kind, v, "CREATE OR REPLACE VIEW " + v.name() + " AS " + v.wrong()));
            case VIEW_DROPPED ->
                Optional.of(chance.pick(schema.views())).map(v -> view(kind, v, "DROP VIEW " + v.name()));
            default -> ofColumn(kind);
        };
    }

    private Optional<Fault> ofColumn(FaultKind kind) {
        return switch (kind) {
            case DEFAULT_CHANGED -> column(kind, column -> column.type() == ValueType.STATUS, "SET DEFAULT 'draft'");
            case DEFAULT_DROPPED ->
                column(kind, column -> !column.defaultValue().isEmpty(), "DROP DEFAULT");
            case NOT_NULL_DROPPED -> column(kind, column -> !column.nullable(), "DROP NOT NULL");
            case TYPE_NARROWED ->
                column(kind, column -> column.type() == ValueType.INT && !isInView(column), "TYPE smallint");
            case TYPE_ROUNDED -> converted(kind, ValueType.NUMERIC, "", "TYPE numeric(12,1)");
            case TYPE_CUT -> converted(kind, ValueType.VARCHAR, "", "TYPE varchar(9) USING left(@, 9)");
            case ZONE_LOST ->
                converted(
                        kind, ValueType.TIMESTAMPTZ, "SET TIME ZONE 'Asia/Tokyo'; ", "TYPE timestamp; RESET TIME ZONE");
            case COLUMN_DROPPED ->
                ofColumn(kind, column -> !isInView(column) && !isComputedFrom(column), "DROP COLUMN ", "");
            case COLUMN_RENAMED -> ofColumn(kind, column -> true, "RENAME COLUMN ", " TO renamed");
            case LABELS_SWAPPED -> labels();
            default -> throw new IllegalArgumentException("kind=" + kind + ": expected one of the schema's");
        };
    }

    /** A change of type that changes values; the session of the migration is over after it. */
    private Optional<Fault> converted(FaultKind kind, ValueType type, String before, String change) {
        return column(kind, column -> column.type() == type && !isInView(column) && !isComputedFrom(column), change)
                .map(fault -> new Fault(
                        kind,
                        fault.column().endsWith("_dark") ? Location.UNREAD_COLUMN : Location.READ,
                        fault.object(),
                        fault.column(),
                        before + fault.sql().replace("@", fault.column()),
                        fault.refs()));
    }

    private Optional<Fault> column(FaultKind kind, Predicate<Column> fits, String change) {
        return ofColumn(kind, fits, "ALTER COLUMN ", " " + change);
    }

    private Optional<Fault> ofColumn(FaultKind kind, Predicate<Column> fits, String before, String after) {
        List<Fault> places = new ArrayList<>();
        for (Table table : schema.tables()) {
            for (Column column : table.columns()) {
                if (fits.test(column)) {
                    places.add(new Fault(
                            kind,
                            Location.SCHEMA,
                            table.name(),
                            column.name(),
                            "ALTER TABLE " + table.name() + " " + before + column.name() + after,
                            Set.of(table.ref(column.name()))));
                }
            }
        }
        return places.isEmpty() ? Optional.empty() : Optional.of(chance.pick(places));
    }

    private Optional<Fault> labels() {
        List<Fault> places = new ArrayList<>();
        for (Table table : schema.tables()) {
            for (Column column : table.columns()) {
                if (column.type() == ValueType.ENUM) {
                    String rename = "ALTER TYPE " + column.sqlType() + " RENAME VALUE ";
                    places.add(new Fault(
                            FaultKind.LABELS_SWAPPED,
                            column.dark() ? Location.UNREAD_COLUMN : Location.READ,
                            table.name(),
                            column.name(),
                            rename + "'amber' TO 'swap'; " + rename + "'blue' TO 'amber'; " + rename
                                    + "'swap' TO 'blue'",
                            Set.of(table.ref(column.name()))));
                }
            }
        }
        return places.isEmpty() ? Optional.empty() : Optional.of(chance.pick(places));
    }

    private Optional<Table> table(Predicate<Table> fits) {
        List<Table> tables = schema.tables().stream().filter(fits).toList();
        return tables.isEmpty() ? Optional.empty() : Optional.of(chance.pick(tables));
    }

    private boolean hasUniqueForNobody(Table table) {
        boolean unique = table.key().hasId() || table.key() == KeyKind.COMPOSITE && !table.partitioned();
        return unique
                && schema.tables().stream()
                        .noneMatch(other ->
                                other.parent().filter(table.name()::equals).isPresent());
    }

    private boolean isInView(Column column) {
        return schema.views().stream().anyMatch(view -> view.query().matches("(?s).*\\b" + column.name() + "\\b.*"));
    }

    private boolean isComputedFrom(Column column) {
        return column.type() == ValueType.NUMERIC
                && schema.tables().stream()
                        .anyMatch(table ->
                                table.computed() && table.column(column.name()).isPresent());
    }

    private Fault rows(FaultKind kind, Table table, String sql) {
        return new Fault(kind, Location.SCHEMA, table.name(), "*", sql, Set.of(table.rowsRef()));
    }

    private Fault dropped(FaultKind kind, Table table, String constraint) {
        return rows(kind, table, "ALTER TABLE " + table.name() + " DROP CONSTRAINT " + constraint);
    }

    private Fault view(FaultKind kind, View view, String sql) {
        return new Fault(kind, Location.SCHEMA, view.name(), "*", sql, Set.of(view.name() + ".*"));
    }

    private Fault trigger(Table table) {
        String amount = table.name() + "_amount";
        String function = table.name() + "_keep";
        return new Fault(
                FaultKind.TRIGGER_LEFT,
                Location.SCHEMA,
                table.name(),
                amount,
                "CREATE FUNCTION " + function + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW." + amount
                        + " := round(NEW." + amount + ", 1); RETURN NEW; END $$; CREATE TRIGGER " + function
                        + " BEFORE INSERT OR UPDATE ON " + table.name() + " FOR EACH ROW EXECUTE FUNCTION " + function
                        + "()",
                Set.of(table.ref(amount)));
    }
}
