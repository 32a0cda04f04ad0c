package dev.understudy.diff.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableComparison.CellDifference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values of one type and of two, alike and not: all in one table of each side, a column for each case. */
class TypeChangesIT {
    private TwoDatabases databases;

    /** A column: its type and value on either side, as SQL, and the class that must come out; empty for none. */
    private record Case(String typeBefore, String before, String typeAfter, String after, String type) {
        static Case same(String type, String before, String after, String found) {
            return new Case(type, before, type, after, found);
        }
    }

    @BeforeEach
    void open() throws SQLException {
        databases = new TwoDatabases();
    }

    @AfterEach
    void close() throws SQLException {
        databases.close();
    }

    @Test
    void valuesOfOneTypeAreHeldAgainstEachOtherStrictly() throws SQLException {
        databases.control("CREATE TYPE unrelated AS ENUM ('x')", "CREATE TYPE mood AS ENUM ('sad', 'ok')");
        databases.candidate("CREATE TYPE mood AS ENUM ('ok', 'sad', 'new')");
        databases.both("CREATE DOMAIN price AS numeric", "CREATE TYPE pair AS (a int, b text)");
        check(
                Case.same("text", "NULL", "''", "VALUE_EMPTY_NULL_SWAP"),
                Case.same("text", "'a'", "'a '", "VALUE_TRAILING_SPACE"),
                Case.same("text", "'a'", "'A'", "VALUE_CASE_ONLY"),
                Case.same("numeric", "1.0", "1.00", "VALUE_NUMERIC_SCALE"),
                Case.same("price", "1.0", "1.00", "VALUE_NUMERIC_SCALE"),
                Case.same("numeric", "'NaN'", "'NaN'", ""),
                Case.same("numeric", "5", "-5", "VALUE_NUMERIC"),
                Case.same("numeric", "1.005", "1.01", "VALUE_NUMERIC_ROUNDED"),
                Case.same("float8", "0", "'-0'", "VALUE_FLOAT"),
                Case.same("float4", "0.1", "0.1", ""),
                Case.same("int8", "-1", "4294967295", "VALUE_NUMERIC"),
                Case.same("mood", "'ok'", "'ok'", ""),
                Case.same("mood", "'ok'", "'sad'", "VALUE_ENUM_LABEL"),
                Case.same("mood[]", "'{ok,sad}'", "'{ok,sad}'", ""),
                Case.same("mood[]", "'{ok,sad}'", "'{sad,ok}'", "VALUE_ARRAY_ORDER"),
                Case.same("jsonb", "'{\"a\": 1, \"b\": 2}'", "'{\"b\":2,\"a\":1}'", ""),
                Case.same("jsonb", "'{\"a\": 1.0}'", "'{\"a\": 1.00}'", "VALUE_JSON_FORMAT_ONLY"),
                Case.same("jsonb", "'{\"a\": 1}'", "'{\"a\": 2}'", "VALUE_JSON_PATH"),
                Case.same("json", "'{\"a\":1}'", "'{\"a\": 1}'", "VALUE_JSON_FORMAT_ONLY"),
                Case.same("char(5)", "'ab'", "'ab'", ""),
                Case.same("bytea", "'\\x00'", "'\\x0000'", "VALUE_BYTES"),
                Case.same("timestamptz", "'2026-01-01 00:00+00'", "'2026-01-01 02:00+00'", "VALUE_TIMESTAMP_SHIFT"),
                Case.same(
                        "timestamp",
                        "'2026-01-01 00:00:00.123456'",
                        "'2026-01-01 00:00:00'",
                        "VALUE_TIMESTAMP_PRECISION"),
                Case.same("timestamptz", "'infinity'", "'infinity'", ""),
                Case.same("pair", "'(1,a)'", "'(1,a)'", ""),
                Case.same("bool", "true", "false", "VALUE_TEXT"),
                Case.same("inet", "'10.0.0.1'", "'10.0.0.1'", ""),
                Case.same("point", "'(1,2)'", "'(1,2)'", ""),
                Case.same("xml", "'<a/>'", "'<a/>'", ""),
                Case.same("int4range", "'[1,2)'", "'[1,2)'", ""));
    }

