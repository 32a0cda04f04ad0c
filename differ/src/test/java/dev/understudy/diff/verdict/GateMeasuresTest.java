package dev.understudy.diff.verdict;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Findings.finding;
import static dev.understudy.diff.kit.Observations.observed;
import static dev.understudy.diff.kit.Requests.query;
import static dev.understudy.diff.kit.Steps.fingerprint;
import static dev.understudy.diff.kit.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.BlindPath;
import dev.understudy.diff.attribute.OddCounts;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Runs;
import dev.understudy.diff.parity.Declarations;
import dev.understudy.diff.parity.Finding;
import dev.understudy.diff.parity.Footprint;
import dev.understudy.diff.parity.Parity;
import dev.understudy.diff.parity.ParityFailure;
import dev.understudy.diff.parity.ParityName;
import dev.understudy.diff.report.Ledger;
import dev.understudy.diff.tally.OutcomeGaps;
import dev.understudy.diff.tally.RunTally;
import dev.understudy.expect.gate.Measurements;
import dev.understudy.expect.gate.Metric;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunFacts;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The migration adds an index to public.t, and nothing to public.log and public.t2. */
class GateMeasuresTest {
    private static final Catalog OLD = catalog().build();
    private static final Catalog NEW = catalog().index("by_v", "t").build();
    private static final ByteBuf DONE = answer().done("UPDATE 1").ready();
    private static final String OF_T = "UPDATE t SET v = 1";
    private static final String OF_LOG = "UPDATE log SET note = 'x'";

