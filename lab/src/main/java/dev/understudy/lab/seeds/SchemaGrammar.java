package dev.understudy.lab.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws a schema: 2 to 5 tables, some of which refer to an earlier one, and views over them. */
final class SchemaGrammar {
    private static final List<ValueType> EVERYWHERE = List.of(ValueType.NUMERIC, ValueType.TEXT, ValueType.STATUS);

    private final Chance chance;

    SchemaGrammar(Chance chance) {
        this.chance = chance;
    }

    Schema draw() {
        List<Table> tables = new ArrayList<>();
        int count = chance.between(2, 5);
        for (int i = 1; i <= count; i++) {
            tables.add(table("t" + i, tables));
        }
        List<View> views = new ArrayList<>();
        int viewCount = chance.between(1, 2);
        for (int i = 1; i <= viewCount; i++) {
            views.add(new ViewGrammar(chance).draw("v" + i, chance.pick(tables)));
        }
        List<String> ddl = new ArrayList<>();
        tables.forEach(table -> ddl.addAll(new TableDdl(table).statements()));
        views.forEach(view -> ddl.add("CREATE VIEW " + view.name() + " AS " + view.query()));
        return new Schema(tables, views, ddl, rows(tables));
    }

    private Table table(String name, List<Table> before) {
        KeyKind key = chance.pick(List.of(KeyKind.values()));
        List<Table> parents = before.stream().filter(SchemaGrammar::canBeParent).toList();
        Optional<String> parent = parents.isEmpty() || chance.percent(30)
                ? Optional.empty()
                : Optional.of(chance.pick(parents).name());
        boolean partitioned = (key == KeyKind.NONE || key == KeyKind.COMPOSITE) && chance.percent(30);
        return new Table(
                name,
                key,
                columns(name),
                parent,
                chance.between(12, 40),
                chance.between(8, 120),
                partitioned,
                chance.percent(25));
    }

    /** Row numbers are unique in every table that has a key, but in parts of one they would need to be the key. */
    private static boolean canBeParent(Table table) {
        return table.key() != KeyKind.NONE && !table.partitioned();
    }

    private List<Column> columns(String table) {
        List<Column> columns = new ArrayList<>();
        for (ValueType type : ValueType.values()) {
            if (EVERYWHERE.contains(type) || chance.percent(45)) {
                columns.add(column(table, type, false));
            }
        }
        if (chance.percent(60)) {
            columns.add(column(table, chance.pick(List.of(ValueType.values())), true));
        }
        return columns;
    }

    private Column column(String table, ValueType type, boolean dark) {
        String name = table + "_" + type.stem() + (dark ? "_dark" : "");
        String sqlType = type == ValueType.ENUM ? name + "_enum" : type.sql();
        String defaultValue = defaultValue(type, dark);
        boolean nullable = !dark && type != ValueType.STATUS && chance.percent(50) || dark;
        return new Column(name, type, sqlType, nullable, defaultValue, dark);
    }

    private String defaultValue(ValueType type, boolean dark) {
        if (dark) {
            return "";
        }
        return switch (type) {
            case TIMESTAMPTZ -> chance.percent(50) ? "now()" : "";
            case UUID -> chance.percent(50) ? "gen_random_uuid()" : "";
            case STATUS -> "'new'";
            case BOOL -> chance.percent(50) ? "false" : "";
            case NUMERIC -> chance.percent(50) ? "10.5000" : "";
            default -> "";
        };
    }

    private List<String> rows(List<Table> tables) {
        List<String> statements = new ArrayList<>();
        for (Table table : tables) {
            RowMaker maker = new RowMaker(chance.split());
            Optional<Table> parent = table.parent()
                    .map(name -> tables.stream()
                            .filter(other -> other.name().equals(name))
                            .findFirst()
                            .orElseThrow());
            statements.add(maker.insert(table, parent.map(Table::rows).orElse(0)));
        }
        return statements;
    }
}
