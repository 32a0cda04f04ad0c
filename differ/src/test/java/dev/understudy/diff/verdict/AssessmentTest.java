package dev.understudy.diff.verdict;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static dev.understudy.diff.kit.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.diff.kit.Requests;
import dev.understudy.diff.kit.Runs;
import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.diff.report.ErrorCount;
import dev.understudy.diff.report.Ledger;
import dev.understudy.diff.report.Report;
import dev.understudy.diff.tally.Bounds;
import dev.understudy.diff.tally.RunTally;
import dev.understudy.expect.Verdict;
import dev.understudy.expect.gate.Reason;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.KnownStatement;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunFacts;
import dev.understudy.trace.run.TableState;
import dev.understudy.trace.run.TaintReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssessmentTest {
    private static final int PRODUCTION_TABLE = 16_400;
    private static final int COPY_TABLE = 26_400;
    private static final Catalog PRODUCTION = bench(PRODUCTION_TABLE);
    private static final Catalog COPY = bench(COPY_TABLE);
    /** The migration adds an index. */
    private static final Catalog MIGRATED = Catalogs.catalog(COPY_TABLE)
            .table("pgbench_accounts", "*aid int4", "bid int4", "abalance int4")
            .index("by_bid", "pgbench_accounts")
            .build();

    private static final TableState ACCOUNTS = new TableState("public.pgbench_accounts", 1000, "77", "");

    private static Catalog bench(int table) {
        return Catalogs.catalog(table)
                .table("pgbench_accounts", "*aid int4", "bid int4", "abalance int4")
                .build();
    }

    private static Runs withoutControl() {
        return Runs.of(PRODUCTION).arm(Arm.CANDIDATE, COPY, ACCOUNTS);
    }

    private static Runs withControl() {
        return Runs.of(PRODUCTION)
                .arm(Arm.CONTROL, COPY, ACCOUNTS)
                .arm(Arm.CANDIDATE, MIGRATED, ACCOUNTS)
                .whole(table("public.pgbench_accounts", 1000));
    }

    private static Exchanges read(int ordinal, int recorded) {
        String sql = "SELECT abalance FROM pgbench_accounts WHERE aid = " + ordinal;
        return exchange(query(sql), balance(PRODUCTION_TABLE, recorded)).id(1, ordinal);
    }

    private static ByteBuf balance(int relation, int value) {
        return answer().columns(column("abalance", 23, relation, 3))
                .row(Integer.toString(value))
                .done("SELECT 1")
                .ready();
    }

    private static Outcome same(int ordinal) {
        return three(ordinal, ordinal, ordinal, ordinal);
    }

    private static Outcome three(int ordinal, int recorded, int control, int candidate) {
        return read(ordinal, recorded)
                .control(balance(COPY_TABLE, control))
                .candidate(balance(COPY_TABLE, candidate))
                .build();
    }

    private static Runs many(Runs run, int count) {
        for (int i = 0; i < count; i++) {
            run.add(same(i));
        }
        return run;
    }

    @Test
    void goesWhereNothingDiffers() {
        Report report = many(withControl(), 100).report();
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
        assertThat(report.groups()).singleElement().satisfies(group -> {
            assertThat(group.type()).isEqualTo(DifferenceClass.SCHEMA_INDEX);
            assertThat(group.disposition()).isEqualTo(GroupDisposition.UNEXPECTED);
            assertThat(group.attribution()).isEqualTo(Attribution.MIGRATION);
            assertThat(group.isUnexpectedBlocker()).isFalse();
            assertThat(group.samples()).isEmpty();
        });
        assertThat(report.footprint()).singleElement().satisfies(item -> {
            assertThat(item.object()).isEqualTo("public.by_bid");
            assertThat(item.stateChecked()).isTrue();
            assertThat(item.isExercised()).isTrue();
            assertThat(item.exercised().read()).isEqualTo(100);
        });
        assertThat(report.ledger()).isEqualTo(new Ledger(100, 100, 100, 0, 0, 0, 0, 0, 0, 0));
        assertThat(report.untested()).isNotEmpty();
    }

    @Test
    void namesTheOneChangeAmongAThousand() {
        Runs run = many(withoutControl(), 999);
        run.add(read(999, 5).candidate(balance(COPY_TABLE, 6)).build());
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(report.groups()).hasSize(1);
        DifferenceGroup group = report.groups().get(0);
        assertThat(group.type()).isEqualTo(DifferenceClass.VALUE_NUMERIC);
        assertThat(group.path()).isEqualTo("abalance");
        assertThat(group.transition()).isEqualTo("+1");
        assertThat(group.origin()).isEqualTo("public.pgbench_accounts.abalance");
        assertThat(group.sql()).isEqualTo("select abalance from pgbench_accounts where aid = ?");
        assertThat(group.count()).isEqualTo(1);
        assertThat(group.share()).isEqualTo(0.001);
        assertThat(group.attribution()).isEqualTo(Attribution.MIGRATION_WITHOUT_CONTROL);
        assertThat(group.samples()).singleElement().satisfies(sample -> {
            assertThat(sample.exchange()).isEqualTo("1.1:999");
            assertThat(sample.before()).isEqualTo("5");
            assertThat(sample.after()).isEqualTo("6");
        });
    }

    @Test
    void transactionControlAndPingsCarryNoData() {
        Runs run = withoutControl().add(same(0));
        for (String sql : new String[] {"BEGIN", "COMMIT", "SELECT 1", "SET search_path = public", ";"}) {
            ByteBuf answer = sql.equals(";")
                    ? answer().empty().ready()
                    : answer().done("DONE").ready();
            run.add(exchange(query(sql), answer).id(1, 1).candidate(answer).build());
        }
        assertThat(run.report().ledger().carryingData()).isEqualTo(1);
        assertThat(run.report().ledger().compared()).isEqualTo(6);
    }

    @Test
    void isInconclusiveWithoutAnyExchange() {
        Report report = withoutControl().report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).extracting(Reason::gate).contains("coverage.compared", "coverage.carrying_data");
    }

    @Test
    void isInconclusiveForARunThatWasKilled() {
        Report report = many(withControl(), 10).reportOfKilled();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).extracting(Reason::gate).containsExactly("state.not_compared", "run.partial");
        assertThat(report.ledger().exchanges()).isEqualTo(10);
    }

    @Test
    void isInconclusiveForARunThatWasStopped() {
        Report report = many(withControl(), 10)
                .stopped()
                .without(Disposition.PENDING, 1)
                .report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).extracting(Reason::gate).contains("run.partial", "coverage.carrying_data");
        assertThat(report.ledger().pending()).isEqualTo(1);
        assertThat(report.ledger().imbalance()).isZero();
    }

    @Test
    void isInconclusiveWhereOutcomesAreMissing() {
        Report report = many(withControl(), 10).missing(1).report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).extracting(Reason::gate).contains("outcomes.unread", "ledger.difference");
    }

    @Test
    void isInconclusiveForWhatTheTraceLostUnlessAControlLostItToo() {
        Report alone = many(withoutControl(), 100).without(Disposition.GAP, 1).report();
        assertThat(alone.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(alone.reasons()).extracting(Reason::gate).containsExactly("state.not_compared", "gap.exchanges");
        Runs run = withControl().without(Disposition.GAP, 1);
        for (int i = 0; i < 100; i++) {
            run.add(three(i, i, i, i));
        }
        assertThat(run.report().verdict()).isEqualTo(Verdict.GO);
        assertThat(run.report().ledger().gap()).isEqualTo(1);
    }

    @Test
    void isInconclusiveWhereChunksOfTheTraceAreMissing() {
        Report report = many(withoutControl(), 100)
                .warning("missing-chunks", "2 chunks are missing")
                .report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).last().satisfies(reason -> {
            assertThat(reason.gate()).isEqualTo("gap.exchanges");
            assertThat(reason.text()).contains("2 chunks are missing");
        });
    }

    @Test
    void isInconclusiveWhereRolesWereMissing() {
        Report report =
                many(withControl(), 10).warning("role-missing", "role=alice").report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.gate()).isEqualTo("replay.missing_roles");
            assertThat(reason.text()).contains("alice");
        });
    }

    @Test
    void isInconclusiveWhereTooLittleWasCompared() {
        Runs run = many(withControl(), 94);
        for (int i = 94; i < 100; i++) {
            run.add(read(i, i)
                    .ended(Disposition.TAINTED, "failed-earlier-in-transaction")
                    .build());
        }
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons())
                .extracting(Reason::gate)
                .containsExactly("coverage.carrying_data", "coverage.tables");
        assertThat(report.ledger().tainted()).isEqualTo(6);
        assertThat(report.ledger().imbalance()).isZero();
    }

    @Test
    void isInconclusiveWhereOneTableWasHardlyCompared() {
        Runs run = many(withControl(), 1_000);
        ByteBuf answer = answer().done("UPDATE 1").ready();
        for (int i = 0; i < 40; i++) {
            run.add(exchange(query("UPDATE pgbench_accounts SET bid = 0"), answer)
                    .id(2, i)
                    .ended(i == 0 ? Disposition.COMPARED : Disposition.NOT_COMPARABLE, i == 0 ? "" : "wait-limit")
                    .control(answer)
                    .candidate(answer)
                    .build());
        }
        Report report = run.report();
        assertThat(report.reasons()).extracting(Reason::gate).containsExactly("coverage.tables");
        assertThat(report.reasons().get(0).text()).contains("public.pgbench_accounts");
        assertThat(report.groups())
                .filteredOn(group -> !group.isOfDatabase())
                .singleElement()
                .satisfies(group -> {
                    assertThat(group.disposition()).isEqualTo(GroupDisposition.UNCOVERED);
                    assertThat(group.transition()).isEqualTo("wait-limit");
                    assertThat(group.count()).isEqualTo(39);
                });
    }

    @Test
    void whatBelongsToAnotherDatabaseIsNotMissed() {
        Runs run = many(withControl(), 50);
        for (int i = 0; i < 50; i++) {
            run.add(read(i, i).ended(Disposition.FILTERED, "other-database").build());
        }
        assertThat(run.report().verdict()).isEqualTo(Verdict.GO);
        assertThat(run.report().ledger().carryingData()).isEqualTo(50);
        assertThat(run.report().ledger().filtered()).isEqualTo(50);
    }

    @Test
    void whatAFilterLeftOutIsMissed() {
        Runs run = many(withControl(), 50);
        for (int i = 0; i < 50; i++) {
            run.add(read(i, i).ended(Disposition.FILTERED, "filter").build());
        }
        assertThat(run.report().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void isInconclusiveForRaces() {
        Runs run = many(withControl(), 998);
        run.add(read(998, 1).ended(Disposition.RACED, "overlap").build());
        run.add(read(999, 1).ended(Disposition.RACED, "overlap").build());
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).extracting(Reason::gate).containsExactly("raced.share", "raced.footprint");
    }

    @Test
    void anAnswerThatCannotBeReadIsNeverCompared() {
        Runs run = many(withoutControl(), 3);
        ByteBuf garbage =
                Unpooled.copiedBuffer(balance(COPY_TABLE, 7), Unpooled.wrappedBuffer(new byte[] {'D', 0, 0, 0, 4}));
        run.add(read(3, 7).candidate(garbage).build());
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.ledger().notComparable()).isEqualTo(1);
        assertThat(report.groups())
                .singleElement()
                .satisfies(group -> assertThat(group.type()).isEqualTo(DifferenceClass.RUN_COVERAGE));
    }

    @Test
    void anArmWithoutAnswerIsNeverCompared() {
        Report report = many(withoutControl(), 3).add(read(3, 7).build()).report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.ledger().notComparable()).isEqualTo(1);
        assertThat(report.ledger().imbalance()).isZero();
    }

    @Test
    void aBackendThatDiesOnTheCandidateAloneIsAFinding() {
        Runs run = many(withoutControl(), 100);
        run.add(read(100, 1)
                .arm(Arm.CANDIDATE, Unpooled.EMPTY_BUFFER, 0, true)
                .ended(Disposition.NOT_COMPARABLE, "connection-lost")
                .build());
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(report.groups().get(0).type()).isEqualTo(DifferenceClass.ERROR_NEW);
        assertThat(report.groups().get(0).path()).isEqualTo("connection");
    }

    @Test
    void aConnectionLostOnBothArmsIsNoFinding() {
        Runs run = withControl();
        for (int i = 0; i < 100; i++) {
            run.add(three(i, i, i, i));
        }
        run.add(read(100, 1)
                .arm(Arm.CONTROL, Unpooled.EMPTY_BUFFER, 0, true)
                .arm(Arm.CANDIDATE, Unpooled.EMPTY_BUFFER, 0, true)
                .ended(Disposition.NOT_COMPARABLE, "connection-lost")
                .build());
        assertThat(run.report().unexpectedBlockers()).isEmpty();
    }

    @Test
    void aConnectionThatBrokeInProductionIsNoFinding() {
        Runs run = many(withoutControl(), 100);
        run.add(read(100, 1)
                .flagged(ExchangeFlag.BROKEN_OFF)
                .arm(Arm.CANDIDATE, Unpooled.EMPTY_BUFFER, 0, true)
                .ended(Disposition.NOT_COMPARABLE, "connection-lost")
                .build());
        assertThat(run.report().unexpectedBlockers()).isEmpty();
    }

    // With a control arm

    @Test
    void theControlDecidesWhoseFaultItIs() {
        Runs run = withControl();
        for (int i = 0; i < 997; i++) {
            run.add(three(i, i, i, i));
        }
        run.add(three(997, 1, 1, 2));
        run.add(three(998, 1, 2, 1));
        run.add(three(999, 1, 2, 2));
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(report.groups())
                .filteredOn(group -> !group.isOfDatabase())
                .extracting(DifferenceGroup::attribution)
                .containsExactlyInAnyOrder(
                        Attribution.MIGRATION, Attribution.NONDETERMINISTIC, Attribution.ENVIRONMENT);
        assertThat(report.groups().get(0).attribution()).isEqualTo(Attribution.MIGRATION);
        assertThat(report.unexpectedBlockers()).hasSize(1);
    }

    @Test
    void isInconclusiveWhereAllThreeDiffer() {
        Runs run = withControl();
        for (int i = 0; i < 100; i++) {
            run.add(three(i, i, i, i));
        }
        Report report = run.add(three(100, 1, 2, 3)).report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).extracting(Reason::gate).containsExactly("blind.footprint");
    }

    @Test
    void isInconclusiveWhereTheControlIsNotLikeProduction() {
        Runs run = withControl();
        for (int i = 0; i < 100; i++) {
            run.add(three(i, i, i < 2 ? i + 1 : i, i < 2 ? i + 1 : i));
        }
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).extracting(Reason::gate).containsExactly("environment.share");
        assertThat(report.reasons().get(0).valueText()).isEqualTo("2 %");
    }

    @Test
    void theRecordingCanBeTheBaselineOfARunWithControl() {
        Runs run = withControl();
        for (int i = 0; i < 100; i++) {
            run.add(three(i, i, i + 1, i + 1));
        }
        Report report = run.report(false);
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(report.groups().get(0).attribution()).isEqualTo(Attribution.MIGRATION_WITHOUT_CONTROL);
    }

    @Test
    void anArmThatTheRunLacksIsRefused() {
        RunTally none = RunTally.of(Bounds.DEFAULT, List.of());
        assertThatThrownBy(() -> new Assessment(RunFacts.of(withoutControl().start(), null), true, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CONTROL");
    }

    // What the run as a whole decides

    @Test
    void aStoredClockIsExplainedByTheExchangeThatWroteIt() {
        Runs run = withoutControl();
        ByteBuf inserted = answer().done("INSERT 0 1").ready();
        run.add(exchange(query("INSERT INTO log DEFAULT VALUES"), inserted)
                .id(1, 0)
                .candidate(inserted)
                .build());
        run.add(at(500, "1970-01-01 00:16:40.002+00", "1970-01-01 01:23:20.004+00"));
        Report report = run.report();
        assertThat(report.groups()).singleElement().satisfies(group -> {
            assertThat(group.attribution()).isEqualTo(Attribution.CLOCK);
            assertThat(group.disposition()).isEqualTo(GroupDisposition.ATTRIBUTED);
        });
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aStoredClockThatWasShiftedIsAFinding() {
        Runs run = withoutControl();
        ByteBuf inserted = answer().done("INSERT 0 1").ready();
        run.add(exchange(query("INSERT INTO log DEFAULT VALUES"), inserted)
                .id(1, 0)
                .candidate(inserted)
                .build());
        run.add(at(500, "1970-01-01 00:16:40.002+00", "1970-01-01 03:23:20.004+00"));
        assertThat(run.report().verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void aTimeFromBeforeTheCaptureIsNoClock() {
        Runs run = withoutControl().add(same(0));
        run.add(at(500, "1970-01-01 00:00:00.002+00", "1970-01-01 01:06:40.002+00"));
        assertThat(run.report().verdict()).isEqualTo(Verdict.NO_GO);
    }

    private static Outcome at(int ordinal, String recorded, String candidate) {
        return exchange(
                        query("SELECT at FROM log"),
                        answer().columns(column("at", 1184))
                                .row(recorded)
                                .done("SELECT 1")
                                .ready())
                .id(1, ordinal)
                .candidate(answer().columns(column("at", 1184))
                        .row(candidate)
                        .done("SELECT 1")
                        .ready())
                .build();
    }

    @Test
    void errorsAreCountedBySqlState() {
        ByteBuf unique = answer().error("23505", "duplicate key").ready();
        Runs run = many(withoutControl(), 10)
                .add(exchange(query("INSERT INTO t VALUES (1)"), unique)
                        .id(2, 0)
                        .candidate(unique)
                        .build())
                .add(exchange(query("INSERT INTO t VALUES (2)"), unique)
                        .id(2, 1)
                        .candidate(answer().error("42P01", "no table").ready())
                        .build());
        assertThat(run.report().errors()).containsExactly(new ErrorCount("23505", 2, 1), new ErrorCount("42P01", 0, 1));
    }

    @Test
    void unexpectedBlockersComeFirstHoweverManyOthersThereAre() {
        Runs run = withoutControl();
        for (int i = 0; i < 50; i++) {
            run.add(exchange(query("SELECT n FROM t"), numeric("1.0"))
                    .id(1, i)
                    .candidate(numeric("1.00"))
                    .build());
        }
        run.add(exchange(query("SELECT n FROM t"), numeric("1.0"))
                .id(1, 50)
                .candidate(numeric("2.0"))
                .build());
        Report report = run.report();
        assertThat(report.groups())
                .extracting(DifferenceGroup::type)
                .containsExactly(DifferenceClass.VALUE_NUMERIC, DifferenceClass.VALUE_NUMERIC_SCALE);
    }

    private static ByteBuf numeric(String value) {
        return answer().columns(column("n", 1700)).row(value).done("SELECT 1").ready();
    }

    @Test
    void whatUsesAStatementThatFailedToBePreparedIsOneFinding() {
        String sql = "INSERT INTO gone VALUES ($1)";
        ByteBuf inserted = answer().parsedAndBound().noData().done("INSERT 0 1").ready();
        ByteBuf used = answer().bound().done("INSERT 0 1").ready();
        Runs run = many(withoutControl(), 10);
        run.add(exchange(Requests.prepared(sql, 0, "1"), inserted)
                .id(2, 0)
                .candidate(answer().error("42P01", "relation \"gone\" does not exist")
                        .ready())
                .build());
        KnownStatement known = new KnownStatement(Arm.RECORDED, "s", null, sql, List.of(23), null, null);
        for (int i = 1; i < 100; i++) {
            run.add(exchange(Requests.bound("s", 0, "1"), used)
                    .id(2, i)
                    .knows(known)
                    .candidate(answer().error("26000", "prepared statement \"s\" does not exist")
                            .ready())
                    .ended(
                            Disposition.TAINTED,
                            new TaintReason("statement-not-prepared", new ExchangeId(SessionIds.of(1, 2), 0)).text())
                    .build());
        }
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(report.ledger().tainted()).isEqualTo(99);
        assertThat(report.ledger().imbalance()).isZero();
        assertThat(report.reasons()).extracting(Reason::gate).doesNotContain("ledger.difference");
        assertThat(report.unexpectedBlockers()).singleElement().satisfies(group -> {
            assertThat(group.transition()).isEqualTo("success → 42P01");
            assertThat(group.path()).isEqualTo("gone");
            assertThat(group.dependants()).isEqualTo(99);
        });
    }

    @Test
    void aStatementThatIsUnknownForNoReasonIsAFinding() {
        String sql = "INSERT INTO gone VALUES ($1)";
        KnownStatement known = new KnownStatement(Arm.RECORDED, "s", null, sql, List.of(23), null, null);
        Runs run = many(withoutControl(), 10)
                .add(exchange(
                                Requests.bound("s", 0, "1"),
                                answer().bound().done("INSERT 0 1").ready())
                        .id(2, 0)
                        .knows(known)
                        .candidate(answer().error("26000", "prepared statement \"s\" does not exist")
                                .ready())
                        .build());
        assertThat(run.report().unexpectedBlockers()).hasSize(1);
        assertThat(run.report().ledger().tainted()).isZero();
    }

    @Test
    void whatIsComputedFromAColumnIsOfItsClusterAndComesAfterIt() {
        Runs run = many(withoutControl(), 10);
        for (int i = 10; i < 30; i++) {
            String sql = "SELECT sum(abalance) FROM pgbench_accounts WHERE bid = " + i;
            ByteBuf sum = answer().columns(column("sum", 20))
                    .row("100")
                    .done("SELECT 1")
                    .ready();
            ByteBuf other = answer().columns(column("sum", 20))
                    .row("117")
                    .done("SELECT 1")
                    .ready();
            run.add(exchange(query(sql), sum).id(1, i).candidate(other).build());
        }
        Report report =
                run.add(read(30, 1).candidate(balance(COPY_TABLE, 2)).build()).report();
        assertThat(report.groups()).hasSize(2);
        assertThat(report.groups().get(0).origin()).isEqualTo("public.pgbench_accounts.abalance");
        assertThat(report.groups().get(1).origin()).isEqualTo("computed from public.pgbench_accounts.abalance");
        assertThat(report.groups())
                .extracting(DifferenceGroup::cluster)
                .containsOnly(report.groups().get(0).cluster());
    }

    // What makes a GO

    @Test
    void noControlIsNoGo() {
        Report report = many(withoutControl(), 100).report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.gate()).isEqualTo("state.not_compared");
            assertThat(reason.text()).contains("whole tables were not compared: no control arm");
        });
    }

    @Test
    void tablesThatWereNotComparedAsWholesAreNamed() {
        Report report = many(
                        withControl()
                                .whole(table("public.pgbench_accounts", 1000).without("bid")),
                        100)
                .report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.gate()).isEqualTo("state.not_compared");
            assertThat(reason.text()).contains("public.pgbench_accounts (without bid: no time left before the replay)");
        });
        assertThat(report.footprint().get(0).stateChecked()).isFalse();
    }

    @Test
    void anUnmigratedCandidateIsInconclusiveWhateverItAnswers() {
        Runs run = Runs.of(PRODUCTION)
                .arm(Arm.CONTROL, COPY, ACCOUNTS)
                .arm(Arm.CANDIDATE, COPY, ACCOUNTS)
                .whole(table("public.pgbench_accounts", 1000));
        Report report = many(run, 100).add(three(100, 1, 1, 2)).report();
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons().get(0).text()).contains("NOT_MIGRATED");
        assertThat(report.unexpectedBlockers()).isEmpty();
        assertThat(report.groups()).singleElement().satisfies(group -> {
            assertThat(group.attribution()).isEqualTo(Attribution.UNKNOWN);
            assertThat(group.disposition()).isEqualTo(GroupDisposition.UNCOVERED);
        });
    }

    @Test
    void dataThatNoQueryReadsIsFound() {
        Runs run = many(
                withControl().whole(table("public.pgbench_accounts", 1000).cells("bid", "VALUE_NUMERIC", "+1", 3)),
                100);
        Report report = run.report();
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        DifferenceGroup first = report.groups().get(0);
        assertThat(first.type()).isEqualTo(DifferenceClass.STATE_CELL);
        assertThat(first.path()).isEqualTo("public.pgbench_accounts.bid");
        assertThat(first.transition()).isEqualTo("VALUE_NUMERIC: +1");
        assertThat(first.count()).isEqualTo(3);
        assertThat(first.share()).isEqualTo(0.003);
        assertThat(first.samples()).hasSize(2).first().satisfies(sample -> {
            assertThat(sample.exchange()).isEmpty();
            assertThat(sample.row()).isEqualTo("7");
            assertThat(sample.before()).isEqualTo("old");
        });
        assertThat(report.reasons()).extracting(Reason::gate).contains("footprint.not_exercised");
        assertThat(report.footprint())
                .filteredOn(item -> !item.isExercised())
                .singleElement()
                .satisfies(item -> assertThat(item.lacking())
                        .isEqualTo("no compared statement reads public.pgbench_accounts.bid"));
    }

    @Test
    void storedValuesAndTheAnswersThatShowThemAreOneCluster() {
        Runs run = many(
                withControl()
                        .whole(table("public.pgbench_accounts", 1000).cells("abalance", "VALUE_NUMERIC", "+1", 10)),
                100);
        for (int i = 100; i < 120; i++) {
            run.add(three(i, 1, 1, 2));
        }
        Report report = run.report();
        assertThat(report.unexpectedBlockers())
                .extracting(DifferenceGroup::type)
                .containsExactly(DifferenceClass.STATE_CELL, DifferenceClass.VALUE_NUMERIC);
        assertThat(report.unexpectedBlockers())
                .extracting(DifferenceGroup::cluster)
                .containsOnly(report.groups().get(0).cluster());
    }

    @Test
    void whatTheTrafficLeavesDifferentIsFound() {
        Report report = many(
                        withControl()
                                .wholeAfter(
                                        table("public.pgbench_accounts", 1000).rows(1, 0)),
                        100)
                .report();
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(report.groups().get(0).type()).isEqualTo(DifferenceClass.STATE_ROW_MISSING);
        assertThat(report.groups().get(0).share()).isEqualTo(0.001);
    }

    @Test
    void noiseInATableThatTheMigrationDidNotTouchMayHideWhatATriggerCarriedThere() {
        ByteBuf inserted = answer().done("INSERT 0 1").ready();
        Catalog production = withHistory(PRODUCTION_TABLE).build();
        Catalog copy = withHistory(COPY_TABLE).build();
        Catalog migrated =
                withHistory(COPY_TABLE).index("by_bid", "pgbench_accounts").build();
        TableState history = new TableState("public.pgbench_history", 50, "1", "");
        Runs run = many(
                Runs.of(production)
                        .arm(Arm.CONTROL, copy, ACCOUNTS, history)
                        .arm(Arm.CANDIDATE, migrated, ACCOUNTS, history)
                        .whole(
                                table("public.pgbench_accounts", 1000),
                                table("public.pgbench_history", 50).multiset()),
                100);
        run.add(exchange(query("INSERT INTO pgbench_history VALUES (1, now())"), inserted)
                .id(1, 100)
                .control(inserted)
                .candidate(inserted)
                .build());
        assertThat(run.report().verdict()).isEqualTo(Verdict.GO);

        run.wholeAfter(
                table("public.pgbench_accounts", 1000),
                table("public.pgbench_history", 51).multiset().rows(1, 1));
        Report report = run.report();

        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons().get(0).text()).contains("public.pgbench_history after the replay");
    }

    private static Catalogs withHistory(int table) {
        return Catalogs.catalog(table)
                .table("pgbench_accounts", "*aid int4", "bid int4", "abalance int4")
                .table("pgbench_history", "delta int4", "mtime timestamp");
    }

    @Test
    void whatWasDeclaredIsNoFinding() {
        Runs run = many(
                withControl()
                        .whole(table("public.pgbench_accounts", 1000).cells("abalance", "VALUE_NUMERIC", "+1", 10)),
                100);
        Report report = run.report((object, type) -> object.equals("public.pgbench_accounts.abalance"));
        assertThat(report.footprint()).filteredOn(FootprintItem::declared).hasSize(1);
        assertThat(report.unexpectedBlockers()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
    }
}