    private final Runs run = Runs.of(OLD).arm(Arm.CONTROL, OLD).arm(Arm.CANDIDATE, NEW);
    private final List<DifferenceGroup> groups = new ArrayList<>();
    private final List<Finding> beyond = new ArrayList<>();
    private final List<BlindPath> blind = new ArrayList<>();
    private Parity parity = parity();
    private Ledger ledger = new Ledger(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    GateMeasuresTest() {
        run.whole(table("public.t", 10), table("public.log", 5), table("public.t2", 1));
    }

    private static Catalogs catalog() {
        return Catalogs.catalog(500)
                .table("t", "*id int4", "v int4")
                .table("log", "*id int4", "note text")
                .table("t2", "*id int4", "v int4");
    }

    private static Parity parity(ParityFailure... failures) {
        return new Parity("control", "candidate", "equal", true, List.of(failures), List.of());
    }

    private static Outcome ran(int ordinal, String sql, Disposition disposition) {
        return exchange(query(sql), DONE)
                .id(1, ordinal)
                .control(DONE)
                .candidate(DONE)
                .ended(disposition, disposition == Disposition.COMPARED ? "" : "overlap")
                .build();
    }

    private Measurements withControl() {
        return measure(run.facts(), OutcomeGaps.NONE, NEW);
    }

    private Measurements measure(RunFacts facts, OutcomeGaps gaps, Catalog migrated) {
        RunTally tally = run.tally(true);
        Exercise exercise = Exercise.of(OLD, tally.coverage().statements().all(), any -> true);
        Footprint footprint = Footprint.of(
                facts.start().arms().get(0),
                Runs.of(OLD).arm(Arm.CANDIDATE, migrated).start().arms().get(0),
                facts.before(),
                facts.after(),
                exercise,
                Declarations.NONE);
        return new GateMeasures(facts, tally, exercise, parity, footprint).measure(groups, beyond, blind, ledger, gaps);
    }

    private Measurements withoutControl() {
        RunTally tally = run.tally(false);
        Exercise exercise = Exercise.of(OLD, tally.coverage().statements().all(), any -> true);
        return new GateMeasures(run.facts(), tally, exercise, parity, null)
                .measure(groups, beyond, blind, ledger, OutcomeGaps.NONE);
    }

    private static void assertMeasured(Measurements measured, Metric metric, double value, String detail) {
        assertThat(measured.isApplicable(metric)).as(metric.label()).isTrue();
        assertThat(measured.value(metric)).as(metric.label()).hasValue(value);
        assertThat(measured.detail(metric)).as(metric.label()).isEqualTo(detail);
    }

    // Blockers and parity

    private static DifferenceGroup group(Attribution attribution, GroupDisposition disposition, Severity severity) {
        return observed().by(attribution).severity(severity).group("g_1", "c_1", disposition, 0);
    }

    @Test
    void onlyUnexpectedBlockersOfTheMigrationCount() {
        groups.add(group(Attribution.MIGRATION, GroupDisposition.UNEXPECTED, Severity.MAJOR));
        groups.add(group(Attribution.UNEXPLAINED, GroupDisposition.UNEXPECTED, Severity.BLOCKER));
        groups.add(group(Attribution.MIGRATION, GroupDisposition.ATTRIBUTED, Severity.BLOCKER));
        assertMeasured(withControl(), Metric.UNEXPECTED_BLOCKERS, 0, "");
        groups.add(group(Attribution.MIGRATION, GroupDisposition.UNEXPECTED, Severity.BLOCKER));
        assertMeasured(withControl(), Metric.UNEXPECTED_BLOCKERS, 1, "VALUE_NUMERIC in v (+1)");
        groups.add(group(Attribution.MIGRATION_WITHOUT_CONTROL, GroupDisposition.UNEXPECTED, Severity.BLOCKER));
        assertMeasured(withControl(), Metric.UNEXPECTED_BLOCKERS, 2, "first VALUE_NUMERIC in v (+1)");
    }

    @Test
    void withoutParityThereAreNoBlockersButFailures() {
        groups.add(group(Attribution.MIGRATION, GroupDisposition.UNEXPECTED, Severity.BLOCKER));
        parity = parity(
                new ParityFailure(ParityName.EMPTY_COPY, "no rows"),
                new ParityFailure(ParityName.WRONG_COPY, "other rows"));
        assertThat(withControl().isApplicable(Metric.UNEXPECTED_BLOCKERS)).isFalse();
        assertMeasured(withControl(), Metric.PARITY_FAILURES, 2, "EMPTY_COPY: no rows; WRONG_COPY: other rows");
        parity = parity();
        assertMeasured(withControl(), Metric.PARITY_FAILURES, 0, "");
    }

    // Coverage

    @Test
    void sharesAreOfWhatTheLedgerCounts() {
        run.add(ran(0, OF_T, Disposition.COMPARED), ran(1, OF_T, Disposition.COMPARED));
        run.add(ran(2, OF_T, Disposition.RACED));
        ledger = new Ledger(20, 8, 5, 0, 0, 0, 3, 0, 0, 0);
        Measurements measured = withControl();
        assertMeasured(measured, Metric.COMPARED, 5, "");
        assertMeasured(measured, Metric.COMPARED_SHARE, 0.25, "");
        assertMeasured(measured, Metric.RACED_SHARE, 0.15, "");
        assertMeasured(measured, Metric.ENVIRONMENT_SHARE, 0, "");
    }

    @Test
    void withoutExchangesSharesHaveNoData() {
        Measurements measured = withControl();
        for (Metric share : new Metric[] {Metric.COMPARED_SHARE, Metric.RACED_SHARE, Metric.ENVIRONMENT_SHARE}) {
            assertThat(measured.value(share)).as(share.label()).isEmpty();
            assertThat(measured.isApplicable(share)).as(share.label()).isTrue();
        }
        assertThat(measured.isApplicable(Metric.TABLE_COMPARED_SHARE)).isFalse();
    }

    @Test
    void theTableThatWasComparedLeastIsNamed() {
        run.add(ran(0, OF_T, Disposition.COMPARED), ran(1, OF_LOG, Disposition.COMPARED));
        run.add(ran(2, OF_LOG, Disposition.TAINTED));
        assertMeasured(withControl(), Metric.TABLE_COMPARED_SHARE, 0.5, "lowest for public.log");
    }

    // With a control

    @Test
    void anItemIsExercisedWhereItsTableWasTouched() {
        assertMeasured(withControl(), Metric.FOOTPRINT_ITEMS, 1, "");
        assertMeasured(
                withControl(), Metric.FOOTPRINT_NOT_EXERCISED, 1, "no compared statement reads or writes public.t");
        run.add(ran(0, OF_T, Disposition.COMPARED));
        assertMeasured(withControl(), Metric.FOOTPRINT_NOT_EXERCISED, 0, "");
    }

    @Test
    void itemsThatLackTheSameAreCountedEachAndSaidOnce() {
        Catalog two = catalog().index("by_v", "t").index("by_id", "t").build();
        Measurements measured = measure(run.facts(), OutcomeGaps.NONE, two);
        assertMeasured(measured, Metric.FOOTPRINT_ITEMS, 2, "");
        assertMeasured(measured, Metric.FOOTPRINT_NOT_EXERCISED, 2, "no compared statement reads or writes public.t");
    }

    @Test
    void tablesThatTheTraceOrTheMigrationTouchesMustHaveBeenComparedAsWholes() {
        run.whole(
                table("public.t", 10).notCompared("too large"),
                table("public.log", 5).notCompared("too large"),
                table("public.t2", 1).notCompared("too large"));
        assertMeasured(withControl(), Metric.STATE_NOT_COMPARED, 1, "public.t (too large before the replay)");
        run.add(ran(0, OF_LOG, Disposition.COMPARED));
        assertMeasured(
                withControl(),
                Metric.STATE_NOT_COMPARED,
                2,
                "public.log (too large before the replay); public.t (too large before the replay)");
    }

    @Test
    void fiveAreNamedTheRestIsCounted() {
        for (int i = 0; i < 5; i++) {
            beyond.add(finding(DifferenceClass.STATE_CELL, "public.t.c" + i, Attribution.UNKNOWN));
        }
        assertThat(withControl().detail(Metric.BLIND_IN_FOOTPRINT)).endsWith("public.t.c4 after the replay: -1 row");
        beyond.add(finding(DifferenceClass.STATE_CELL, "public.t.c5", Attribution.UNKNOWN));
        beyond.add(finding(DifferenceClass.STATE_CELL, "public.t.c6", Attribution.UNKNOWN));
        assertThat(withControl().value(Metric.BLIND_IN_FOOTPRINT)).hasValue(7);
        assertThat(withControl().detail(Metric.BLIND_IN_FOOTPRINT))
                .contains("public.t.c4")
                .doesNotContain("public.t.c5")
                .endsWith("; and 2 more");
    }

    @Test
    void aRaceCountsWhereTheMigrationChangedSomething() {
        run.add(ran(0, OF_LOG, Disposition.RACED), ran(1, OF_T, Disposition.COMPARED));
        assertMeasured(withControl(), Metric.RACED_IN_FOOTPRINT, 0, "");
        run.add(ran(2, OF_T, Disposition.RACED), ran(3, OF_T, Disposition.RACED));
        run.add(ran(4, "UPDATE t SET v = (SELECT max(id) FROM log)", Disposition.RACED));
        assertMeasured(withControl(), Metric.RACED_IN_FOOTPRINT, 3, "public.t");
    }

    private static BlindPath path(String sql, String origin) {
        return new BlindPath(new OddCounts(fingerprint(sql), "v", origin, 0, 0, 0, 1), 10);
    }

    @Test
    void noiseCountsWhereTheMigrationChangedSomething() {
        run.add(ran(0, OF_LOG, Disposition.COMPARED), ran(1, OF_T, Disposition.COMPARED));
        blind.add(path(OF_LOG, "public.log.note"));
        assertMeasured(withControl(), Metric.BLIND_IN_FOOTPRINT, 0, "");
        blind.add(path(OF_T, ""));
        assertMeasured(withControl(), Metric.BLIND_IN_FOOTPRINT, 1, "v of " + fingerprint(OF_T));
        blind.add(path(OF_T, "public.t.v"));
        assertMeasured(withControl(), Metric.BLIND_IN_FOOTPRINT, 2, "public.t.v; v of " + fingerprint(OF_T));
    }

    @ParameterizedTest
    @CsvSource({
        "STATE_ROW_MISSING, public.t, UNKNOWN, 1",
        "STATE_CELL, public.t.v, UNKNOWN, 1",
        "STATE_ROW_MISSING, public.log, UNKNOWN, 1",
        "STATE_CELL, public.log.note, UNKNOWN, 1",
        "STATE_CELL, public.t.v, MIGRATION, 0",
        "STATE_CELL, public.t.v, CLOCK, 0"
    })
    void whatWasNotDecidedAfterTheReplayIsBlindInAnyTable(
            DifferenceClass type, String object, Attribution attribution, long count) {
        beyond.add(finding(type, object, attribution));
        assertMeasured(
                withControl(),
                Metric.BLIND_IN_FOOTPRINT,
                count,
                count == 0 ? "" : object + " after the replay: -1 row");
    }

    @ParameterizedTest
    @EnumSource(
            value = Disposition.class,
            names = {"RACED", "NOT_COMPARABLE"})
    void exceptWhereOtherTablesWritersRacedOrHadNoAnswers(Disposition disposition) {
        run.add(ran(0, OF_LOG, disposition), ran(1, OF_T, disposition));
        beyond.add(finding(DifferenceClass.STATE_CELL, "public.log.note", Attribution.UNKNOWN));
        assertMeasured(withControl(), Metric.BLIND_IN_FOOTPRINT, 0, "");
        beyond.add(finding(DifferenceClass.STATE_CELL, "public.t.v", Attribution.UNKNOWN));
        assertMeasured(withControl(), Metric.BLIND_IN_FOOTPRINT, 1, "public.t.v after the replay: -1 row");
    }

    @Test
    void aControlLostWhatTheTraceLostToo() {
        ledger = new Ledger(9, 9, 2, 0, 0, 0, 0, 0, 7, 0);
        assertThat(withControl().isApplicable(Metric.LOST_EXCHANGES)).isFalse();
    }

    @Test
    void exchangesThatTheEnvironmentChangedAreOfThoseCompared() {
        ledger = new Ledger(9, 9, 4, 0, 0, 0, 0, 0, 0, 0);
        ByteBuf three = answer().done("UPDATE 3").ready();
        run.add(exchange(query(OF_T), DONE).control(three).candidate(three).build());
        assertMeasured(withControl(), Metric.ENVIRONMENT_SHARE, 0.25, "");
    }

    // Without one

    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            names = {
                "FOOTPRINT_ITEMS",
                "FOOTPRINT_NOT_EXERCISED",
                "RACED_IN_FOOTPRINT",
                "BLIND_IN_FOOTPRINT",
                "ENVIRONMENT_SHARE"
            })
    void whatOnlyAControlShowsHasNoMeaningWithoutIt(Metric metric) {
        assertThat(withoutControl().isApplicable(metric)).isFalse();
        assertThat(withControl().isApplicable(metric)).isTrue();
    }

