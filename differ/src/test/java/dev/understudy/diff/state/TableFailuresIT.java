package dev.understudy.diff.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.understudy.diff.state.TableMapping.ColumnMapping;
import dev.understudy.lab.LabServers;
import dev.understudy.trace.catalog.CatalogReader;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparer.Side;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableComparison.CellDifference;
import dev.understudy.trace.run.TableComparison.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableFailuresIT {
    private static final String SMALL = "CREATE TABLE small (id int PRIMARY KEY); INSERT INTO small VALUES (1)";
    private static final String LARGE = "CREATE TABLE large (id int PRIMARY KEY, v text);"
            + "INSERT INTO large SELECT i, repeat('x', 100) FROM generate_series(1, 1000) i";

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
    void aTableThatIsDroppedMeanwhileIsNotCompared() throws SQLException {
        databases.both(SMALL, LARGE);
        Side control = databases.controlSide();
        Side candidate = databases.candidateSide();
        databases.candidate("DROP TABLE large");

        List<TableComparison> found = new WholeTables().compare(Moment.BEFORE_REPLAY, control, candidate);

        assertThat(found.get(0).method()).isEqualTo(Method.NOT_COMPARED);
        assertThat(found.get(0).note()).startsWith("the table is gone: side=candidate");
        assertThat(found.get(1).isWhole() && found.get(1).isEqual()).isTrue();
        assertThat(databases.control.getAutoCommit()).isTrue();
        assertThat(databases.candidate.getAutoCommit()).isTrue();
    }

    @Test
    void aTableThatMayNotBeReadIsNotCompared() throws SQLException {
        databases.both(SMALL, LARGE);
        String role = "reader_" + databases.candidateName;
        databases.candidate("CREATE ROLE " + role + " LOGIN", "GRANT SELECT ON small TO " + role);
        try (Connection reader =
                DriverManager.getConnection(LabServers.postgres().jdbcUrl(databases.candidateName), role, "")) {
            List<TableComparison> found = new WholeTables()
                    .compare(
                            Moment.BEFORE_REPLAY,
                            databases.controlSide(),
                            new Side(reader, CatalogReader.read(reader)));

            assertThat(found.get(0).method()).isEqualTo(Method.NOT_COMPARED);
            assertThat(found.get(0).note())
                    .startsWith("may not be read: side=candidate")
                    .contains("large");
            assertThat(found.get(1).isWhole() && found.get(1).isEqual()).isTrue();
        } finally {
            databases.candidate("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @Test
    void aTableThatSomeoneHasLockedIsNotWaitedForLong() throws SQLException {
        databases.both(SMALL, LARGE);
        Side control = databases.controlSide();
        Side candidate = databases.candidateSide();
        try (Connection locker = LabServers.postgres().connect(databases.controlName)) {
            locker.setAutoCommit(false);
            TwoDatabases.execute(locker, "LOCK TABLE small IN ACCESS EXCLUSIVE MODE");

            List<TableComparison> found = new WholeTables().compare(Moment.BEFORE_REPLAY, control, candidate);

            assertThat(found.get(0).isWhole()).isTrue();
            assertThat(found.get(1).note()).startsWith("locked by someone else: side=control");
            locker.rollback();
        }
    }

    @Test
    void whatTheTimeBudgetDoesNotReachIsSaid() throws SQLException {
        databases.both(SMALL, LARGE, LARGE.replace("large", "largest"));
        StateLimits limits = StateLimits.DEFAULTS.withBudget(Duration.ofMillis(1_500));

        List<TableComparison> found = databases.compare(new WholeTables(limits, List.of(sleeping("large"))));

        assertThat(found.get(0).method()).isEqualTo(Method.NOT_COMPARED);
        assertThat(found.get(0).note()).startsWith("time budget of 1.5s used up: side=");
        assertThat(found.get(1).note()).startsWith("time budget of 1.5s used up");
        assertThat(found.get(2).baseline()).isEqualTo("public.small");
        assertThat(found.get(2).isWhole()).isTrue();
    }

    @Test
    void aConnectionThatIsKilledEndsItWithAClearError() throws Exception {
        databases.both(SMALL, LARGE);
        Side control = databases.controlSide();
        Side candidate = databases.candidateSide();
        WholeTables comparer = new WholeTables(StateLimits.DEFAULTS, List.of(sleeping("large")));

        CompletableFuture<List<TableComparison>> comparing = CompletableFuture.supplyAsync(() -> {
            try {
                return comparer.compare(Moment.BEFORE_REPLAY, control, candidate);
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
        try (Connection killer = LabServers.postgres().connect("postgres")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> kill(killer, databases.candidateName));
        }

        assertThatThrownBy(comparing::join)
                .hasMessageContaining("side=candidate was lost while comparing table=public.large");
        assertThat(databases.control.getAutoCommit()).isTrue();
    }

    @Test
    void rowsBeyondTheBoundAreCountedByTheirHashes() throws SQLException {
        databases.both(LARGE);
        databases.candidate("UPDATE large SET v = 'y' WHERE id <= 300");

        TableComparison large = TwoDatabases.only(
                databases.compare(new WholeTables(StateLimits.DEFAULTS.withDetailRows(100), List.of())));

        assertThat(large.cells()).extracting(CellDifference::count).containsExactly(100L);
        assertThat(large.note())
                .isEqualTo("300 rows of equal key differ; the columns of the first 100 were looked at,"
                        + " 200 are known by their hashes only");
        assertThat(large.isWhole()).isFalse();
        assertThat(large.isEqual()).isFalse();
    }

    @Test
    void settingsAreGivenBack() throws SQLException {
        databases.both(SMALL, "SET statement_timeout = '1h'", "SET work_mem = '5MB'");

        assertThat(databases.only().isEqual()).isTrue();

        for (Connection connection : List.of(databases.control, databases.candidate)) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT current_setting('statement_timeout'),"
                            + " current_setting('work_mem'), current_setting('search_path')")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("1h");
                assertThat(row.getString(2)).isEqualTo("5MB");
                assertThat(row.getString(3)).contains("public");
            }
        }
    }

    /** A comparison of one column that takes the candidate a minute for each row. */
    private static TableMapping sleeping(String table) {
        return new TableMapping(
                "public." + table,
                "public." + table,
                List.of(new ColumnMapping("v", "v", "", "v || pg_sleep(60)::text")),
                List.of());
    }

    /** Ends the database's backend once it sleeps. */
    private static boolean kill(Connection killer, String database) throws SQLException {
        try (Statement statement = killer.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = '" + database + "' AND wait_event = 'PgSleep'")) {
            return row.next();
        }
    }
}
