package dev.understudy.trace.catalog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a query's rows column by column, in order. */
final class Rows {
    private static final int FETCH_ROWS = 2_000;

    private final ResultSet rows;
    private int column;

    private Rows(ResultSet rows) {
        this.rows = rows;
    }

    /** What becomes of one row. */
    interface Row<T> {
        T read(Rows row) throws SQLException;
    }

    static <T> List<T> list(Connection connection, String sql, Row<T> row) throws SQLException {
        List<T> list = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet result = statement.executeQuery(sql)) {
                Rows rows = new Rows(result);
                while (result.next()) {
                    rows.column = 0;
                    list.add(row.read(rows));
                }
            }
        }
        return list;
    }

    /** A query of two text columns as a map. */
    static Map<String, String> map(Connection connection, String sql) throws SQLException {
        Map<String, String> map = new LinkedHashMap<>();
        list(connection, sql, row -> map.put(row.text(), row.text()));
        return map;
    }

    @Nullable String textOrNull() throws SQLException {
        column++;
        return rows.getString(column);
    }

    String text() throws SQLException {
        String text = textOrNull();
        return text == null ? "" : text;
    }

    /** A column of type "char", {@link Catalog#NONE} where it is empty. */
    char letter() throws SQLException {
        String text = text();
        return text.isEmpty() ? Catalog.NONE : text.charAt(0);
    }

    boolean bool() throws SQLException {
        column++;
        return rows.getBoolean(column);
    }

    int number() throws SQLException {
        return (int) big();
    }

    long big() throws SQLException {
        column++;
        return rows.getLong(column);
    }

    List<String> texts() throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object element : array()) {
            texts.add(String.valueOf(element));
        }
        return texts;
    }

    List<Integer> numbers() throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        for (Object element : array()) {
            numbers.add(((Number) element).intValue());
        }
        return numbers;
    }

    private Object[] array() throws SQLException {
        column++;
        Array array = rows.getArray(column);
        return array == null ? new Object[0] : (Object[]) array.getArray();
    }
}
