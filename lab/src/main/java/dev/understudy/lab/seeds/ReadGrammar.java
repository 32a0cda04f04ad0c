package dev.understudy.lab.seeds;

import dev.understudy.lab.seeds.Call.Act;
import dev.understudy.lab.seeds.Call.Facts;
import dev.understudy.lab.seeds.Workload.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Draws statements that read. None sees a row beyond the hot ones, nor a dark column.
 *
 * <p>Left out: a prepared {@code SELECT *}, which asks for a format for each column that it knows, on a table that the
 * migration may grow. It fails on the candidate (08P01) by no fault of the migration; a replay that renegotiates shapes
 * would show nothing, and this one does not renegotiate.
 */
final class ReadGrammar {
    private static final List<String> VOLATILE =
            List.of("now()", "clock_timestamp()", "random()", "gen_random_uuid()", "txid_current()");

    private final Chance chance;

    ReadGrammar(Chance chance) {
        this.chance = chance;
    }

    /** Every hot row and every column that is not dark. */
    Call sweep(Table table) {
        return Call.query(
                select(table, table.lit()) + " WHERE " + table.number() + " <= ? ORDER BY " + table.number(),
                List.of(table.hot()),
                facts(table, table.lit(), List.of()));
    }

    /** All that a view shows of hot rows. */
    Call sweep(View view) {
        Map<String, Set<String>> output = new LinkedHashMap<>(view.columns());
        Set<String> decides = new HashSet<>(view.decides());
        decides.add(view.name() + ".*");
        output.replaceAll((column, from) -> with(from, view.name() + "." + column));
        return Call.query(
                "SELECT " + String.join(", ", view.columns().keySet()) + " FROM " + view.name() + " WHERE "
                        + view.number() + " <= ? ORDER BY 1",
                List.of(view.table().hot()),
                new Facts(output, decides, Map.of()));
    }

    /** Any read of a table; {@code parent} is the one it refers to, where that may be read too. */
    Call draw(Table table, Optional<Table> parent, Dialect dialect) {
        if (chance.percent(40)) {
            return new AnalyticGrammar(chance).draw(table, parent);
        }
        return switch (chance.below(parent.isPresent() ? 11 : 10)) {
            case 0 -> point(table);
            case 1 -> ordered(table);
            case 2 -> page(table);
            case 3 -> totals(table);
            case 4 -> grouped(table);
            case 5 -> anyThree(table);
            case 6 -> withNoise(table);
            case 7 -> copy(table);
            case 8 -> sweep(table).as(Act.CURSOR);
            case 9 -> table.hasDark() || dialect == Dialect.PREPARED ? point(table) : star(table);
            default -> joined(table, parent.orElseThrow());
        };
    }

    private Call point(Table table) {
        List<Column> columns = chance.some(table.lit(), 4);
        return Call.query(
                select(table, columns) + " WHERE " + table.number() + " = ?",
                List.of(hot(table)),
                facts(table, columns, List.of()));
    }

    private Call ordered(Table table) {
        List<Column> columns = chance.some(table.lit(), 4);
        Column by = chance.pick(table.of(ValueType.STATUS));
        int from = hot(table);
        List<Column> all = new ArrayList<>(columns);
        if (!all.contains(by)) {
            all.add(by);
        }
        return Call.query(
                select(table, all) + " WHERE " + table.number() + " BETWEEN ? AND ? ORDER BY " + by.name(),
                List.of(from, Math.min(table.hot(), from + 12)),
                facts(table, all, List.of()));
    }

    private Call page(Table table) {
        List<Column> columns = chance.some(table.lit(), 3);
        Column by = chance.pick(table.of(ValueType.STATUS));
        return Call.query(
                select(table, columns) + " WHERE " + table.number() + " <= ? ORDER BY " + by.name() + ", "
                        + table.number() + " DESC LIMIT " + chance.between(1, 8),
                List.of(table.hot()),
                facts(table, columns, List.of(by)));
    }

    private Call totals(Table table) {
        Map<String, Set<String>> output = new LinkedHashMap<>();
        StringBuilder list = new StringBuilder("count(*) AS rows");
        output.put("rows", Set.of(table.rowsRef()));
        for (Column column : table.lit()) {
            String call = switch (column.type()) {
                case INT, BIGINT, NUMERIC -> "sum";
                case FLOAT -> "avg";
                case TEXT, VARCHAR, TIMESTAMPTZ, TIMESTAMP, DATE -> "max";
                default -> "count";
            };
            String as = call + "_" + column.name();
            list.append(", ")
                    .append(call)
                    .append('(')
                    .append(column.name())
                    .append(") AS ")
                    .append(as);
            output.put(as, Set.of(table.ref(column.name()), table.rowsRef()));
        }
        return Call.query(
                "SELECT " + list + " FROM " + table.name() + " WHERE " + table.number() + " <= ?",
                List.of(table.hot()),
                new Facts(output, Set.of(), Map.of()));
    }

