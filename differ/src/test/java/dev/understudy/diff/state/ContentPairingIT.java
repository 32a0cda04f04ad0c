package dev.understudy.diff.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableComparison.CellDifference;
import dev.understudy.trace.run.TableComparison.MomentPair;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that no key pairs. */
class ContentPairingIT {
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
    void afterTheReplayRowsWithKeysOfChanceArePairedByTheirContents() throws SQLException {
        databases.both(
                "CREATE TABLE orders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), total int,"
                        + " made timestamptz DEFAULT now())",
                "CREATE TABLE lines (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), order_id uuid REFERENCES orders,"
                        + " item text)",
                "INSERT INTO orders VALUES ('00000000-0000-0000-0000-000000000001', 1, '2026-01-01')");
        databases.control(
                "INSERT INTO orders (total, made) VALUES (5, '2026-01-02 00:00:00+00'), (6, '2026-01-02'), (7, '2026-01-02')",
                "INSERT INTO lines (order_id, item) SELECT id, 'item ' || total FROM orders");
        databases.candidate(
                "INSERT INTO orders (total, made) VALUES (5, '2026-01-02 00:00:01+00'), (6, '2026-01-02'), (8, '2026-01-02')",
                "INSERT INTO lines (order_id, item) SELECT id, 'item ' || total FROM orders WHERE total < 6");

        List<TableComparison> before = databases.compare(new WholeTables());
        List<TableComparison> after = databases.compare(new WholeTables(), Moment.AFTER_REPLAY);

        assertThat(before).extracting(TableComparison::missing).containsExactly(4L, 3L);
        TableComparison lines = after.get(0);
        assertThat(lines.missing()).isEqualTo(2);
        assertThat(lines.extra()).isZero();
        assertThat(lines.isWhole()).isTrue();
        TableComparison orders = after.get(1);
        assertThat(orders.missing()).isEqualTo(1);
        assertThat(orders.extra()).isEqualTo(1);
        assertThat(orders.isWhole()).isTrue();
        assertThat(orders.cells()).hasSize(1);
        assertThat(orders.cells().get(0).column()).isEqualTo("made");
        assertThat(orders.cells().get(0).moments())
                .containsExactly(new MomentPair(1_767_312_000_000_000L, 1_767_312_001_000_000L, true, 1));
    }

    @Test
    void withoutAKeyRowsThatDifferInTimesAloneAreOneRowEach() throws SQLException {
        databases.both("CREATE TABLE log (what text, at timestamptz)", "INSERT INTO log VALUES ('old', '2026-01-01')");
        databases.control("INSERT INTO log VALUES ('a', '2026-01-02 00:00:00+00'), ('a', '2026-01-02 00:00:10+00'),"
                + " ('b', '2026-01-03'), ('c', NULL)");
        databases.candidate("INSERT INTO log VALUES ('a', '2026-01-02 00:00:11+00'), ('a', '2026-01-02 00:00:01+00'),"
                + " ('x', '2026-01-03'), ('c', '2026-01-03')");

        for (Moment moment : Moment.values()) {
            TableComparison log = TwoDatabases.only(databases.compare(new WholeTables(), moment));

            assertThat(log.missing()).isEqualTo(1);
            assertThat(log.extra()).isEqualTo(1);
            assertThat(log.isWhole()).isTrue();
            assertThat(log.samples())
                    .extracting(sample -> sample.row().substring(0, 1))
                    .containsExactly("b", "x");
            assertThat(log.cells())
                    .extracting(CellDifference::column, CellDifference::type, CellDifference::count)
                    .containsExactlyInAnyOrder(
                            tuple("at", "VALUE_TIMESTAMP_SHIFT", 2L), tuple("at", "VALUE_NULL_TO_VALUE", 1L));
            assertThat(log.cells())
                    .filteredOn(cell -> cell.count() == 2)
                    .flatExtracting(CellDifference::moments)
                    .containsExactlyInAnyOrder(
                            new MomentPair(1_767_312_000_000_000L, 1_767_312_001_000_000L, true, 1),
                            new MomentPair(1_767_312_010_000_000L, 1_767_312_011_000_000L, true, 1));
        }
    }

