package dev.understudy.lab.seeds;

import dev.understudy.lab.seeds.Call.Act;
import dev.understudy.lab.seeds.Call.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Draws statements that write, and such as fail in production too. */
final class WriteGrammar {
    /** Rows that a session adds are numbered from here, a range for each session. */
    private static final int FIRST_ADDED = 10_000;

    private final Chance chance;
    private final int session;
    private final Map<String, Integer> added = new HashMap<>();

    WriteGrammar(Chance chance, int session) {
        this.chance = chance;
        this.session = session;
    }

    Call draw(Table table, int parentRows) {
        return switch (chance.below(12)) {
            case 8 -> upsert(table);
            case 9 -> touch(table);
            case 10 -> added(table);
            case 11 -> raiseSome(table);
            case 0, 1 -> insert(table, parentRows);
            case 2, 3 -> update(table);
            case 4 -> raise(table);
            case 5 -> close(table);
            case 6 -> copy(table);
            default -> delete(table);
        };
    }

    /** A statement that fails, in a way that the schema decides. */
    Call failing(Table table) {
        int kind = chance.below(4);
        if (kind == 0) {
            return Call.query(
                            "UPDATE " + table.name() + " SET " + table.name() + "_amount = -2000000 WHERE "
                                    + table.number() + " = ?",
                            List.of(chance.between(1, table.hot())),
                            writes(table, Map.of(table.ref(table.name() + "_amount"), Set.of())))
                    .failing("23514");
        }
        if (kind == 1 && table.key() != KeyKind.NONE && !table.partitioned()) {
            return Call.query(
                            "INSERT INTO " + table.name() + " (" + table.number() + ", " + table.name()
                                    + "_amount) VALUES (?, 1)",
                            List.of(chance.between(1, table.hot())),
                            writes(table, Map.of(table.rowsRef(), Set.of())))
                    .failing(hasRequired(table) ? "23502" : "23505");
        }
        if (kind == 2 && table.parent().isPresent()) {
            return Call.query(
                            "UPDATE " + table.name() + " SET " + table.reference() + " = -1 WHERE " + table.number()
                                    + " = ?",
                            List.of(chance.between(1, table.hot())),
                            writes(table, Map.of(table.ref(table.reference()), Set.of())))
                    .failing("23503");
        }
        return Call.query(
                        "SELECT 1 / (" + table.number() + " - " + table.number() + ") AS never FROM " + table.name()
                                + " WHERE " + table.number() + " = ?",
                        List.of(1),
                        new Facts(Map.of(), Set.of(table.rowsRef()), Map.of()))
                .failing("22012");
    }

    private static boolean hasRequired(Table table) {
        return table.columns().stream()
                .anyMatch(column ->
                        !column.nullable() && column.defaultValue().isEmpty() && column.type() != ValueType.NUMERIC);
    }

    private int next(Table table) {
        return FIRST_ADDED * (session + 1) + added.merge(table.name(), 1, Integer::sum);
    }

    /** All columns without default, some with; the key, and what the server made up, come back. */
    private Call insert(Table table, int parentRows) {
        List<String> names = new ArrayList<>(List.of(table.number()));
        List<String> values = new ArrayList<>(List.of("?"));
        List<Object> arguments = new ArrayList<>(List.of(next(table)));
        Map<String, Set<String>> output = new LinkedHashMap<>();
        StringBuilder returning = new StringBuilder(table.number());
        output.put(table.number(), Set.of());
        if (table.key().hasId()) {
            returning.append(", ").append(table.id());
            output.put(table.id(), Set.of(table.ref(table.id())));
        }
        for (Column column : table.columns()) {
            boolean left = !column.defaultValue().isEmpty() && chance.percent(70);
            if (left) {
                returning.append(", ").append(column.name());
                output.put(column.name(), Set.of(table.ref(column.name())));
            } else if (!column.dark() || !column.nullable()) {
                names.add(column.name());
                values.add(column.parameter());
                arguments.add(column.type().value(chance));
            }
        }
        if (table.parent().isPresent() && parentRows > 0) {
            names.add(table.reference());
            values.add("?");
            arguments.add(chance.between(1, parentRows));
        }
        return Call.query(
                "INSERT INTO " + table.name() + " (" + String.join(", ", names) + ") VALUES ("
                        + String.join(", ", values) + ") RETURNING " + returning,
                arguments,
                new Facts(output, Set.of(table.rowsRef()), Map.of(table.rowsRef(), Set.of())));
    }

    /** Changes a row that is there by way of INSERT; an update where nothing tells rows apart. */
    private Call upsert(Table table) {
        String amount = table.name() + "_amount";
        if (table.key() == KeyKind.NONE || table.key() == KeyKind.COMPOSITE || table.partitioned()) {
            return raise(table);
        }
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        List<Object> arguments = new ArrayList<>();
        arguments.add(chance.between(1, table.hot()));
        for (Column column : table.columns()) {
            if (!column.nullable() || column.name().equals(amount)) {
                names.add(column.name());
                values.add(column.parameter());
                arguments.add(column.type().value(chance));
            }
        }
        return Call.query(
                "INSERT INTO " + table.name() + " (" + table.number() + ", " + String.join(", ", names)
                        + ") VALUES (?, " + String.join(", ", values) + ") ON CONFLICT (" + table.number()
                        + ") DO UPDATE SET " + amount + " = excluded." + amount + " RETURNING " + table.number() + ", "
                        + amount,
                arguments,
                new Facts(
                        Map.of(table.number(), Set.of(table.rowsRef()), amount, Set.of(table.ref(amount))),
                        Set.of(table.rowsRef()),
                        Map.of(table.ref(amount), Set.of())));
    }

