package dev.understudy.diff.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A table of random shape and contents on both sides, and random faults on the candidate's. */
final class RandomTables {
    private static final List<String> TYPES = List.of(
            "int",
            "bigint",
            "numeric",
            "text",
            "varchar(40)",
            "char(6)",
            "bool",
            "float8",
            "float4",
            "timestamptz",
            "timestamp",
            "date",
            "uuid",
            "jsonb",
            "json",
            "bytea",
            "int[]",
            "interval",
            "mood");

    private final Random random;
    private final TwoDatabases databases;
    private final List<String> types = new ArrayList<>();

    /** How many of the first columns are the key; 0 for none. */
    final int keyColumns;

    RandomTables(long seed, TwoDatabases databases) {
        this.random = new Random(seed);
        this.databases = databases;
        List<List<String>> keys = List.of(
                List.of("int"), List.of("bigint"), List.of("uuid"), List.of("text"), List.of("int", "text"), List.of());
        List<String> key = keys.get((int) Math.floorMod(seed, keys.size()));
        keyColumns = key.size();
        types.addAll(key);
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            types.add(TYPES.get(random.nextInt(TYPES.size())));
        }
    }

    /** Makes both tables equal, in rows of another order. */
    void create() throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add("c" + i + " " + types.get(i));
        }
        if (keyColumns > 0) {
            columns.add("PRIMARY KEY (" + (keyColumns == 1 ? "c0" : "c1, c0") + ")");
        }
        databases.candidate("CREATE TYPE other AS ENUM ('a')");
        databases.both(
                "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')",
                "CREATE TABLE t (" + String.join(", ", columns) + ")");
        List<String> rows = new ArrayList<>();
        for (int i = 200 + random.nextInt(1500); i > 0; i--) {
            rows.add(row());
        }
        String conflict = " ON CONFLICT DO NOTHING";
        databases.control("INSERT INTO t VALUES " + String.join(",", rows) + conflict);
        databases.control("CREATE TABLE spare AS SELECT * FROM t");
        // The same survivors of conflicts, whatever their order.
        List<String> kept = new ArrayList<>();
        try (var statement = databases.control.createStatement();
                var row = statement.executeQuery("SELECT t::text FROM t")) {
            while (row.next()) {
                kept.add("('" + row.getString(1).replace("'", "''") + "'::t)");
            }
        }
        databases.control("DROP TABLE spare");
        Collections.shuffle(kept, random);
        databases.candidate("INSERT INTO t SELECT (v.r).* FROM (VALUES " + String.join(",", kept) + ") v(r)");
    }

    /** Changes, deletes, adds and swaps. */
    void damage() throws SQLException {
        for (int i = random.nextInt(6); i > 0; i--) {
            databases.candidate(fault());
        }
    }

    private String fault() {
        String some = "ctid = ANY(ARRAY(SELECT ctid FROM t ORDER BY md5(t::text || '" + random.nextInt() + "') LIMIT "
                + (1 + random.nextInt(20)) + "))";
        int column = keyColumns + random.nextInt(types.size() - keyColumns);
        String name = "c" + column;
        return switch (random.nextInt(6)) {
            case 0 -> "DELETE FROM t WHERE " + some;
            case 1 -> "INSERT INTO t VALUES " + row() + "," + row() + " ON CONFLICT DO NOTHING";
            case 2 -> "UPDATE t SET " + name + " = NULL WHERE " + some;
            case 3 ->
                "UPDATE t SET " + name + " = (SELECT o." + name + " FROM t o ORDER BY md5(o::text) LIMIT 1) WHERE "
                        + some;
            // Each gets what the next one had.
            case 4 ->
                "UPDATE t SET " + name + " = n.v FROM (SELECT ctid AS at, lead(" + name
                        + ") OVER (ORDER BY ctid) AS v FROM t) n WHERE t.ctid = n.at AND "
                        + some.replace("ctid = ANY", "t.ctid = ANY");
            default -> "UPDATE t SET " + name + " = " + value(types.get(column)) + " WHERE " + some;
        };
    }

    private String row() {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            values.add(i >= keyColumns && random.nextInt(8) == 0 ? "NULL::" + types.get(i) : value(types.get(i)));
        }
        return "(" + String.join(", ", values) + ")";
    }

    private String value(String type) {
        int n = random.nextInt(2000) - 1000;
        String text = switch (type) {
            case "int" -> Integer.toString(random.nextInt(4) == 0 ? random.nextInt() : n);
            case "bigint" -> Long.toString(random.nextInt(3) == 0 ? random.nextLong() : n * 4294967296L + n);
            case "numeric" -> n + "." + random.nextInt(1000) + "0".repeat(random.nextInt(3));
            case "text", "varchar(40)" ->
                List.of("", " ", "a" + n, "Ä\u0301 " + n, "tab\t" + n, "x ".repeat(random.nextInt(9)), "NULL")
                        .get(random.nextInt(7));
            case "char(6)" -> "c" + n;
            case "bool" -> Boolean.toString(random.nextBoolean());
            case "float8", "float4" ->
                List.of("0", "-0", "NaN", "Infinity", n + ".1", "1e-20").get(random.nextInt(6));
            case "timestamptz", "timestamp" ->
                random.nextInt(9) == 0 ? "infinity" : "2026-01-01 00:00:0" + random.nextInt(10) + "." + Math.abs(n);
            case "date" -> "2026-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(9);
            case "uuid" -> new UUID(random.nextLong(), random.nextInt(50)).toString();
            case "jsonb", "json" ->
                List.of("{\"a\": " + n + "}", "[1, 2,  3]", "{\"b\":1.0,\"a\":null}", "\"s\"")
                        .get(random.nextInt(4));
            case "bytea" -> "\\x" + "00ff".repeat(random.nextInt(4));
            case "int[]" ->
                List.of("{}", "{1,NULL," + n + "}", "{{1},{2}}", "[0:1]={1,2}").get(random.nextInt(4));
            case "interval" ->
                List.of("1 month", "30 days", "24:00:00", "1 day", "-" + Math.abs(n) + " s")
                        .get(random.nextInt(5));
            case "mood" -> List.of("sad", "ok", "happy").get(random.nextInt(3));
            default -> throw new IllegalArgumentException(type);
        };
        return "'" + text.replace("'", "''") + "'::" + type;
    }
}
