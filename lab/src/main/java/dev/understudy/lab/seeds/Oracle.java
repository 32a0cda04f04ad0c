package dev.understudy.lab.seeds;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postgresql.PGConnection;

/** Tells in what two databases differ: by COPY of every table of the old schema, sorted, and by catalog text. */
final class Oracle {
    private final Schema schema;
    private final Map<String, SortedSet<Integer>> cells = new HashMap<>();
    private final Map<String, SortedSet<Integer>> rows = new HashMap<>();

    private Oracle(Schema schema) {
        this.schema = schema;
    }

    /** Compares; both connections are the superuser's. */
    static Truth compare(Schema schema, Connection control, Connection candidate) throws SQLException, IOException {
        return new Oracle(schema).compare(control, candidate);
    }

    private Truth compare(Connection control, Connection candidate) throws SQLException, IOException {
        for (Table table : schema.tables()) {
            List<String> before = columns(control, table);
            List<String> common = new ArrayList<>(before);
            common.retainAll(columns(candidate, table));
            common.remove(table.number());
            common.add(0, table.number());
            table(table, common, copy(control, table, common), copy(candidate, table, common));
        }
        Set<String> left = CatalogText.read(control);
        Set<String> right = CatalogText.read(candidate);
        Set<String> onlyControl = new HashSet<>(left);
        onlyControl.removeAll(right);
        right.removeAll(left);
        return new Truth(cells, rows, onlyControl, right);
    }

    private static List<String> columns(Connection connection, Table table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT attname FROM pg_attribute WHERE attrelid = '"
                        + table.name() + "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")) {
            while (row.next()) {
                columns.add(row.getString(1));
            }
        }
        return columns;
    }

    /** By row number, the lines of COPY, sorted. */
    private static TreeMap<Integer, List<String>> copy(Connection connection, Table table, List<String> columns)
            throws SQLException, IOException {
        StringWriter out = new StringWriter();
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT " + String.join(", ", columns) + " FROM " + table.name() + ") TO STDOUT", out);
        TreeMap<Integer, List<String>> lines = new TreeMap<>();
        out.toString()
                .lines()
                .forEach(
                        line -> lines.computeIfAbsent(Integer.valueOf(line.split("\t", 2)[0]), any -> new ArrayList<>())
                                .add(line));
        lines.values().forEach(Collections::sort);
        return lines;
    }

    private void table(
            Table table,
            List<String> columns,
            TreeMap<Integer, List<String>> left,
            TreeMap<Integer, List<String>> right) {
        Set<Integer> numbers = new TreeSet<>(left.keySet());
        numbers.addAll(right.keySet());
        for (int number : numbers) {
            List<String> a = left.getOrDefault(number, List.of());
            List<String> b = right.getOrDefault(number, List.of());
            if (a.size() != b.size()) {
                put(rows, table.rowsRef(), number);
            } else {
                for (int i = 0; i < a.size(); i++) {
                    line(table, columns, a.get(i).split("\t", -1), b.get(i).split("\t", -1), number);
                }
            }
        }
    }

    private void line(Table table, List<String> columns, String[] left, String[] right, int number) {
        for (int i = 0; i < columns.size(); i++) {
            boolean decimal = table.column(columns.get(i))
                    .filter(column -> column.type() == ValueType.NUMERIC)
                    .isPresent();
            if (!left[i].equals(right[i]) && !(decimal && isSameNumber(left[i], right[i]))) {
                put(cells, table.ref(columns.get(i)), number);
            }
        }
    }

    /** Trailing zeros are the type's, not the value's. */
    private static boolean isSameNumber(String left, String right) {
        return isDecimal(left) && isDecimal(right) && new BigDecimal(left).compareTo(new BigDecimal(right)) == 0;
    }

    private static boolean isDecimal(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?");
    }

    private static void put(Map<String, SortedSet<Integer>> map, String ref, int number) {
        map.computeIfAbsent(ref, any -> new TreeSet<>()).add(number);
    }
}