    @Test
    void withoutAControlNoTableWasComparedAsAWhole() {
        String why = "whole tables were not compared: no control arm";
        assertMeasured(withoutControl(), Metric.STATE_NOT_COMPARED, 1, why);
        run.add(ran(0, OF_T, Disposition.COMPARED), ran(1, OF_LOG, Disposition.COMPARED));
        assertMeasured(withoutControl(), Metric.STATE_NOT_COMPARED, 2, why);
    }

    @Test
    void whatTheTraceLostIsCountedAndSaid() {
        run.warning("lost-exchanges", "7 were lost")
                .warning("skipped-copy", "3 were skipped")
                .warning("opaque", "1 was opaque")
                .warning("max-connections", "too many");
        assertMeasured(withoutControl(), Metric.LOST_EXCHANGES, 0, "7 were lost; 1 was opaque; 3 were skipped");
        ledger = new Ledger(9, 9, 2, 0, 0, 0, 0, 0, 7, 0);
        assertThat(withoutControl().value(Metric.LOST_EXCHANGES)).hasValue(7);
    }

    @Test
    void aMissingChunkHeldAtLeastOneExchange() {
        run.warning("missing-chunks", "2 chunks are missing");
        assertMeasured(withoutControl(), Metric.LOST_EXCHANGES, 1, "2 chunks are missing");
        ledger = new Ledger(9, 9, 2, 0, 0, 0, 0, 0, 7, 0);
        assertMeasured(withoutControl(), Metric.LOST_EXCHANGES, 7, "2 chunks are missing");
    }

