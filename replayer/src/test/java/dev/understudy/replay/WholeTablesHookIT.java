package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lab.LabServers;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.replay.safety.CopyMark;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.ControlEntry;
import dev.understudy.trace.run.CopyStamps;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
import dev.understudy.trace.run.RunStart;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparer;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.ViewOrigins;
import dev.understudy.trace.run.ViewOrigins.ViewColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a replay with a comparer writes beside the outcomes. */
class WholeTablesHookIT {
    private static final String SCHEMA = "CREATE TABLE accounts(id int PRIMARY KEY, mail text);"
            + "INSERT INTO accounts SELECT i, 'm' || i FROM generate_series(1, 10) i;"
            + "CREATE VIEW \"odd ? name\" AS SELECT upper(mail) AS up, mail AS \"what?\", id, '?' AS mark FROM accounts;"
            + "CREATE VIEW above AS SELECT v.\"what?\" AS again FROM \"odd ? name\" v WHERE v.id > 0";

    private final List<Moment> asked = new ArrayList<>();

    @Test
    void tablesAreComparedBeforeAndAfterAndViewsTracedOnce() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        ConnectionInfo control = LabServers.postgres().connectionInfo(rehearsed.copyNow());
        try (RecordedClient client = rehearsed.open()) {
            client.query("INSERT INTO accounts VALUES (11, 'new')");
        }
        rehearsed.publish();
        ReplayConfig config = rehearsed.config().withControl(control).withComparer(this::countRows);

        Rehearsed.replay(config);

        List<ControlEntry> entries =
                RunReader.control(config.run(), LabServers.kafka().bootstrapServers());
        assertThat(entries)
                .extracting(Object::getClass)
                .containsExactly(
                        RunStart.class,
                        CopyStamps.class,
                        StateComparison.class,
                        ViewOrigins.class,
                        ViewOrigins.class,
                        StateComparison.class,
                        RunEnd.class);
        assertThat(asked).containsExactly(Moment.BEFORE_REPLAY, Moment.AFTER_REPLAY);
        RunFacts facts = RunFacts.of(entries).orElseThrow();
        assertThat(facts.before().tables().get(0).baselineRows()).isEqualTo(10);
        assertThat(facts.after().tables().get(0).candidateRows()).isEqualTo(11);
        assertThat(facts.start().arms().get(0).tables().get(0).rows()).isEqualTo(10);
        assertThat(facts.end().arms().get(1).tables().get(0).rows()).isEqualTo(11);
        assertThat(facts.views()).extracting(ViewOrigins::arm).containsExactly(Arm.CONTROL, Arm.CANDIDATE);
        for (ViewOrigins views : facts.views()) {
            Catalog catalog = facts.start().arms().stream()
                    .filter(arm -> arm.arm() == views.arm())
                    .map(ArmState::catalog)
                    .findFirst()
                    .orElseThrow();
            int accounts = oid(catalog, "public.accounts");
            int odd = oid(catalog, "public.odd ? name");
            assertThat(views.columns())
                    .containsExactlyInAnyOrder(
                            new ViewColumn(odd, 2, accounts, 2),
                            new ViewColumn(odd, 3, accounts, 1),
                            new ViewColumn(oid(catalog, "public.above"), 1, odd, 2));
        }
    }

    @Test
    void theRowsOfAMarkedCopyWhoseSchemaIsTheOldOneAreReadAgain() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        ConnectionInfo control = LabServers.postgres().connectionInfo(rehearsed.copyNow());
        ConnectionInfo candidate = rehearsed.config().candidate();
        CopyMark.take(control, false, 1);
        CopyMark.take(candidate, false, 1);
        LabServers.postgres().execute(control.database(), "UPDATE accounts SET mail = 'other' WHERE id = 3");
        LabServers.postgres().execute(candidate.database(), "ALTER TABLE accounts ADD COLUMN extra int");
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT 1");
        }
        rehearsed.publish();
        ReplayConfig config = rehearsed.config().withControl(control).withComparer(this::countRows);

        Rehearsed.replay(config);

        CopyStamps stamps = RunFacts.of(
                        RunReader.control(config.run(), LabServers.kafka().bootstrapServers()))
                .orElseThrow()
                .stamps();
        assertThat(stamps.of(Arm.CONTROL)
                        .orElseThrow()
                        .isSameAs(stamps.of(Arm.CANDIDATE).orElseThrow()))
                .isTrue();
        assertThat(stamps.of(Arm.CONTROL)
                        .orElseThrow()
                        .isSameAs(stamps.atStart(Arm.CONTROL).orElseThrow()))
                .as("as many rows, one of which is another")
                .isFalse();
        assertThat(stamps.atStart(Arm.CANDIDATE))
                .as("its schema tells that it is migrated")
                .isEmpty();
    }

    @Test
    void withoutAControlThereIsNothingToCompare() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT 1");
        }
        rehearsed.publish();
        ReplayConfig config = rehearsed.config().withComparer(this::countRows);

        Rehearsed.replay(config);

        assertThat(RunReader.control(config.run(), LabServers.kafka().bootstrapServers()))
                .noneMatch(StateComparison.class::isInstance);
        assertThat(asked).isEmpty();
    }

    @Test
    void aLostServerEndsTheRunBeforeItBegins() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(SCHEMA);
        ConnectionInfo control = LabServers.postgres().connectionInfo(rehearsed.copyNow());
        try (RecordedClient client = rehearsed.open()) {
            client.query("SELECT 1");
        }
        rehearsed.publish();
        ReplayConfig config = rehearsed.config().withControl(control).withComparer((moment, left, right) -> {
            throw new SQLException("side=candidate was lost while comparing table=t");
        });

        assertThatThrownBy(() -> Rehearsed.replay(config))
                .isInstanceOf(ServiceUnreachable.class)
                .hasMessageContaining("side=candidate was lost while comparing table=t");
    }

    private static int oid(Catalog catalog, String name) {
        return catalog.relations().stream()
                .filter(relation -> relation.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow()
                .oid();
    }

    private List<TableComparison> countRows(Moment moment, TableComparer.Side control, TableComparer.Side candidate)
            throws SQLException {
        asked.add(moment);
        return List.of(new TableComparison(
                "public.accounts",
                "public.accounts",
                TableComparison.Method.KEY,
                List.of("id"),
                rows(control.connection()),
                rows(candidate.connection()),
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                "",
                1));
    }

    private static long rows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM accounts")) {
            row.next();
            return row.getLong(1);
        }
    }
}
