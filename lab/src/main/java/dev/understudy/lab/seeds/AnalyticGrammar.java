package dev.understudy.lab.seeds;

import dev.understudy.lab.seeds.Call.Facts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Draws reads whose columns are computed, or whose rows are chosen in longer ways. None sees a row beyond the hot ones. */
final class AnalyticGrammar {
    private final Chance chance;

    AnalyticGrammar(Chance chance) {
        this.chance = chance;
    }

    Call draw(Table table, Optional<Table> parent) {
        return switch (chance.below(parent.isPresent() ? 10 : 9)) {
            case 0 -> distinct(table);
            case 1 -> running(table);
            case 2 -> common(table);
            case 3 -> union(table);
            case 4 -> scalars(table);
            case 5 -> texts(table);
            case 6 -> inside(table);
            case 7 -> lastOnes(table);
            case 8 -> byCase(table);
            default -> existing(table, parent.orElseThrow());
        };
    }

    private static String status(Table table) {
        return table.name() + "_status";
    }

    private static String amount(Table table) {
        return table.name() + "_amount";
    }

    private static String upTo(Table table) {
        return " FROM " + table.name() + " WHERE " + table.number() + " <= ?";
    }

    private Call distinct(Table table) {
        Column column = chance.pick(table.lit());
        Set<String> from = Set.of(table.ref(column.name()), table.rowsRef());
        return Call.query(
                "SELECT DISTINCT " + column.name() + upTo(table) + " ORDER BY 1",
                List.of(table.hot()),
                new Facts(Map.of(column.name(), from), from, Map.of()));
    }

    private Call running(Table table) {
        Set<String> rows = Set.of(table.rowsRef());
        return Call.query(
                "SELECT " + table.number() + ", row_number() OVER w AS place, sum(" + amount(table)
                        + ") OVER w AS running" + upTo(table) + " WINDOW w AS (ORDER BY " + table.number()
                        + ") ORDER BY 1",
                List.of(table.hot()),
                new Facts(
                        Map.of(
                                table.number(),
                                rows,
                                "place",
                                rows,
                                "running",
                                ReadGrammar.with(rows, table.ref(amount(table)))),
                        rows,
                        Map.of()));
    }

    private Call common(Table table) {
        String amount = amount(table);
        return Call.query(
                "WITH picked AS (SELECT " + table.number() + ", " + amount + upTo(table) + ") SELECT " + table.number()
                        + ", " + amount + " * 2 AS doubled, round(" + amount + ", 1) AS rounded FROM picked",
                List.of(table.hot()),
                new Facts(
                        Map.of(
                                table.number(),
                                Set.of(table.rowsRef()),
                                "doubled",
                                Set.of(table.ref(amount)),
                                "rounded",
                                Set.of(table.ref(amount))),
                        Set.of(table.rowsRef()),
                        Map.of()));
    }

    private Call union(Table table) {
        String text = table.name() + "_note";
        return Call.query(
                "SELECT " + table.number() + ", " + status(table) + upTo(table) + " UNION ALL SELECT " + table.number()
                        + ", " + text + upTo(table),
                List.of(table.hot(), table.hot()),
                new Facts(
                        Map.of(
                                table.number(),
                                Set.of(table.rowsRef()),
                                status(table),
                                Set.of(table.ref(status(table)), table.ref(text))),
                        Set.of(table.rowsRef()),
                        Map.of()));
    }

    private Call scalars(Table table) {
        Set<String> from = Set.of(table.rowsRef(), table.ref(amount(table)));
        return Call.query(
                "SELECT (SELECT max(" + amount(table) + ")" + upTo(table) + ") AS highest, (SELECT count(*)"
                        + upTo(table) + ") AS number",
                List.of(table.hot(), table.hot()),
                new Facts(Map.of("highest", from, "number", Set.of(table.rowsRef())), Set.of(), Map.of()));
    }

    private Call texts(Table table) {
        String note = table.name() + "_note";
        Set<String> from = Set.of(table.ref(note));
        return Call.query(
                "SELECT " + table.number() + ", upper(" + note + ") AS loud, length(" + note + ") AS size, coalesce("
                        + note + ", '?') || '!' AS called" + upTo(table) + " ORDER BY " + table.number(),
                List.of(table.hot()),
                new Facts(
                        Map.of(table.number(), Set.of(table.rowsRef()), "loud", from, "size", from, "called", from),
                        Set.of(table.rowsRef()),
                        Map.of()));
    }

    /** What lies inside documents and arrays, where the table has some. */
    private Call inside(Table table) {
        Map<String, Set<String>> output = new LinkedHashMap<>();
        List<String> items = new ArrayList<>(List.of(table.number()));
        output.put(table.number(), Set.of(table.rowsRef()));
        for (Column column : table.lit()) {
            String item = switch (column.type()) {
                case JSONB -> column.name() + " #>> '{c,d,1}'";
                case INT_ARRAY, TEXT_ARRAY -> "array_length(" + column.name() + ", 1)";
                case TIMESTAMPTZ, TIMESTAMP -> "date_trunc('day', " + column.name() + ")";
                case BYTEA -> "length(" + column.name() + ")";
                default -> "";
            };
            if (!item.isEmpty()) {
                String as = "in_" + column.name();
                items.add(item + " AS " + as);
                output.put(as, Set.of(table.ref(column.name())));
            }
        }
        return Call.query(
                "SELECT " + String.join(", ", items) + upTo(table) + " ORDER BY " + table.number(),
                List.of(table.hot()),
                new Facts(output, Set.of(table.rowsRef()), Map.of()));
    }

    private Call lastOnes(Table table) {
        Column by = chance.pick(table.lit());
        Set<String> decides = Set.of(table.rowsRef(), table.ref(by.name()));
        return Call.query(
                ReadGrammar.select(table, List.of(by)) + " WHERE " + table.number() + " <= ? ORDER BY " + by.name()
                        + " DESC NULLS LAST, " + table.number() + " LIMIT 5 OFFSET 2",
                List.of(table.hot()),
                new Facts(Map.of(table.number(), decides, by.name(), decides), decides, Map.of()));
    }

    private Call byCase(Table table) {
        Set<String> from = Set.of(table.ref(status(table)), table.rowsRef());
        Set<String> all = new HashSet<>(from);
        all.add(table.ref(amount(table)));
        return Call.query(
                "SELECT CASE WHEN " + status(table) + " IN ('new', 'paid') THEN 'open' ELSE 'done' END AS state,"
                        + " count(*) AS number, avg(" + amount(table) + ") AS average" + upTo(table)
                        + " GROUP BY 1 HAVING count(*) > 1 ORDER BY 1",
                List.of(table.hot()),
                new Facts(Map.of("state", from, "number", from, "average", all), from, Map.of()));
    }

    private Call existing(Table table, Table parent) {
        Set<String> decides =
                Set.of(table.rowsRef(), table.ref(table.reference()), parent.rowsRef(), parent.ref(status(parent)));
        Column column = chance.pick(table.lit());
        return Call.query(
                ReadGrammar.select(table, List.of(column)) + " WHERE " + table.number()
                        + " <= ? AND EXISTS (SELECT 1 FROM " + parent.name() + " WHERE " + parent.number() + " = "
                        + table.reference() + " AND " + parent.number() + " <= ? AND " + status(parent)
                        + " <> ?) ORDER BY " + table.number(),
                List.of(table.hot(), parent.hot(), chance.pick(ValueType.STATUSES)),
                new Facts(
                        Map.of(table.number(), decides, column.name(), Set.of(table.ref(column.name()))),
                        decides,
                        Map.of()));
    }
}