    // The run itself

    @Test
    void theClassesMustAddUp() {
        run.add(ran(0, OF_T, Disposition.COMPARED));
        ledger = new Ledger(1, 1, 1, 0, 0, 0, 0, 0, 0, 0);
        assertMeasured(withControl(), Metric.LEDGER_DIFFERENCE, 0, "");
        ledger = new Ledger(4, 1, 1, 0, 0, 0, 0, 0, 0, 0);
        assertMeasured(withControl(), Metric.LEDGER_DIFFERENCE, 3, "");
        assertMeasured(measure(RunFacts.of(run.start(), null), OutcomeGaps.NONE, NEW), Metric.LEDGER_DIFFERENCE, 3, "");
    }

    @Test
    void noFewerAnswersAreReadThanTheRunSaysItCompared() {
        run.add(ran(0, OF_T, Disposition.COMPARED), ran(1, OF_T, Disposition.NOT_COMPARABLE));
        run.add(ran(2, OF_T, Disposition.TAINTED), ran(3, OF_T, Disposition.RACED));
        ledger = new Ledger(3, 1, 1, 1, 0, 1, 0, 0, 0, 0);
        assertMeasured(withControl(), Metric.LEDGER_DIFFERENCE, 0, "");
        ledger = new Ledger(3, 1, 0, 2, 0, 1, 0, 0, 0, 0);
        assertMeasured(withControl(), Metric.LEDGER_DIFFERENCE, 0, "");
        ledger = new Ledger(1, 1, 0, 0, 0, 1, 0, 0, 0, 0);
        assertMeasured(withControl(), Metric.LEDGER_DIFFERENCE, 2, "");
        ledger = new Ledger(7, 1, 5, 1, 0, 1, 0, 0, 0, 0);
        assertMeasured(withControl(), Metric.LEDGER_DIFFERENCE, 4, "");
    }

