package dev.understudy.replay.taint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tables of (id, k, v) with id as key, and transactions of one session. Understands the statements of {@link
 * TaintProperties}; an answer is a tag or a SQLSTATE, rows in brackets, and the transaction status behind a slash.
 */
final class MiniDatabase {
    private static final Pattern WHERE = Pattern.compile("(id|k|v) = (\\d+)(?: AND k = (\\d+))?$");

    private Map<String, Map<Integer, int[]>> tables = Map.of("a", new TreeMap<>(), "b", new TreeMap<>());
    private @Nullable Map<String, Map<Integer, int[]>> before;
    private boolean failed;

    String run(String sql, boolean failing) {
        String answer = failed && !sql.equals("COMMIT") && !sql.equals("ROLLBACK") ? "25P02" : answer(sql, failing);
        boolean error = answer.matches("[0-9A-Z]{5}") && !answer.equals("BEGIN");
        failed = before != null && (failed || error);
        return answer + (before == null ? "/I" : failed ? "/E" : "/T");
    }

    private String answer(String sql, boolean failing) {
        switch (sql) {
            case "BEGIN" -> {
                before = copy();
                return "BEGIN";
            }
            case "COMMIT", "ROLLBACK" -> {
                boolean back = failed || sql.equals("ROLLBACK");
                if (back && before != null) {
                    tables = before;
                }
                before = null;
                failed = false;
                return back ? "ROLLBACK" : "COMMIT";
            }
            default -> {}
        }
        if (failing) {
            return "23502";
        }
        String[] words = sql.replaceAll("[(),]", " ").trim().split("\\s+");
        return switch (words[0]) {
            case "SELECT" -> select(words[3], condition(sql));
            case "INSERT" ->
                words[3].equals("VALUES")
                        ? insert(words[2], List.of(new int[] {number(words[4]), number(words[5]), number(words[6])}))
                        : insert(words[2], rows(words[8], condition(sql)));
            case "UPDATE" -> update(words[1], words[3], words[5], condition(sql));
            case "DELETE" -> delete(words[2], condition(sql));
            case "TRUNCATE" -> {
                table(words[1]).clear();
                yield "TRUNCATE TABLE";
            }
            default -> throw new IllegalArgumentException(sql);
        };
    }

    private String select(String table, Predicate<int[]> where) {
        StringBuilder shown = new StringBuilder();
        rows(table, where)
                .forEach(row ->
                        shown.append(row[0]).append(row[1]).append(row[2]).append(' '));
        return "SELECT " + rows(table, where).size() + "[" + shown + "]";
    }

    private String insert(String table, List<int[]> rows) {
        for (int[] row : rows) {
            if (table(table).containsKey(row[0])) {
                return "23505";
            }
        }
        rows.forEach(row -> table(table).put(row[0], row.clone()));
        return "INSERT 0 " + rows.size();
    }

    private String update(String table, String column, String value, Predicate<int[]> where) {
        List<int[]> rows = rows(table, where);
        for (int[] row : rows) {
            if (column.equals("k")) {
                row[1] = number(value);
            } else {
                row[2]++;
            }
        }
        return "UPDATE " + rows.size();
    }

    private String delete(String table, Predicate<int[]> where) {
        List<int[]> rows = rows(table, where);
        rows.forEach(row -> table(table).remove(row[0]));
        return "DELETE " + rows.size();
    }

    private List<int[]> rows(String table, Predicate<int[]> where) {
        return new ArrayList<>(table(table).values().stream().filter(where).toList());
    }

    private static Predicate<int[]> condition(String sql) {
        int at = sql.indexOf(" WHERE ");
        Matcher where = WHERE.matcher(at < 0 ? "" : sql.substring(at + 7));
        if (!where.matches()) {
            return row -> true;
        }
        int column = List.of("id", "k", "v").indexOf(where.group(1));
        int value = number(where.group(2));
        String second = where.group(3);
        return row -> row[column] == value && (second == null || row[1] == number(second));
    }

    private Map<Integer, int[]> table(String name) {
        Map<Integer, int[]> table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("table=" + name);
        }
        return table;
    }

    private Map<String, Map<Integer, int[]>> copy() {
        Map<String, Map<Integer, int[]>> copy = new TreeMap<>();
        tables.forEach((name, rows) -> {
            Map<Integer, int[]> copied = new TreeMap<>();
            rows.forEach((id, row) -> copied.put(id, row.clone()));
            copy.put(name, copied);
        });
        return copy;
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }
}