    @Test
    void changedTypesAreHeldAgainstEachOtherByTheirMeaning() throws SQLException {
        databases.control("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        databases.candidate("CREATE TYPE mood2 AS ENUM ('ok', 'sad')");
        check(
                new Case("int4", "-7", "int8", "-7", ""),
                new Case("int4", "-1", "int8", "4294967295", "VALUE_NUMERIC"),
                new Case("int2", "7", "numeric(10,2)", "7", ""),
                new Case("numeric(10,4)", "7.1200", "numeric(12,2)", "7.12", ""),
                new Case("numeric(10,4)", "7.1250", "numeric(12,2)", "7.13", "VALUE_NUMERIC_ROUNDED"),
                new Case("numeric(10,2)", "7.12", "float8", "7.12", ""),
                new Case("varchar(10)", "'ab'", "text", "'ab'", ""),
                new Case("varchar(10)", "'abcdef'", "varchar(3)", "'abc'", "VALUE_TRUNCATED"),
                new Case("char(5)", "'ab'", "char(8)", "'ab'", ""),
                new Case("char(5)", "'ab'", "text", "'ab'", ""),
                new Case("char(5)", "'ab'", "text", "'ab '", "VALUE_TRAILING_SPACE"),
                new Case("float4", "0.5", "float8", "0.5", ""),
                new Case("date", "'2026-01-01'", "timestamp", "'2026-01-01'", ""),
                new Case("timestamp", "'2026-01-01 10:00'", "timestamptz", "'2026-01-01 10:00+00'", ""),
                new Case(
                        "timestamp",
                        "'2026-01-01 10:00'",
                        "timestamptz",
                        "'2026-01-01 10:00+02'",
                        "VALUE_TIMESTAMP_SHIFT"),
                new Case("json", "'{\"b\":1, \"a\":2.50}'", "jsonb", "'{\"a\":2.50,\"b\":1}'", ""),
                new Case("json", "'{\"a\":1}'", "jsonb", "'{\"a\":2}'", "VALUE_JSON_PATH"),
                new Case("mood", "'ok'", "mood2", "'ok'", ""),
                new Case("mood", "'ok'", "text", "'ok'", ""),
                new Case("mood", "'ok'", "text", "'sad'", "VALUE_ENUM_LABEL"),
                new Case("int4", "42", "text", "'42'", ""),
                new Case(
                        "uuid",
                        "'00000000-0000-0000-0000-000000000001'",
                        "text",
                        "'00000000-0000-0000-0000-000000000001'",
                        ""),
                new Case("int4[]", "'{1,2}'", "int8[]", "'{1,2}'", ""),
                new Case("bool", "true", "text", "'true'", ""));
    }

    /** Text that is no jsonb: the common form of json and jsonb can't be had, so that they are compared as text. */
    @Test
    void aConversionThatFailsFallsBackToText() throws SQLException {
        databases.control(
                "CREATE TABLE t (id int PRIMARY KEY, j json)",
                "INSERT INTO t VALUES (1, '{\"a\": \"\\u0000\"}'), (2, '{\"a\": 1}')");
        databases.candidate(
                "CREATE TABLE t (id int PRIMARY KEY, j jsonb)",
                "INSERT INTO t VALUES (1, '{\"a\": 2}'), (2, '{\"a\": 1}')");

        TableComparison t = databases.only();

        assertThat(t.note()).isEmpty();
        assertThat(t.cells().stream().mapToLong(CellDifference::count).sum()).isEqualTo(1);
    }

    private void check(Case... cases) throws SQLException {
        List<String> left = new ArrayList<>();
        List<String> right = new ArrayList<>();
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < cases.length; i++) {
            left.add("c" + i + " " + cases[i].typeBefore());
            right.add("c" + i + " " + cases[i].typeAfter());
            before.add(cases[i].before());
            after.add(cases[i].after());
            names.put("c" + i, cases[i].toString());
            if (!cases[i].type().isEmpty()) {
                expected.put("c" + i, cases[i].type());
            }
        }
        // One row for all, and one row for each that differs in one column only, so that each hash is on its own.
        databases.control("CREATE TABLE t (id int PRIMARY KEY, " + String.join(", ", left) + ")");
        databases.candidate("CREATE TABLE t (id int PRIMARY KEY, " + String.join(", ", right) + ")");
        databases.control("INSERT INTO t VALUES (-1, " + String.join(", ", before) + ")");
        databases.candidate("INSERT INTO t VALUES (-1, " + String.join(", ", after) + ")");
        for (int i = 0; i < cases.length; i++) {
            databases.control("INSERT INTO t (id, c" + i + ") VALUES (" + i + ", " + cases[i].before() + ")");
            databases.candidate("INSERT INTO t (id, c" + i + ") VALUES (" + i + ", " + cases[i].after() + ")");
        }

        TableComparison t = databases.only();

        assertThat(t.note()).isEmpty();
        Map<String, String> found = new LinkedHashMap<>();
        Map<String, Long> counts = new LinkedHashMap<>();
        t.cells().forEach(cell -> {
            found.put(cell.column(), cell.type());
            counts.merge(cell.column(), cell.count(), Long::sum);
        });
        assertThat(found).as(names.toString()).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(counts.values())
                .as("each once in the row of all, once in its own")
                .containsOnly(2L);
    }
}