    @Test
    void outcomesThatWereNotReadAreCounted() {
        assertMeasured(measure(run.facts(), new OutcomeGaps(1, 2, 0), NEW), Metric.UNREAD_OUTCOMES, 3, "");
    }

    @Test
    void aRunThatDidNotReachItsEndIsPartial() {
        assertMeasured(withControl(), Metric.PARTIAL_RUN, 0, "");
        assertMeasured(
                measure(RunFacts.of(run.start(), null), OutcomeGaps.NONE, NEW), Metric.PARTIAL_RUN, 1, "it has no end");
        run.stopped();
        assertMeasured(withControl(), Metric.PARTIAL_RUN, 1, "it was stopped");
    }

    @Test
    void rolesThatWereMissingAreNamed() {
        assertMeasured(withControl(), Metric.MISSING_ROLES, 0, "");
        assertMeasured(measure(RunFacts.of(run.start(), null), OutcomeGaps.NONE, NEW), Metric.MISSING_ROLES, 0, "");
        run.warning("role-missing", "role=alice");
        assertMeasured(withControl(), Metric.MISSING_ROLES, 1, "role=alice");

        run.warning("role-escaped", "role=bob");

        assertMeasured(withControl(), Metric.MISSING_ROLES, 2, "role=alice; role=bob");
    }
}