    /** Writes the server's time into a row that is there, where there is such a column. */
    private Call touch(Table table) {
        List<Column> times = table.of(ValueType.TIMESTAMPTZ);
        if (times.isEmpty()) {
            return update(table);
        }
        String at = times.get(0).name();
        return Call.query(
                "UPDATE " + table.name() + " SET " + at + " = now() WHERE " + table.number() + " = ?",
                List.of(chance.between(1, table.hot())),
                writes(table, Map.of(table.ref(at), Set.of())));
    }

    /** Reads a row that this session has added, or all of them, with what the server made up for it. */
    private Call added(Table table) {
        int first = FIRST_ADDED * (session + 1);
        int last = this.added.getOrDefault(table.name(), 0);
        String select = ReadGrammar.select(table, table.lit());
        Facts facts = ReadGrammar.facts(table, table.lit(), List.of());
        if (chance.percent(50)) {
            return Call.query(
                    select + " WHERE " + table.number() + " = ?",
                    List.of(first + (last == 0 ? 0 : chance.between(1, last))),
                    facts);
        }
        Map<String, Set<String>> output = new LinkedHashMap<>(facts.output());
        if (table.key().hasId()) {
            select = select.replaceFirst("SELECT ", "SELECT " + table.id() + ", ");
            output.put(table.id(), Set.of(table.ref(table.id())));
        }
        return Call.query(
                select + " WHERE " + table.number() + " BETWEEN ? AND ?"
                        + (chance.percent(50) ? " ORDER BY " + table.number() : ""),
                List.of(first, first + FIRST_ADDED - 1),
                new Facts(output, facts.decides(), Map.of()));
    }

    /** Adds to rows of one status, and tells which. */
    private Call raiseSome(Table table) {
        String amount = table.name() + "_amount";
        String status = table.name() + "_status";
        Set<String> decides = Set.of(table.rowsRef(), table.ref(status));
        return Call.query(
                "UPDATE " + table.name() + " SET " + amount + " = " + amount + " + 1 WHERE " + status + " = ? AND "
                        + table.number() + " <= ? RETURNING " + table.number() + ", " + amount,
                List.of(chance.pick(ValueType.STATUSES), table.hot() / 2),
                new Facts(
                        Map.of(table.number(), decides, amount, ReadGrammar.with(decides, table.ref(amount))),
                        decides,
                        Map.of(table.ref(amount), ReadGrammar.with(decides, table.ref(amount)))));
    }

    private Call update(Table table) {
        Column column = chance.pick(table.lit());
        Set<String> from = Set.of(table.ref(column.name()));
        return Call.query(
                "UPDATE " + table.name() + " SET " + column.name() + " = " + column.parameter() + " WHERE "
                        + table.number() + " = ? RETURNING " + table.number() + ", " + column.name(),
                List.of(column.type().value(chance), chance.between(1, table.hot())),
                new Facts(
                        Map.of(table.number(), Set.of(table.rowsRef()), column.name(), from),
                        Set.of(table.rowsRef()),
                        Map.of(table.ref(column.name()), Set.of())));
    }

    private Call raise(Table table) {
        String amount = table.name() + "_amount";
        return Call.query(
                "UPDATE " + table.name() + " SET " + amount + " = " + amount + " + ? WHERE " + table.number() + " = ?",
                List.of(ValueType.NUMERIC.value(chance), chance.between(1, table.hot())),
                writes(table, Map.of(table.ref(amount), Set.of(table.ref(amount)))));
    }

    private Call close(Table table) {
        String status = table.name() + "_status";
        return Call.query(
                "UPDATE " + table.name() + " SET " + status + " = 'closed' WHERE " + status + " = ? AND "
                        + table.number() + " <= ?",
                List.of(chance.pick(ValueType.STATUSES), table.hot()),
                new Facts(
                        Map.of(),
                        Set.of(table.rowsRef(), table.ref(status)),
                        Map.of(table.ref(status), Set.of(table.ref(status)))));
    }

    private Call delete(Table table) {
        int last = added.getOrDefault(table.name(), 0);
        int number = FIRST_ADDED * (session + 1) + (last == 0 ? 0 : chance.between(1, last));
        return Call.query(
                "DELETE FROM " + table.name() + " WHERE " + table.number() + " = ?",
                List.of(number),
                writes(table, Map.of(table.rowsRef(), Set.of())));
    }

    /** Two rows, all columns but those that the server makes up. */
    private Call copy(Table table) {
        List<Column> columns = table.columns().stream()
                .filter(column -> !column.dark() || !column.nullable())
                .toList();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            rows.append(next(table));
            for (Column column : columns) {
                Object value = column.type().value(chance);
                rows.append('\t').append(value instanceof byte[] bytes ? "\\\\x" + hex(bytes) : value);
            }
            rows.append('\n');
        }
        StringBuilder names = new StringBuilder(table.number());
        columns.forEach(column -> names.append(", ").append(column.name()));
        return new Call(
                Act.COPY_IN,
                "COPY " + table.name() + " (" + names + ") FROM STDIN",
                List.of(rows.toString()),
                "",
                writes(table, Map.of(table.rowsRef(), Set.of())));
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    private static Facts writes(Table table, Map<String, Set<String>> written) {
        return new Facts(Map.of(), Set.of(table.rowsRef()), written);
    }

    /** How many rows the referred table has that nobody deletes. */
    static int parentRows(Schema schema, Table table) {
        Optional<Table> parent = table.parent().map(schema::table);
        return parent.map(Table::rows).orElse(0);
    }
}
