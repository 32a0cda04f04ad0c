package dev.understudy.diff.tally;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static dev.understudy.diff.kit.Steps.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.group.Sample;
import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.diff.kit.Runs;
import dev.understudy.diff.report.ErrorCount;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunStart;
import dev.understudy.trace.run.TaintReason;
import dev.understudy.trace.run.ViewOrigins;
import dev.understudy.trace.run.ViewOrigins.ViewColumn;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeFoldTest {
    private static final int T = 16_400;
    private static final Catalog CATALOG =
            Catalogs.catalog(T).table(T, "t", "*id int4", "v int4", "w int4").build();
    private static final String SQL = "SELECT v, w FROM t WHERE id = 1";
    private static final String FORM = "select v, w from t where id = ?";

    private static RunStart start(Arm... arms) {
        Runs run = Runs.of(CATALOG);
        for (Arm arm : arms) {
            run.arm(arm, CATALOG);
        }
        return run.start();
    }

    private static RunTally fold(boolean withControl, Outcome... outcomes) {
        PartitionTally tally = new PartitionTally();
        OutcomeFold fold = OutcomeFold.of(start(Arm.CONTROL, Arm.CANDIDATE), withControl);
        for (Outcome outcome : outcomes) {
            fold.add(outcome, tally);
        }
        return RunTally.of(Bounds.DEFAULT, List.of(tally));
    }

    private static ByteBuf row(int v, int w) {
        return answer().columns(column("v", 23, T, 2), column("w", 23, T, 3))
                .row(Integer.toString(v), Integer.toString(w))
                .done("SELECT 1")
                .ready();
    }

    private static Exchanges asked(ByteBuf recorded) {
        return exchange(query(SQL), recorded);
    }

    @ParameterizedTest
    @EnumSource(
            value = Arm.class,
            names = {"CONTROL", "CANDIDATE"})
    void anArmThatTheRunLacksIsRefused(Arm lacking) {
        RunStart start = start(lacking == Arm.CONTROL ? Arm.CANDIDATE : Arm.CONTROL);
        assertThatThrownBy(() -> OutcomeFold.of(start, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arm=" + lacking);
    }

    @Test
    void aControlThatNobodyAskedForIsNotNeeded() {
        PartitionTally tally = new PartitionTally();
        OutcomeFold.of(start(Arm.CANDIDATE), false)
                .add(asked(row(1, 1)).candidate(row(2, 1)).build(), tally);
        assertThat(RunTally.of(Bounds.DEFAULT, List.of(tally)).differenceGroups())
                .extracting(DifferenceGroup::attribution)
                .containsExactly(Attribution.MIGRATION_WITHOUT_CONTROL);
    }

    @Test
    void aDifferenceIsCountedWithItsStatementAndSample() {
        Outcome outcome =
                asked(row(1, 1)).control(row(1, 1)).candidate(row(3, 1)).build();
        assertThat(fold(true, outcome).differenceGroups()).singleElement().satisfies(group -> {
            assertThat(group.type()).isEqualTo(DifferenceClass.VALUE_NUMERIC);
            assertThat(group.severity()).isEqualTo(Severity.BLOCKER);
            assertThat(group.fingerprint()).isEqualTo(fingerprint(SQL));
            assertThat(group.sql()).isEqualTo(FORM);
            assertThat(group.path()).isEqualTo("v");
            assertThat(group.transition()).isEqualTo("+1…");
            assertThat(group.origin()).isEqualTo("public.t.v");
            assertThat(group.attribution()).isEqualTo(Attribution.MIGRATION);
            assertThat(group.count()).isEqualTo(1);
            assertThat(group.compared()).isEqualTo(1);
            assertThat(group.samples()).containsExactly(new Sample(outcome.id().toString(), "1", "1", "3"));
        });
    }

    @Test
    void samplesAreTheFirstRowsWhicheverSideHasThem() {
        int rows = 6;
        Answers left = answer().columns(column("v", 23, T, 2));
        Answers right = answer().columns(column("v", 23, T, 2));
        for (int i = rows - 1; i >= 0; i--) {
            left.row(Integer.toString(10 + i));
            right.row(Integer.toString(20 + i));
        }
        Outcome outcome = exchange(
                        query("SELECT v FROM t ORDER BY id"),
                        left.done("SELECT " + rows).ready())
                .candidate(right.done("SELECT " + rows).ready())
                .build();
        assertThat(fold(false, outcome).differenceGroups())
                .flatExtracting(DifferenceGroup::samples)
                .extracting(Sample::before)
                .containsExactly("15", "14", "13");
    }

    // Views

    private static final int COPY = 26_400;

    private static Catalog withView(int base) {
        return Catalogs.catalog(base)
                .table(base, "t", "*id int4", "v int4")
                .view(base + 1, "shown", "SELECT v AS w FROM t", "w int4")
                .build();
    }

    private static ViewOrigins views(Arm arm) {
        return new ViewOrigins("r1", arm, List.of(new ViewColumn(COPY + 1, 1, COPY, 2)));
    }

    private static ByteBuf viewed(int base, int value) {
        return answer().columns(column("w", 23, base + 1, 1))
                .row(Integer.toString(value))
                .done("SELECT 1")
                .ready();
    }

    private static String origin(@Nullable Catalog recorded, boolean withControl, ViewOrigins... told) {
        RunStart start = Runs.of(recorded)
                .arm(Arm.CONTROL, withView(COPY))
                .arm(Arm.CANDIDATE, withView(COPY))
                .start();
        PartitionTally tally = new PartitionTally();
        OutcomeFold.of(start, List.of(told), withControl)
                .add(
                        exchange(query("SELECT w FROM shown"), viewed(T, 1))
                                .control(viewed(COPY, 1))
                                .candidate(viewed(COPY, 2))
                                .build(),
                        tally);
        return RunTally.of(Bounds.DEFAULT, List.of(tally))
                .differenceGroups()
                .get(0)
                .origin();
    }

    @Test
    void aViewsColumnIsTheTablesWhereBothSidesToldSo() {
        assertThat(origin(withView(T), true, views(Arm.CONTROL), views(Arm.CANDIDATE)))
                .isEqualTo("public.t.v");
        assertThat(origin(null, true, views(Arm.CANDIDATE), views(Arm.CONTROL))).isEqualTo("public.t.v");
        assertThat(origin(withView(T), true)).isEqualTo("public.shown.w");
        assertThat(origin(withView(T), true, views(Arm.CANDIDATE))).isNotEqualTo("public.t.v");
        assertThat(origin(withView(T), true, views(Arm.CONTROL))).isNotEqualTo("public.t.v");
    }

    @Test
    void withoutAControlTheCandidateTellsOfProductionsViewsToo() {
        assertThat(origin(withView(T), false, views(Arm.CANDIDATE))).isEqualTo("public.t.v");
        assertThat(origin(withView(T), false, views(Arm.CONTROL))).isNotEqualTo("public.t.v");
    }

    @Test
    void withoutTheTracesCatalogTheBaselinesNamesWhatIsTouched() {
        for (boolean withControl : new boolean[] {true, false}) {
            PartitionTally tally = new PartitionTally();
            RunStart start = Runs.of(null)
                    .arm(Arm.CONTROL, withView(COPY))
                    .arm(Arm.CANDIDATE, CATALOG)
                    .start();
            OutcomeFold.of(start, withControl)
                    .add(
                            exchange(
                                            query("UPDATE shown SET w = 1"),
                                            answer().done("UPDATE 1").ready())
                                    .ended(Disposition.RACED, "overlap")
                                    .build(),
                            tally);
            assertThat(tally.coverage().tables().touched()).isEqualTo(withControl ? Set.of("public.shown") : Set.of());
        }
    }

    // What was not compared

    @ParameterizedTest
    @CsvSource({
        "truncated, RUN_RESULT_TOO_LARGE",
        "outcome-too-large, RUN_RESULT_TOO_LARGE",
        "wait-limit, RUN_COVERAGE",
        "connection-lost, RUN_COVERAGE"
    })
    void whatIsNotComparableIsCountedByItsReason(String reason, DifferenceClass type) {
        Outcome outcome =
                asked(row(1, 1)).ended(Disposition.NOT_COMPARABLE, reason).build();
        RunTally tally = fold(true, outcome);
        assertThat(tally.differenceGroups()).singleElement().satisfies(group -> {
            assertThat(group.type()).isEqualTo(type);
            assertThat(group.disposition()).isEqualTo(GroupDisposition.UNCOVERED);
            assertThat(group.attribution()).isEqualTo(Attribution.UNKNOWN);
            assertThat(group.fingerprint()).isEqualTo(fingerprint(SQL));
            assertThat(group.sql()).isEqualTo(FORM);
            assertThat(group.path()).isEqualTo("answer");
            assertThat(group.transition()).isEqualTo(reason);
            assertThat(group.samples()).containsExactly(new Sample(outcome.id().toString(), "", "", ""));
        });
        assertThat(tally.coverage().count(Disposition.NOT_COMPARABLE)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Disposition.class,
            names = {"FILTERED", "RACED", "FORCED", "GAP", "PENDING", "TAINTED"})
    void whatHasAnotherReasonIsOnlyCounted(Disposition disposition) {
        RunTally tally =
                fold(true, asked(row(1, 1)).ended(disposition, "truncated").build());
        assertThat(tally.differenceGroups()).isEmpty();
        assertThat(tally.coverage().count(disposition)).isEqualTo(1);
        assertThat(tally.coverage().columns().counts(T, 2)).isEqualTo(new ColumnCounts(1, 0, 0, 0));
    }

    /** Production had no answer that anything could be held against. */
    @Test
    void whatProductionRefusedIsNoLackOfCoverage() {
        ByteBuf refused = answer().error("40001", "could not serialize access").ready('E');
        Coverage coverage = fold(
                        true, asked(refused).ended(Disposition.FORCED, "40001").build())
                .coverage();

        assertThat(coverage.count(Disposition.FORCED)).isEqualTo(1);
        assertThat(coverage.carryingData()).isZero();
        assertThat(coverage.tables().lowest()).isNull();
        assertThat(coverage.columns().counts(T, 2)).isEqualTo(new ColumnCounts(0, 0, 0, 0));
        assertThat(coverage.statements().all()).isEmpty();
    }

    @Test
    void whatHadAnsweredBeforeItWasRefusedIs() {
        ByteBuf cancelled = answer().columns(column("v", 23, T, 2), column("w", 23, T, 3))
                .row("1", "1")
                .error("57014", "canceling statement")
                .ready();
        for (Outcome outcome : List.of(
                asked(cancelled).ended(Disposition.FORCED, "57014").build(),
                asked(answer().done("INSERT 0 1")
                                .error("40001", "at the commit")
                                .ready())
                        .ended(Disposition.FORCED, "40001")
                        .build(),
                asked(answer().error("40001", "could not serialize access").ready())
                        .ended(Disposition.TAINTED, "")
                        .build(),
                asked(Unpooled.EMPTY_BUFFER).ended(Disposition.FORCED, "40001").build())) {
            assertThat(fold(true, outcome).coverage().carryingData())
                    .as("%s", outcome)
                    .isEqualTo(1);
        }
    }

    @Test
    void whatNoStatementIsKnownOfIsStillCounted() {
        Outcome outcome = exchange(Unpooled.EMPTY_BUFFER, Unpooled.EMPTY_BUFFER)
                .ended(Disposition.NOT_COMPARABLE, "wait-limit")
                .build();
        assertThat(fold(true, outcome).differenceGroups()).singleElement().satisfies(group -> {
            assertThat(group.transition()).isEqualTo("wait-limit");
            assertThat(group.sql()).isEmpty();
        });
    }

    @Test
    void whatTheDifferCannotReadIsNotComparable() {
        RunTally tally = fold(true, asked(row(1, 1)).control(row(1, 1)).build());
        assertThat(tally.coverage().count(Disposition.NOT_COMPARABLE)).isEqualTo(1);
        assertThat(tally.coverage().count(Disposition.COMPARED)).isZero();
        assertThat(tally.differenceGroups()).singleElement().satisfies(group -> {
            assertThat(group.type()).isEqualTo(DifferenceClass.RUN_COVERAGE);
            assertThat(group.transition()).isEqualTo("no answer of an arm");
            assertThat(group.origin()).isEqualTo("no answer of an arm");
            assertThat(group.sql()).isEqualTo(FORM);
        });
    }

    @Test
    void whatDiffersIsCountedAlsoWhereTheRestCouldNotBeRead() {
        ByteBuf more = Unpooled.copiedBuffer(row(2, 1), Unpooled.wrappedBuffer(new byte[] {'D', 0, 0, 0, 4}));
        assertThat(fold(false, asked(row(1, 1)).candidate(more).build()).differenceGroups())
                .extracting(DifferenceGroup::type)
                .contains(DifferenceClass.RUN_COVERAGE);
    }

    // Connections that end

    private static DifferenceGroup lost(boolean withControl, Exchanges exchange) {
        Outcome outcome =
                exchange.ended(Disposition.NOT_COMPARABLE, "connection-lost").build();
        return fold(withControl, outcome).differenceGroups().get(0);
    }

    @ParameterizedTest
    @CsvSource({"true, MIGRATION", "false, MIGRATION_WITHOUT_CONTROL"})
    void aConnectionThatEndsOnTheCandidateAloneIsANewError(boolean withControl, Attribution attribution) {
        DifferenceGroup group = lost(
                withControl, asked(row(1, 1)).control(row(1, 1)).arm(Arm.CANDIDATE, Unpooled.EMPTY_BUFFER, 0, true));
        assertThat(group.type()).isEqualTo(DifferenceClass.ERROR_NEW);
        assertThat(group.severity()).isEqualTo(Severity.BLOCKER);
        assertThat(group.attribution()).isEqualTo(attribution);
        assertThat(group.fingerprint()).isEqualTo(fingerprint(SQL));
        assertThat(group.sql()).isEqualTo(FORM);
        assertThat(group.path()).isEqualTo("connection");
        assertThat(group.origin()).isEqualTo("connection");
        assertThat(group.samples()).singleElement().satisfies(sample -> {
            assertThat(sample.before()).isEqualTo("success");
            assertThat(sample.after()).isEqualTo("the connection ended before the answer's end");
        });
    }

    @Test
    void aConnectionThatEndsElsewhereTooIsNobodysFault() {
        ByteBuf nothing = Unpooled.EMPTY_BUFFER;
        assertThat(List.of(
                        lost(
                                true,
                                asked(row(1, 1))
                                        .arm(Arm.CONTROL, nothing, 0, true)
                                        .candidate(row(1, 1))),
                        lost(
                                true,
                                asked(row(1, 1))
                                        .arm(Arm.CONTROL, nothing, 0, true)
                                        .arm(Arm.CANDIDATE, nothing, 0, true)),
                        lost(
                                true,
                                asked(row(1, 1))
                                        .flagged(ExchangeFlag.BROKEN_OFF)
                                        .control(row(1, 1))
                                        .arm(Arm.CANDIDATE, nothing, 0, true))))
                .extracting(DifferenceGroup::type)
                .containsOnly(DifferenceClass.RUN_COVERAGE);
    }

    @Test
    void anotherReasonIsNoLostConnection() {
        Outcome outcome = asked(row(1, 1))
                .control(row(1, 1))
                .arm(Arm.CANDIDATE, Unpooled.EMPTY_BUFFER, 0, true)
                .ended(Disposition.NOT_COMPARABLE, "wait-limit")
                .build();
        assertThat(fold(true, outcome).differenceGroups())
                .extracting(DifferenceGroup::type)
                .containsExactly(DifferenceClass.RUN_COVERAGE);
    }

    // Failures and what depends on them

    @Test
    void whatDependsOnAFailureIsCountedInItsGroup() {
        ByteBuf done = answer().done("DELETE 1").ready();
        Outcome root = exchange(query("DELETE FROM t"), done)
                .control(done)
                .candidate(answer().error("42501", "permission denied").ready())
                .build();
        Outcome lost = asked(row(1, 1))
                .id(2, 0)
                .control(row(1, 1))
                .arm(Arm.CANDIDATE, Unpooled.EMPTY_BUFFER, 0, true)
                .ended(Disposition.NOT_COMPARABLE, "connection-lost")
                .build();
        RunTally tally = fold(
                true,
                root,
                lost,
                tainted(1, new TaintReason("failed-write", root.id()).text()),
                tainted(2, new TaintReason("failed-write", root.id()).text()),
                tainted(3, new TaintReason("failed-write", lost.id()).text()),
                tainted(4, "nobody knows why"));
        assertThat(tally.differenceGroups())
                .extracting(DifferenceGroup::path, DifferenceGroup::dependants)
                .containsExactlyInAnyOrder(tuple("statement", 2L), tuple("connection", 1L));
        assertThat(tally.coverage().count(Disposition.TAINTED)).isEqualTo(4);
    }

    private static Outcome tainted(int ordinal, String reason) {
        return asked(row(1, 1))
                .id(1, ordinal)
                .ended(Disposition.TAINTED, reason)
                .build();
    }

    @Test
    void aWrongValueHasNoDependants() {
        Outcome root = asked(row(1, 1)).control(row(1, 1)).candidate(row(2, 1)).build();
        RunTally tally = fold(true, root, tainted(1, new TaintReason("failed-write", root.id()).text()));
        assertThat(tally.differenceGroups())
                .extracting(DifferenceGroup::dependants)
                .containsExactly(0L);
    }

    @Test
    void errorsAreThoseOfTheBaselineAndOfTheCandidate() {
        ByteBuf duplicate = answer().error("23505", "duplicate key").ready();
        ByteBuf missing = answer().error("42P01", "no such table").ready();
        Outcome outcome = asked(row(1, 1)).control(duplicate).candidate(missing).build();
        assertThat(fold(true, outcome).errors())
                .containsExactly(new ErrorCount("23505", 1, 0), new ErrorCount("42P01", 0, 1));
        assertThat(fold(false, outcome).errors()).containsExactly(new ErrorCount("42P01", 0, 1));
    }

    // Environment

    @Test
    void anExchangeIsCountedOnceHoweverMuchOfItTheEnvironmentChanged() {
        RunTally tally = fold(
                true,
                asked(row(1, 1)).control(row(2, 2)).candidate(row(2, 2)).build(),
                asked(row(1, 1))
                        .id(1, 1)
                        .control(row(1, 1))
                        .candidate(row(2, 2))
                        .build(),
                asked(row(1, 1))
                        .id(1, 2)
                        .control(row(1, 1))
                        .candidate(row(1, 1))
                        .build());
        assertThat(tally.environmentExchanges()).isEqualTo(1);
        assertThat(tally.differenceGroups())
                .filteredOn(group -> group.attribution() == Attribution.ENVIRONMENT)
                .hasSize(2);
    }

    // Timelines

    private static final long PRODUCTION = Exchanges.PRODUCTION + Exchanges.TOOK / 2;
    private static final long CONTROL = Exchanges.REPLAY + Exchanges.TOOK / 2;
    /** Longer than clocks may differ by. */
    private static final long TOO_LATE = 200_000;

    @ParameterizedTest
    @ValueSource(strings = {"COMPARED", "NOT_COMPARABLE", "RACED"})
    void exchangesRanOnTheBaselineAndOnTheCandidateWhateverBecameOfThem(Disposition disposition) {
        Outcome outcome = asked(row(1, 1))
                .control(row(1, 1))
                .candidate(row(1, 1))
                .ended(disposition, "any")
                .build();
        RunTally withControl = fold(true, outcome);
        assertThat(withControl.baselineToCandidate().explains(CONTROL, CONTROL)).isTrue();
        assertThat(withControl.baselineToCandidate().explains(PRODUCTION, CONTROL))
                .isFalse();
        RunTally without = fold(false, outcome);
        assertThat(without.baselineToCandidate().explains(PRODUCTION, CONTROL)).isTrue();
        assertThat(without.baselineToCandidate().explains(CONTROL, CONTROL)).isFalse();
    }

    @Test
    void anExchangeLastsAsLongAsItsAnswerTook() {
        RunTally tally = fold(
                true, asked(row(1, 1)).control(row(1, 1)).candidate(row(1, 1)).build());
        long sent = Exchanges.REPLAY;
        assertThat(tally.baselineToCandidate().explains(sent + Exchanges.TOOK + TOO_LATE, sent))
                .isFalse();
        assertThat(tally.baselineToCandidate().explains(sent + Exchanges.TOOK + 50_001, sent))
                .isTrue();
        assertThat(tally.baselineToCandidate().explains(sent - TOO_LATE, sent)).isFalse();
    }

    @Test
    void whatTookLongMayHaveStoredTheTimeOfItsEnd() {
        RunTally tally = fold(
                true,
                asked(row(1, 1))
                        .taking(900_000)
                        .control(row(1, 1))
                        .candidate(row(1, 1))
                        .build());
        assertThat(tally.baselineToCandidate().explains(Exchanges.REPLAY + 850_001, Exchanges.REPLAY + 850_001))
                .isTrue();
        assertThat(tally.baselineToCandidate().explains(Exchanges.REPLAY - 850_001, Exchanges.REPLAY))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, CLOCK", "3600, ENVIRONMENT"})
    void aStoredTimeOfBothArmsIsAClockWhereAnExchangeRanThenInProductionAndOnTheControl(
            int shiftSeconds, Attribution attribution) {
        Outcome wrote = asked(row(1, 1)).control(row(1, 1)).candidate(row(1, 1)).build();
        ByteBuf onArms = stored(CONTROL + shiftSeconds * 1_000_000L);
        Outcome read = exchange(query("SELECT at FROM log"), stored(PRODUCTION))
                .id(1, 100)
                .control(onArms)
                .candidate(onArms)
                .build();
        assertThat(fold(true, wrote, read).differenceGroups())
                .extracting(DifferenceGroup::attribution)
                .containsExactly(attribution);
    }

    private static ByteBuf stored(long micros) {
        String at = Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .toString()
                .replace("Z", "+00")
                .replace('T', ' ');
        return answer().columns(column("at", 1184)).row(at).done("SELECT 1").ready();
    }

    @Test
    void whatWasNotSentOnAnArmRanNowhere() {
        RunTally tally = fold(true, asked(row(1, 1)).candidate(row(1, 1)).build());
        assertThat(tally.baselineToCandidate().explains(CONTROL, CONTROL)).isFalse();
        assertThat(tally.baselineToCandidate().explains(PRODUCTION, CONTROL)).isFalse();
    }
}
