package dev.understudy.trace.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogReader;
import dev.understudy.trace.catalog.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("majors")
class TableStateReaderIT {
    private final int major;
    private final List<Connection> open = new ArrayList<>();
    private Connection one;

    TableStateReaderIT(int major) {
        this.major = major;
    }

    static List<Integer> majors() {
        return TestServers.majors();
    }

    @BeforeEach
    void open() throws SQLException {
        one = newDatabase();
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : open) {
            connection.close();
        }
    }

    @Test
    void equalRowsInAnyOrderAreEqual() throws SQLException {
        execute(one, "CREATE TABLE t (id int, name text)", "INSERT INTO t VALUES (1, 'a'), (2, NULL), (2, NULL)");
        Connection two = newDatabase();
        execute(two, "CREATE TABLE t (id int, name text)", "INSERT INTO t VALUES (2, NULL), (1, 'a'), (2, NULL)");
        assertThat(states(two)).isEqualTo(states(one));
        assertThat(state("t").rows()).isEqualTo(3);
        assertThat(state("t").hash()).matches("-?[0-9]{5,}");

        execute(two, "DELETE FROM t WHERE ctid = (SELECT max(ctid) FROM t)");
        assertThat(states(two)).isNotEqualTo(states(one));
        execute(two, "INSERT INTO t VALUES (1, 'a')");
        assertThat(states(two)).isNotEqualTo(states(one));
    }

    /** Pairs that PostgreSQL calls equal, or hashes alike, or can't hash, though a client sees different values. */
    @Test
    void valuesThatPrintDifferentlyAreDifferent() throws SQLException {
        execute(one, "CREATE TYPE pair AS (a int, b numeric)", "CREATE DOMAIN price AS numeric");
        Map<String, String[]> pairs = new TreeMap<>();
        pairs.put("numeric", new String[] {"1.0", "1.00"});
        pairs.put("price", new String[] {"1.0", "1.00"});
        pairs.put("float8", new String[] {"0", "-0"});
        pairs.put("float4", new String[] {"1", "1.0000001"});
        pairs.put("interval", new String[] {"1 month", "30 days"});
        pairs.put("bpchar", new String[] {"a", "a "});
        pairs.put("text", new String[] {"", " "});
        pairs.put("json", new String[] {"{\"a\":1}", "{\"a\": 1}"});
        pairs.put("jsonb", new String[] {"{\"a\":1.0}", "{\"a\":1.00}"});
        pairs.put("xml", new String[] {"<a/>", "<a></a>"});
        pairs.put("point", new String[] {"(1,2)", "(2,1)"});
        pairs.put("box", new String[] {"(1,1),(0,0)", "(2,1),(0,0)"});
        pairs.put("bit(3)", new String[] {"101", "100"});
        pairs.put("varbit", new String[] {"1", "10"});
        pairs.put("tsvector", new String[] {"a b", "a:1 b"});
        pairs.put("tsquery", new String[] {"a & b", "a | b"});
        pairs.put("money", new String[] {"1.00", "1.01"});
        pairs.put("timetz", new String[] {"12:00+00", "13:00+01"});
        pairs.put("timestamptz", new String[] {"2026-01-01 00:00:00+00", "2026-01-01 00:00:00.000001+00"});
        pairs.put("int4[]", new String[] {"{1,2}", "{{1,2}}"});
        pairs.put("numeric[]", new String[] {"{1.0}", "{1.00}"});
        pairs.put("int4range", new String[] {"[1,2)", "[1,3)"});
        pairs.put("numrange", new String[] {"[1.0,2]", "[1.00,2]"});
        pairs.put("pair", new String[] {"(1,1.0)", "(1,1.00)"});
        pairs.put("pair[]", new String[] {"{\"(1,1.0)\"}", "{\"(1,1.00)\"}"});
        pairs.put("regclass", new String[] {"pg_class", "pg_type"});
        pairs.put("inet", new String[] {"10.0.0.1", "10.0.0.1/8"});
        pairs.put("bytea", new String[] {"\\x00", "\\x0000"});
        pairs.put("int2vector", new String[] {"1 2", "1 3"});
        one.setAutoCommit(false);
        List<String> types = List.copyOf(pairs.keySet());
        for (int i = 0; i < types.size(); i++) {
            execute(one, "CREATE TABLE t" + i + " (v " + types.get(i) + ")");
        }
        Map<String, Set<String>> hashes = new HashMap<>();
        for (int side = 0; side < 3; side++) {
            for (int i = 0; i < types.size(); i++) {
                String value = side < 2 ? "'" + pairs.get(types.get(i))[side] + "'" : "NULL";
                execute(one, "DELETE FROM t" + i, "INSERT INTO t" + i + " VALUES (" + value + "), (" + value + ")");
            }
            for (TableState state : states(one)) {
                assertThat(state.hash()).as(state.table()).matches("-?[0-9]+");
                hashes.computeIfAbsent(state.table(), table -> new HashSet<>()).add(state.hash());
            }
        }
        for (int i = 0; i < types.size(); i++) {
            assertThat(hashes.get("public.t" + i)).as(types.get(i)).hasSize(3);
        }
    }

    @Test
    void anEnumIsItsLabelWhateverItsOid() throws SQLException {
        String[] tables = {
            "CREATE TYPE mood AS ENUM ('sad', 'ok')",
            "CREATE DOMAIN feeling AS mood",
            "CREATE TYPE halves AS (m mood, n int)",
            "CREATE TABLE t (m mood, a mood[], f feeling, b halves, r regclass)",
            "INSERT INTO t VALUES ('ok', '{sad,ok}', 'sad', '(ok,1)', 't')"
        };
        execute(one, tables);
        Connection two = newDatabase();
        execute(two, "CREATE TABLE shift_oids (id serial PRIMARY KEY)");
        execute(two, tables);
        assertThat(CatalogReader.read(two).types())
                .isNotEqualTo(CatalogReader.read(one).types());
        assertThat(states(two)).contains(state("t"));
    }

    @Test
    void sessionSettingsDoNotMatter() throws SQLException {
        execute(
                one,
                "CREATE TABLE t (i interval, d timestamptz, f float8[], n name)",
                "INSERT INTO t VALUES ('1 day 2 hours', '2026-03-01 12:00+01', '{0.1,1e-300}', 'x')");
        TableState before = state("t");
        execute(
                one,
                "SET IntervalStyle = iso_8601",
                "SET DateStyle = 'ISO, DMY'",
                "SET TimeZone = 'Asia/Tokyo'",
                "SET extra_float_digits = -5",
                "SET statement_timeout = '1h'");
        assertThat(state("t")).isEqualTo(before);
        try (Statement statement = one.createStatement();
                var row = statement.executeQuery("SHOW statement_timeout")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("1h");
        }
    }

    @Test
    void everyRowCountsOnce() throws SQLException {
        execute(
                one,
                "CREATE TABLE p (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20)",
                "INSERT INTO p SELECT generate_series(0, 14)",
                "CREATE TABLE base (id int)",
                "CREATE TABLE child () INHERITS (base)",
                "INSERT INTO base VALUES (1)",
                "INSERT INTO child VALUES (2), (3)",
                "CREATE VIEW v AS SELECT * FROM p");
        assertThat(states(one))
                .extracting(TableState::table, TableState::rows)
                .containsExactly(
                        tuple("public.base", 1L),
                        tuple("public.child", 2L),
                        tuple("public.p1", 10L),
                        tuple("public.p2", 5L));
    }

    @Test
    void oddTablesAreReadToo() throws SQLException {
        execute(
                one,
                "CREATE SCHEMA \"A.b\"",
                "CREATE TABLE \"A.b\".\"T\"\"x\" (\"select\" int, \"Ä \"\"\" text, gone int)",
                "ALTER TABLE \"A.b\".\"T\"\"x\" DROP COLUMN gone",
                "INSERT INTO \"A.b\".\"T\"\"x\" VALUES (1, 'x')",
                "CREATE TABLE nothing ()",
                "INSERT INTO nothing DEFAULT VALUES",
                "CREATE TABLE empty (id int)",
                "CREATE MATERIALIZED VIEW full_view AS SELECT 1 AS one",
                "CREATE MATERIALIZED VIEW never AS SELECT 1 AS one WITH NO DATA");
        assertThat(states(one))
                .extracting(TableState::table, TableState::rows, TableState::note)
                .containsExactly(
                        tuple("A.b.T\"x", 1L, ""),
                        tuple("public.empty", 0L, ""),
                        tuple("public.full_view", 1L, ""),
                        tuple("public.never", 0L, "a materialized view that was never refreshed"),
                        tuple("public.nothing", 1L, ""));
        assertThat(state("empty").hash()).isEqualTo("0");
    }

    @Test
    void aTableThatMayNotBeReadIsSaidSo() throws SQLException {
        String database = CatalogReader.read(one).database();
        String reader = "reader_" + database;
        execute(
                one,
                "CREATE ROLE " + reader + " LOGIN",
                "CREATE TABLE a_closed (id int)",
                "CREATE TABLE b_filtered (id int)",
                "CREATE TABLE c_open (id int)",
                "INSERT INTO b_filtered VALUES (1), (2)",
                "INSERT INTO c_open VALUES (1)",
                "ALTER TABLE b_filtered ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY p ON b_filtered USING (id = 1)",
                "GRANT SELECT ON b_filtered, c_open TO " + reader);
        try (Connection plain = TestServers.connect(major, database, reader)) {
            List<TableState> states = TableStateReader.read(plain, CatalogReader.read(plain));
            assertThat(states).extracting(TableState::rows).containsExactly(0L, 0L, 1L);
            assertThat(states.get(0).note()).startsWith("may not be read: ").contains("a_closed");
            assertThat(states.get(1).note()).startsWith("may not be read: ").contains("row-level security");
            assertThat(states.get(1).hash()).isEmpty();
            assertThat(states.get(2)).isEqualTo(state("c_open"));
        }
    }

    @Test
    void aTableOfTheCatalogThatIsGoneIsSaidSo() throws SQLException {
        execute(one, "CREATE TABLE t (id int)");
        Catalog before = CatalogReader.read(one);
        execute(one, "DROP TABLE t");
        assertThat(TableStateReader.read(one, before))
                .containsExactly(new TableState("public.t", 0, "", "the table is gone"));
    }

    /** PostgreSQL 13 has no hash for rows: servers of different ages are compared by what both have. */
    @Test
    void hashesInCommonWithTheOldestServer() throws SQLException {
        String[] rows = {
            "CREATE TABLE t (id int, n numeric, t text, d date, j jsonb)",
            "INSERT INTO t SELECT i, i / 3.0, 'x' || i, date '2026-01-01' + i, jsonb_build_object('a', i)"
                    + " FROM generate_series(1, 100) i"
        };
        execute(one, rows);
        List<TableState> common = TableStateReader.read(one, CatalogReader.read(one), 130_000);
        for (int other : TestServers.majors()) {
            try (Connection two = TestServers.newDatabase(other)) {
                execute(two, rows);
                assertThat(TableStateReader.read(two, CatalogReader.read(two), 130_000))
                        .as("PostgreSQL " + other)
                        .isEqualTo(common);
                if (major >= 14 && other >= 14) {
                    assertThat(TableStateReader.read(two, CatalogReader.read(two)))
                            .as("PostgreSQL " + other)
                            .isEqualTo(states(one));
                }
            }
        }
    }

    private Connection newDatabase() throws SQLException {
        Connection connection = TestServers.newDatabase(major);
        open.add(connection);
        return connection;
    }

    private TableState state(String table) throws SQLException {
        return states(one).stream()
                .filter(state -> state.table().equals("public." + table))
                .findFirst()
                .orElseThrow();
    }

    private static List<TableState> states(Connection connection) throws SQLException {
        return TableStateReader.read(connection, CatalogReader.read(connection));
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
