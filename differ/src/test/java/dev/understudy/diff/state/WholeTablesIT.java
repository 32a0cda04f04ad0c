package dev.understudy.diff.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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

class WholeTablesIT {
    private static final String ORDERS = "CREATE TABLE orders (id int PRIMARY KEY, total numeric, note text);"
            + "INSERT INTO orders SELECT i, i + 0.2345, 'note ' || i FROM generate_series(1, 20000) i";

    private TwoDatabases databases;

    @BeforeEach
    void open() throws SQLException {
        databases = new TwoDatabases();
    }

    @AfterEach
    void close() throws SQLException {
        databases.close();
    }

    @Test
    void equalTablesAreEqualByOneScan() throws SQLException {
        databases.both(ORDERS);

        TableComparison orders = databases.only();

        assertThat(orders.baseline()).isEqualTo("public.orders");
        assertThat(orders.candidate()).isEqualTo("public.orders");
        assertThat(orders.method()).isEqualTo(Method.KEY);
        assertThat(orders.key()).containsExactly("id");
        assertThat(orders.baselineRows()).isEqualTo(20_000);
        assertThat(orders.candidateRows()).isEqualTo(20_000);
        assertThat(orders.isEqual()).isTrue();
        assertThat(orders.isWhole()).isTrue();
        assertThat(orders.elapsedNanos()).isPositive();
    }

    @Test
    void everyDifferenceIsCountedAndNamed() throws SQLException {
        databases.both(ORDERS);
        databases.candidate(
                "UPDATE orders SET total = round(total, 2) WHERE id IN (7, 1111)",
                "UPDATE orders SET note = NULL WHERE id = 1111",
                "DELETE FROM orders WHERE id IN (5, 6, 15000)",
                "INSERT INTO orders VALUES (-4, 1, 'new'), (90000, 2, 'newer')");

        TableComparison orders = databases.only();

        assertThat(orders.baselineRows()).isEqualTo(20_000);
        assertThat(orders.candidateRows()).isEqualTo(19_999);
        assertThat(orders.missing()).isEqualTo(3);
        assertThat(orders.extra()).isEqualTo(2);
        assertThat(orders.duplicated()).isZero();
        assertThat(orders.samples())
                .containsExactlyInAnyOrder(
                        new RowSample(true, "5"),
                        new RowSample(true, "6"),
                        new RowSample(true, "15000"),
                        new RowSample(false, "-4"),
                        new RowSample(false, "90000"));
        assertThat(orders.cells())
                .extracting(CellDifference::column, CellDifference::type, CellDifference::count)
                .containsExactly(tuple("total", "VALUE_NUMERIC_ROUNDED", 2L), tuple("note", "VALUE_VALUE_TO_NULL", 1L));
        assertThat(orders.cells().get(1).samples()).containsExactly(new CellSample("1111", "note 1111", "NULL"));
    }

    /** hash_record_extended alone is linear: the sum of two rows stays the same when they swap a column's values. */
    @Test
    void valuesSwappedBetweenRowsAreFound() throws SQLException {
        databases.control("CREATE TABLE t (id int PRIMARY KEY, v text)");
        databases.candidate("CREATE TABLE t (id int PRIMARY KEY, v text)");
        for (int i = 0; i < 40; i += 2) {
            databases.control("INSERT INTO t VALUES (" + i * 1000 + ", 'a" + i + "'), (" + (i * 1000 + 1) + ", 'b')");
            databases.candidate("INSERT INTO t VALUES (" + i * 1000 + ", 'b'), (" + (i * 1000 + 1) + ", 'a" + i + "')");
        }

        TableComparison t = databases.only();

        assertThat(t.cells().stream().mapToLong(CellDifference::count).sum()).isEqualTo(40);
    }

    @Test
    void tablesWithoutKeysAreMultisets() throws SQLException {
        databases.both("CREATE TABLE t (a int, b text)", "INSERT INTO t VALUES (1, 'x'), (1, 'x'), (2, NULL), (3, '')");
        assertThat(databases.only().isEqual()).isTrue();

        databases.candidate("DELETE FROM t WHERE ctid = (SELECT min(ctid) FROM t)", "INSERT INTO t VALUES (3, NULL)");
        TableComparison t = databases.only();

        assertThat(t.method()).isEqualTo(Method.MULTISET);
        assertThat(t.key()).isEmpty();
        assertThat(t.missing()).isEqualTo(1);
        assertThat(t.extra()).isEqualTo(1);
        assertThat(t.samples()).containsExactly(new RowSample(true, "1, x"), new RowSample(false, "3, NULL"));
    }

    @Test
    void tablesOfOneSideAreCounted() throws SQLException {
        databases.control("CREATE TABLE gone (id int)", "INSERT INTO gone VALUES (1), (2)");
        databases.candidate("CREATE TABLE added (id int)", "INSERT INTO added VALUES (1)");

        List<TableComparison> found = databases.compare();

        assertThat(found)
                .extracting(
                        TableComparison::baseline,
                        TableComparison::candidate,
                        TableComparison::method,
                        TableComparison::baselineRows,
                        TableComparison::candidateRows,
                        TableComparison::note)
                .containsExactly(
                        tuple("", "public.added", Method.NOT_COMPARED, -1L, 1L, "only the candidate has it"),
                        tuple("public.gone", "", Method.NOT_COMPARED, 2L, -1L, "only the control has it"));
    }

    /** From 8 MB on the scan is another statement, in which every bucket has to turn up. */
    @Test
    void largeTablesAreComparedLikeSmallOnes() throws SQLException {
        String rows =
                " SELECT i * 1000003::bigint - 50000000000, i::text, repeat('x', 60) FROM generate_series(1, 120000) i";
        databases.both(
                "CREATE TABLE by_number (id bigint PRIMARY KEY, t text, filler text)",
                "CREATE TABLE by_text (id bigint, t text PRIMARY KEY, filler text)",
                "INSERT INTO by_number" + rows,
                "INSERT INTO by_text" + rows);
        assertThat(databases.compare()).allMatch(table -> table.isEqual() && table.baselineRows() == 120_000);

        for (String table : List.of("by_number", "by_text")) {
            databases.candidate(
                    "UPDATE " + table + " SET filler = '' WHERE t IN ('1', '60000', '120000')",
                    "DELETE FROM " + table + " WHERE t = '77777'",
                    "INSERT INTO " + table + " VALUES (9000000000000000000, 'new', '')");
        }

        assertThat(databases.compare()).hasSize(2).allSatisfy(table -> {
            assertThat(table.note()).isEmpty();
            assertThat(table.missing()).isEqualTo(1);
            assertThat(table.extra()).isEqualTo(1);
            assertThat(table.cells()).extracting(CellDifference::count).containsExactly(3L);
        });
    }
}
