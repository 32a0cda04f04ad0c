package dev.understudy.lab.seeds;

import java.util.ArrayList;
import java.util.List;

/** Fills a table before the workload. Of each nullable column both parts of the table have NULLs and values. */
final class RowMaker {
    private static final int NULL_EVERY = 5;
    private static final int UNUSUAL_EVERY = 7;

    private final Chance chance;

    RowMaker(Chance chance) {
        this.chance = chance;
    }

    /** One INSERT of all rows. */
    String insert(Table table, int parentRows) {
        List<String> names = new ArrayList<>();
        names.add(table.number());
        table.columns().forEach(column -> names.add(column.name()));
        table.parent().ifPresent(parent -> names.add(table.reference()));
        List<String> rows = new ArrayList<>();
        for (int n = 1; n <= table.rows(); n++) {
            rows.add(row(table, n, parentRows));
        }
        return "INSERT INTO " + table.name() + " (" + String.join(", ", names) + ") VALUES\n"
                + String.join(",\n", rows);
    }

    private String row(Table table, int n, int parentRows) {
        List<String> values = new ArrayList<>();
        values.add(Integer.toString(n));
        int place = n <= table.hot() ? n : n - table.hot();
        for (Column column : table.columns()) {
            boolean none = isNone(table, column, n);
            boolean odd = isUnusual(place) && chance.percent(50);
            values.add(
                    none
                            ? "NULL"
                            : odd
                                    ? column.type().unusual(chance)
                                    : column.type().literal(chance));
        }
        if (table.parent().isPresent()) {
            values.add(place % NULL_EVERY == 1 ? "NULL" : Integer.toString(chance.between(1, parentRows)));
        }
        return "(" + String.join(", ", values) + ")";
    }

    /** Whether a column of the row of that number is NULL before the workload. */
    static boolean isNone(Table table, Column column, int n) {
        int place = n <= table.hot() ? n : n - table.hot();
        return column.nullable() && (place + table.columns().indexOf(column)) % NULL_EVERY == 0;
    }

    /** Whether a row may hold values that a fault leaves as they are; by its place among the hot or the cold rows. */
    static boolean isUnusual(int place) {
        return place % UNUSUAL_EVERY == 3;
    }
}