    @Test
    void rowsWithoutAKeyArePairedByWhatTheyHoldBesideTimes() throws SQLException {
        databases.both("CREATE TABLE history (account int, delta int, at timestamp, note text)");
        databases.control(
                "INSERT INTO history SELECT i, 10 * i, '2026-01-02 00:00:00.1'::timestamp + i * interval '1 s'"
                        + " FROM generate_series(1, 500) i",
                // twice the same at two times, and twice at one
                "INSERT INTO history VALUES (1, 10, '2026-01-03 10:00:00.1'), (2, 7, '2026-01-04 00:00:00.1'), (2, 7, '2026-01-04 00:00:00.1')",
                "INSERT INTO history VALUES (600, 1, '2026-01-05'), (601, 1, NULL)");
        databases.candidate(
                "INSERT INTO history SELECT i, 10 * i, '2026-01-02 00:00:00.35'::timestamp + i * interval '1 s'"
                        + " FROM generate_series(1, 500) i",
                "INSERT INTO history VALUES (1, 10, '2026-01-03 10:00:00.35'), (2, 7, '2026-01-04 00:00:00.35'),"
                        + " (2, 7, '2026-01-04 00:00:00.35')",
                "INSERT INTO history VALUES (600, 2, '2026-01-05 00:00:00.25'), (601, 1, NULL)");

        for (Moment moment : Moment.values()) {
            TableComparison history =
                    databases.compare(new WholeTables(), moment).get(0);

            assertThat(history.missing()).isEqualTo(1);
            assertThat(history.extra()).isEqualTo(1);
            assertThat(history.samples())
                    .extracting(TableComparison.RowSample::row)
                    .containsExactlyInAnyOrder(
                            "600, 1, 2026-01-05 00:00:00, NULL", "600, 2, 2026-01-05 00:00:00.25, NULL");
            assertThat(history.isWhole()).isTrue();
            assertThat(history.cells()).hasSize(1);
            CellDifference at = history.cells().get(0);
            assertThat(at.column()).isEqualTo("at");
            assertThat(at.type()).isEqualTo("VALUE_TIMESTAMP_SHIFT");
            assertThat(at.count()).isEqualTo(503);
            assertThat(at.moments())
                    .allSatisfy(pair ->
                            assertThat(pair.candidate() - pair.baseline()).isEqualTo(250_000));
            assertThat(at.moments().stream().mapToLong(MomentPair::count).sum()).isEqualTo(503);
        }
    }

    @Test
    void withoutAKeyWhatChanceMadeIsComparedBeforeTheReplayOnly() throws SQLException {
        databases.both("CREATE TABLE log (what text, token uuid DEFAULT gen_random_uuid())");
        databases.control("INSERT INTO log VALUES ('a', '00000000-0000-4000-8000-000000000001')");
        databases.candidate("INSERT INTO log VALUES ('a', '00000000-0000-4000-8000-000000000002')");

        TableComparison before = TwoDatabases.only(databases.compare(new WholeTables()));
        TableComparison after = TwoDatabases.only(databases.compare(new WholeTables(), Moment.AFTER_REPLAY));

        assertThat(before.missing() + before.extra()).isZero();
        assertThat(before.cells()).extracting(CellDifference::column).containsExactly("token");
        assertThat(after.missing() + after.extra()).isZero();
        assertThat(after.cells()).isEmpty();
    }

    @Test
    void withoutAKeyEqualRowsAreCountedAndNoneIsPairedTwice() throws SQLException {
        databases.both("CREATE TABLE log (what text, at timestamptz)");
        databases.control("INSERT INTO log SELECT 'a', '2026-01-02' FROM generate_series(1, 3)");
        databases.candidate(
                "INSERT INTO log SELECT 'a', '2026-01-02' FROM generate_series(1, 1)",
                "INSERT INTO log SELECT 'a', '2026-01-03' FROM generate_series(1, 1)");

        TableComparison log = TwoDatabases.only(databases.compare(new WholeTables(), Moment.AFTER_REPLAY));

        assertThat(log.missing()).isEqualTo(1);
        assertThat(log.extra()).isZero();
        assertThat(log.cells()).extracting(CellDifference::count).containsExactly(1L);
    }

    @Test
    void moreRowsThanArePairedAreSaid() throws SQLException {
        databases.both("CREATE TABLE log (what int, at timestamptz)");
        databases.control("INSERT INTO log SELECT i, '2026-01-02' FROM generate_series(1, 50) i");
        databases.candidate("INSERT INTO log SELECT i, '2026-01-03' FROM generate_series(1, 50) i");

        TableComparison log = TwoDatabases.only(databases.compare(
                new WholeTables(StateLimits.DEFAULTS.withDetailRows(20), List.of()), Moment.AFTER_REPLAY));

        assertThat(log.missing()).isEqualTo(log.extra()).isEqualTo(50);
        assertThat(log.note()).startsWith("50 and 50 rows differ, more than are looked at");
    }
}
