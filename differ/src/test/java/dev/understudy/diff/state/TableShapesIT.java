package dev.understudy.diff.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.state.TableMapping.ColumnMapping;
import dev.understudy.diff.state.TableMapping.LeftOut;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableComparison.CellDifference;
import dev.understudy.trace.run.TableComparison.CellSample;
import dev.understudy.trace.run.TableComparison.Method;
import dev.understudy.trace.run.TableComparison.RowSample;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of every shape, and what a migration makes of them. */
class TableShapesIT {
    private TwoDatabases databases;

    @BeforeEach
    void open() throws SQLException {
        databases = new TwoDatabases();
    }

    @AfterEach
    void close() throws SQLException {
        databases.close();
    }

    // Keys

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "k uuid PRIMARY KEY ; ('00000000-0000-0000-0000-0000000' || i)::uuid ; k",
                "k text PRIMARY KEY ; 'key ' || i ; k",
                "k bigint PRIMARY KEY ; (i - 15000) * 4294967297 ; k",
                "k smallint PRIMARY KEY ; i - 15000 ; k",
                "k numeric PRIMARY KEY ; i / 7.0 ; k",
                "k date PRIMARY KEY ; date '2026-01-01' + i ; k",
                "k int, l text, PRIMARY KEY (l, k) ; i / 10, (i % 10)::text ; l,k",
                "k int NOT NULL UNIQUE ; i ; k",
                "k int UNIQUE ; i ; \"\"",
                "k int ; i ; \"\""
            })
    void rowsArePairedByWhateverKeyThereIs(String key, String value, String columns) throws SQLException {
        databases.both(
                "CREATE TABLE t (" + key + ", v text)",
                "INSERT INTO t SELECT " + value + ", 'v' || i FROM generate_series(10000, 12000) i");
        databases.candidate(
                "UPDATE t SET v = 'W' || substr(v, 2) WHERE v IN ('v10001', 'v11999')",
                "DELETE FROM t WHERE v IN ('v10500', 'v10501', 'v12000')");

        TableComparison t = databases.only();

        assertThat(String.join(",", t.key())).isEqualTo(columns);
        assertThat(t.baselineRows()).isEqualTo(2001);
        assertThat(t.candidateRows()).isEqualTo(1998);
        assertThat(t.note()).isEmpty();
        if (columns.isEmpty()) {
            assertThat(t.missing()).isEqualTo(5);
            assertThat(t.extra()).isEqualTo(2);
            assertThat(t.cells()).isEmpty();
        } else {
            assertThat(t.missing()).isEqualTo(3);
            assertThat(t.extra()).isZero();
            assertThat(t.cells())
                    .extracting(CellDifference::column, CellDifference::type, CellDifference::count)
                    .containsExactly(tuple("v", "VALUE_TEXT", 2L));
        }
    }

    @Test
    void theWholeRangeOfBigintIsOneKey() throws SQLException {
        databases.both(
                "CREATE TABLE t (id bigint PRIMARY KEY, v int)",
                "INSERT INTO t VALUES (-9223372036854775808, 1), (-1, 2), (0, 3), (1, 4), (9223372036854775807, 5)");
        databases.candidate("UPDATE t SET v = -v WHERE id IN (-9223372036854775808, 9223372036854775807)");

        assertThat(databases.only().cells().stream()
                        .flatMap(cell -> cell.samples().stream())
                        .map(CellSample::key))
                .containsExactlyInAnyOrder("-9223372036854775808", "9223372036854775807");
    }

    /** A bigint's own hash is that of a fold of its halves. */
    @Test
    void bigintsThatHashAlikeAreDifferent() throws SQLException {
        databases.both("CREATE TABLE t (id int PRIMARY KEY, v bigint)", "INSERT INTO t VALUES (1, -1), (2, 1)");
        databases.candidate("UPDATE t SET v = 4294967295 WHERE id = 1", "UPDATE t SET v = 4294967296 WHERE id = 2");

        assertThat(databases.only().cells().stream()
                        .mapToLong(CellDifference::count)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void aLostKeyLeavesDuplicatesThatAreCounted() throws SQLException {
        databases.control("CREATE TABLE t (id int PRIMARY KEY, v text)").candidate("CREATE TABLE t (id int, v text)");
        databases.both("INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 1000) i");
        databases.candidate(
                "INSERT INTO t SELECT * FROM t WHERE id = 7",
                "INSERT INTO t VALUES (8, 'other')",
                "INSERT INTO t SELECT 9, 'v9' FROM generate_series(1, 200)",
                "UPDATE t SET v = 'changed' WHERE id = 10");

        TableComparison t = databases.only();

        assertThat(t.method()).isEqualTo(Method.KEY);
        assertThat(t.missing()).isZero();
        assertThat(t.extra()).isEqualTo(202);
        assertThat(t.duplicated()).isEqualTo(2 + 2 + 201);
        assertThat(t.cells())
                .extracting(CellDifference::column, CellDifference::count)
                .containsExactly(tuple("v", 1L));
    }

    @Test
    void aKeyThatBecameNullIsMissing() throws SQLException {
        databases.control("CREATE TABLE t (id int PRIMARY KEY, v text)").candidate("CREATE TABLE t (id int, v text)");
        databases.both("INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 1000) i");
        databases.candidate("UPDATE t SET id = NULL WHERE id = 7");

        TableComparison t = databases.only();

        assertThat(t.missing()).isEqualTo(1);
        assertThat(t.extra()).isEqualTo(1);
        assertThat(t.samples()).containsExactly(new RowSample(true, "7"), new RowSample(false, "NULL"));
    }

    // Kinds of tables

    @Test
    void aPartitionedTableIsComparedAsAWhole() throws SQLException {
        String[] partitioned = {
            "CREATE TABLE t (id int, v text, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
            "CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (MINVALUE) TO (500)",
            "CREATE TABLE t_high PARTITION OF t FOR VALUES FROM (500) TO (MAXVALUE)"
        };
        databases.control("CREATE TABLE t (id int PRIMARY KEY, v text)").candidate(partitioned);
        databases.both("INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 1000) i");
        assertThat(databases.only().isEqual()).isTrue();
        assertThat(databases.only().candidateRows()).isEqualTo(1000);

        databases.candidate("DELETE FROM t_high WHERE id = 700", "UPDATE t SET v = '' WHERE id = 3");

        TableComparison t = databases.only();
        assertThat(t.missing()).isEqualTo(1);
        assertThat(t.cells())
                .extracting(CellDifference::type, CellDifference::transition)
                .containsExactly(tuple("VALUE_TRUNCATED", "emptied"));
    }

    @Test
    void tablesThatInheritArePairedWithPartitions() throws SQLException {
        databases.control(
                "CREATE TABLE t (id int, v text)",
                "CREATE TABLE t_low (CHECK (id < 500)) INHERITS (t)",
                "INSERT INTO t_low VALUES (1, 'a')");
        databases.candidate(
                "CREATE TABLE t (id int, v text) PARTITION BY RANGE (id)",
                "CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (MINVALUE) TO (500)",
                "INSERT INTO t VALUES (1, 'a')");

        assertThat(databases.compare())
                .extracting(TableComparison::baseline, TableComparison::candidateRows, TableComparison::isEqual)
                .containsExactly(tuple("public.t", 1L, true), tuple("public.t_low", 1L, true));
    }

    @Test
    void generatedColumnsAreCompared() throws SQLException {
        databases.control("CREATE TABLE t (id int PRIMARY KEY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED)");
        databases.candidate("CREATE TABLE t (id int PRIMARY KEY, n int, twice int GENERATED ALWAYS AS (n + n + n / 50)"
                + " STORED)");
        databases.both("INSERT INTO t (id, n) SELECT i, i FROM generate_series(1, 60) i");

        assertThat(databases.only().cells())
                .extracting(CellDifference::column, CellDifference::type, CellDifference::count)
                .containsExactly(tuple("twice", "VALUE_NUMERIC", 11L));
    }

    @Test
    void aTableThatBecameAViewIsCompared() throws SQLException {
        databases.control("CREATE TABLE users (id int PRIMARY KEY, mail text)");
        databases.candidate(
                "CREATE TABLE accounts (id int PRIMARY KEY, email text)",
                "CREATE VIEW users AS SELECT id, email AS mail FROM accounts");
        databases.control("INSERT INTO users VALUES (1, 'a'), (2, 'b')");
        databases.candidate("INSERT INTO accounts VALUES (1, 'a'), (2, 'c')");

        List<TableComparison> found = databases.compare();

        assertThat(found).hasSize(2);
        assertThat(found.get(0).note()).isEqualTo("only the candidate has it");
        assertThat(found.get(1).key()).containsExactly("id");
        assertThat(found.get(1).cells())
                .extracting(CellDifference::column, CellDifference::count)
                .containsExactly(tuple("mail", 1L));
    }

    @Test
    void materializedViewsAndForeignTables() throws SQLException {
        databases.both(
                "CREATE MATERIALIZED VIEW m AS SELECT i AS id FROM generate_series(1, 10) i",
                "CREATE MATERIALIZED VIEW never AS SELECT 1 AS one WITH NO DATA",
                "CREATE FOREIGN DATA WRAPPER nothing",
                "CREATE SERVER s FOREIGN DATA WRAPPER nothing",
                "CREATE FOREIGN TABLE f (id int) SERVER s",
                "CREATE TABLE p (id int) PARTITION BY LIST (id)",
                "CREATE FOREIGN TABLE p1 PARTITION OF p FOR VALUES IN (1) SERVER s");

        List<TableComparison> found = databases.compare();

        assertThat(found)
                .extracting(TableComparison::baseline, TableComparison::method)
                .containsExactly(
                        tuple("public.f", Method.NOT_COMPARED),
                        tuple("public.m", Method.MULTISET),
                        tuple("public.never", Method.NOT_COMPARED),
                        tuple("public.p", Method.NOT_COMPARED));
        assertThat(found.get(0).note()).contains("foreign table");
        assertThat(found.get(1).isEqual()).isTrue();
        assertThat(found.get(1).baselineRows()).isEqualTo(10);
        assertThat(found.get(2).note()).contains("has not been populated");
        assertThat(found.get(3).note()).contains("its partition public.p1 is a foreign table");
    }

    @Test
    void oddNamesAndTablesWithoutColumns() throws SQLException {
        databases.both(
                "CREATE SCHEMA \"A.b\"",
                "CREATE TABLE \"A.b\".\"T\"\"x %s\" (\"select ?\" int PRIMARY KEY, \"Ä \"\"%1$s\" text)",
                "INSERT INTO \"A.b\".\"T\"\"x %s\" VALUES (1, 'x'), (2, 'y')",
                "CREATE TABLE nothing ()",
                "INSERT INTO nothing DEFAULT VALUES");
        databases.candidate("UPDATE \"A.b\".\"T\"\"x %s\" SET \"Ä \"\"%1$s\" = NULL WHERE \"select ?\" = 2");
        databases.candidate("INSERT INTO nothing DEFAULT VALUES");

        List<TableComparison> found = databases.compare();

        assertThat(found.get(0).cells().get(0).samples()).containsExactly(new CellSample("2", "y", "NULL"));
        assertThat(found.get(1).extra()).isEqualTo(1);
        assertThat(found.get(1).missing()).isZero();
    }

    // Mappings

    @Test
    void renamedMappedAndLeftOutColumns() throws SQLException {
        databases.control(
                "CREATE TABLE users (id int PRIMARY KEY, mail text, status text, name text, cache text, flag bool)",
                "INSERT INTO users VALUES (1, 'm1', 'active', 'Ada Lovelace', 'x', true),"
                        + " (2, 'm2', 'trial', 'Alan Turing', 'y', false), (3, 'm3', 'trial', 'Grace Hopper', 'z', NULL)");
        databases.candidate(
                "CREATE TABLE accounts (id bigint PRIMARY KEY, email varchar(20), status text, first text, last text,"
                        + " cache text, added int DEFAULT 7)",
                "INSERT INTO accounts VALUES (1, 'm1', 'current', 'Ada', 'Lovelace', '-'),"
                        + " (2, 'm2', 'active', 'Alan', 'Turing', '-'), (3, 'm3', 'pending', 'Grace', 'Hoper', '-')");
        TableMapping mapping = new TableMapping(
                "public.users",
                "public.accounts",
                List.of(
                        ColumnMapping.renamed("mail", "email"),
                        new ColumnMapping(
                                "status",
                                "status",
                                "CASE status WHEN 'active' THEN 'current' WHEN 'trial' THEN 'pending' END",
                                ""),
                        new ColumnMapping("name", "first", "", "concat_ws(' ', first, last)")),
                List.of(new LeftOut("cache", "not facts")));

        TableComparison users =
                TwoDatabases.only(databases.compare(new WholeTables(StateLimits.DEFAULTS, List.of(mapping))));

        assertThat(users.baseline()).isEqualTo("public.users");
        assertThat(users.candidate()).isEqualTo("public.accounts");
        assertThat(users.key()).containsExactly("id");
        assertThat(users.leftOut()).containsExactly("cache: not facts");
        assertThat(users.isWhole()).isFalse();
        assertThat(users.cells())
                .extracting(CellDifference::column, CellDifference::candidateColumn, CellDifference::count)
                .containsExactlyInAnyOrder(tuple("status", "status", 1L), tuple("name", "first", 1L));
        assertThat(users.cells())
                .flatExtracting(CellDifference::samples)
                .containsExactlyInAnyOrder(
                        new CellSample("2", "pending", "active"), new CellSample("3", "Grace Hopper", "Grace Hoper"));
    }
}