    private Call grouped(Table table) {
        String status = table.name() + "_status";
        String amount = table.name() + "_amount";
        Set<String> both = Set.of(table.ref(status), table.rowsRef());
        return Call.query(
                "SELECT " + status + ", count(*) AS rows, sum(" + amount + ") AS total FROM " + table.name() + " WHERE "
                        + table.number() + " <= ? GROUP BY " + status + " ORDER BY " + status,
                List.of(table.hot()),
                new Facts(Map.of(status, both, "rows", both, "total", with(both, table.ref(amount))), both, Map.of()));
    }

    private Call anyThree(Table table) {
        List<Column> columns = chance.some(table.lit(), 2);
        return Call.query(
                select(table, columns) + " WHERE " + table.number() + " <= ? LIMIT 3",
                List.of(table.hot()),
                facts(table, columns, List.of()));
    }

    private Call withNoise(Table table) {
        List<Column> columns = chance.some(table.lit(), 2);
        Facts facts = facts(table, columns, List.of());
        String sql = select(table, columns).replace(" FROM ", ", " + chance.pick(VOLATILE) + " AS noise FROM ");
        return Call.query(sql + " WHERE " + table.number() + " = ?", List.of(hot(table)), facts);
    }

    private Call copy(Table table) {
        List<Column> columns = chance.some(table.lit(), 4);
        return new Call(
                Act.COPY_OUT,
                "COPY (" + select(table, columns) + " WHERE " + table.number() + " <= " + table.hot() + " ORDER BY "
                        + table.number() + ") TO STDOUT",
                List.of(),
                "",
                facts(table, columns, List.of()));
    }

    private Call star(Table table) {
        Facts facts = facts(table, table.columns(), List.of());
        Map<String, Set<String>> output = new LinkedHashMap<>(facts.output());
        output.put(table.id(), Set.of(table.ref(table.id())));
        output.put(table.reference(), Set.of(table.ref(table.reference())));
        output.put(table.twice(), Set.of(table.ref(table.name() + "_amount")));
        return Call.query(
                "SELECT * FROM " + table.name() + " WHERE " + table.number() + " = ?",
                List.of(hot(table)),
                new Facts(output, facts.decides(), Map.of()));
    }

    private Call joined(Table table, Table parent) {
        Column own = chance.pick(table.lit());
        Column other = chance.pick(parent.lit());
        Set<String> decides = Set.of(table.rowsRef(), parent.rowsRef(), table.ref(table.reference()));
        return Call.query(
                "SELECT c." + table.number() + ", c." + own.name() + ", p." + other.name() + " FROM " + table.name()
                        + " c LEFT JOIN " + parent.name() + " p ON p." + parent.number() + " = c." + table.reference()
                        + " AND p." + parent.number() + " <= ? WHERE c." + table.number() + " <= ? ORDER BY 1",
                List.of(parent.hot(), table.hot()),
                new Facts(
                        Map.of(
                                table.number(), Set.of(table.rowsRef()),
                                own.name(), Set.of(table.ref(own.name())),
                                other.name(),
                                        Set.of(
                                                parent.ref(other.name()),
                                                parent.rowsRef(),
                                                table.ref(table.reference()))),
                        decides,
                        Map.of()));
    }

    private int hot(Table table) {
        return chance.between(1, table.hot());
    }

    static String select(Table table, List<Column> columns) {
        StringBuilder sql = new StringBuilder("SELECT ").append(table.number());
        columns.forEach(column -> sql.append(", ").append(column.name()));
        return sql.append(" FROM ").append(table.name()).toString();
    }

    static Facts facts(Table table, List<Column> columns, List<Column> decide) {
        Map<String, Set<String>> output = new LinkedHashMap<>();
        output.put(table.number(), Set.of(table.rowsRef()));
        columns.forEach(column -> output.put(column.name(), Set.of(table.ref(column.name()))));
        Set<String> decides = new HashSet<>();
        decides.add(table.rowsRef());
        decide.forEach(column -> decides.add(table.ref(column.name())));
        return new Facts(output, decides, Map.of());
    }

    static Set<String> with(Set<String> some, String more) {
        Set<String> all = new HashSet<>(some);
        all.add(more);
        return all;
    }
}
