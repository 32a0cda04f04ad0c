package dev.understudy.diff.parity;

import static dev.understudy.diff.difference.DifferenceClass.STATE_CELL;
import static dev.understudy.diff.difference.DifferenceClass.STATE_DUPLICATE_KEY;
import static dev.understudy.diff.difference.DifferenceClass.STATE_ROW_EXTRA;
import static dev.understudy.diff.difference.DifferenceClass.STATE_ROW_MISSING;
import static dev.understudy.diff.kit.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.kit.Tables;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparison.MomentPair;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateFindingsTest {
    private static final String T = "public.orders";

    /** Nothing but the migration, and what a test says beside it. */
    private static final class Suspects implements StateFindings.Causes {
        private Predicate<String> isVolatile = column -> false;
        private String undecidedTable = "";
        private String undecidedColumn = "";
        private boolean noisy;
        private boolean madeUp;

        Suspects drawing(String column) {
            isVolatile = column::equals;
            return this;
        }

        Suspects undecided(String why) {
            undecidedTable = why;
            undecidedColumn = why;
            return this;
        }

        Suspects undecidedColumns(String why) {
            undecidedColumn = why;
            return this;
        }

        Suspects noisy() {
            noisy = true;
            return this;
        }

        Suspects madeUp() {
            madeUp = true;
            return this;
        }

        @Override
        public boolean isClock(MomentPair times) {
            return times.candidate() - times.baseline() == 5;
        }

        @Override
        public boolean isVolatile(String column) {
            return isVolatile.test(column);
        }

        @Override
        public String undecided(String table, @Nullable String column) {
            return column == null ? undecidedTable : undecidedColumn;
        }

        @Override
        public boolean isNoisy(String table) {
            return noisy;
        }

        @Override
        public boolean isMadeUp(String table) {
            return madeUp;
        }
    }

    private static List<Finding> beyond(Tables before, Tables after) {
        return beyond(before, after, new Suspects());
    }

    private static List<Finding> beyond(@Nullable Tables before, Tables after, StateFindings.Causes causes) {
        return StateFindings.beyond(
                before == null ? null : new StateComparison("r", Moment.BEFORE_REPLAY, List.of(before.build())),
                new StateComparison("r", Moment.AFTER_REPLAY, List.of(after.build())),
                causes);
    }

    @Test
    void equalTablesAreNoFinding() {
        assertThat(beyond(table(T, 10), table(T, 12))).isEmpty();
    }

    @Test
    void rowsThatOnlyOneArmHasAfterwards() {
        List<Finding> found = beyond(table(T, 10), table(T, 12).rows(2, 1).duplicated(3));
        assertThat(found)
                .extracting(Finding::type)
                .containsExactly(STATE_ROW_MISSING, STATE_ROW_EXTRA, STATE_DUPLICATE_KEY);
        assertThat(found.get(0)).satisfies(finding -> {
            assertThat(finding.table()).isEqualTo("public.orders");
            assertThat(finding.transition()).isEqualTo("-2 rows");
            assertThat(finding.count()).isEqualTo(2);
            assertThat(finding.total()).isEqualTo(12);
            assertThat(finding.attribution()).isEqualTo(Attribution.MIGRATION);
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKER);
            assertThat(finding.samples()).singleElement().satisfies(sample -> {
                assertThat(sample.before()).isEqualTo("7");
                assertThat(sample.after()).isEqualTo("absent");
            });
        });
    }

    @Test
    void rowsThatWereMissingBeforeAreTheFootprints() {
        assertThat(beyond(table(T, 10).rows(2, 0), table(T, 12).rows(3, 0))).isEmpty();
        assertThat(beyond(table(T, 10).rows(2, 0), table(T, 12).rows(3, 1)))
                .extracting(Finding::type)
                .containsExactly(STATE_ROW_EXTRA);
    }

    @Test
    void cellsThatDifferAfterwards() {
        assertThat(beyond(table(T, 10), table(T, 12).cells("total", "VALUE_NUMERIC", "+1", 4)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.type()).isEqualTo(STATE_CELL);
                    assertThat(finding.path()).isEqualTo("public.orders.total");
                    assertThat(finding.table()).isEqualTo("public.orders");
                    assertThat(finding.transition()).isEqualTo("VALUE_NUMERIC: +1");
                    assertThat(finding.count()).isEqualTo(4);
                    assertThat(finding.origin()).isEqualTo("public.orders.total");
                    assertThat(finding.samples()).hasSize(2);
                });
    }

    @Test
    void whatTheFootprintBlamesIsNotSaidAgain() {
        Tables before = table(T, 10).cells("total", "VALUE_NUMERIC", "+1", 4);
        assertThat(beyond(before, table(T, 12).cells("total", "VALUE_NUMERIC", "+1", 6)))
                .isEmpty();
        assertThat(beyond(before, table(T, 12).cells("total", "VALUE_NUMERIC", "+2", 6)))
                .isEmpty();
    }

    @Test
    void whatTheFootprintSaysOfAnotherColumnOrInAnotherWayIsNoExcuse() {
        Tables before = table(T, 10).cells("total", "VALUE_NUMERIC", "+1", 4);
        assertThat(beyond(before, table(T, 12).cells("price", "VALUE_NUMERIC", "+1", 1)))
                .extracting(Finding::path)
                .containsExactly("public.orders.price");
        assertThat(beyond(before, table(T, 12).cells("total", "VALUE_TO_NULL", "+1", 1)))
                .extracting(Finding::transition)
                .containsExactly("VALUE_TO_NULL: +1");
    }

    @Test
    void whatTheFootprintSaysOfAFormAloneIsOnlyThatForm() {
        Tables before = table(T, 10).cells("total", "VALUE_NUMERIC_SCALE", "1 → 1.0", 10);
        assertThat(beyond(before, table(T, 12).cells("total", "VALUE_NUMERIC_SCALE", "1 → 1.0", 11)))
                .isEmpty();
        assertThat(beyond(before, table(T, 12).cells("total", "VALUE_NUMERIC_SCALE", "1 → 1.00", 11)))
                .extracting(Finding::transition)
                .containsExactly("VALUE_NUMERIC_SCALE: 1 → 1.00");
    }

    @Test
    void aWorseChangeOfTheSameColumnIsSaid() {
        Tables before = table(T, 10).cells("total", "VALUE_NUMERIC_SCALE", "1.0 → 1.00", 10);
        assertThat(beyond(before, table(T, 12).cells("total", "VALUE_NUMERIC", "+2", 1)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.BLOCKER));
    }

    @Test
    void aChangeOfFormIsAsBadAsInAnAnswer() {
        assertThat(beyond(table(T, 10), table(T, 12).cells("total", "VALUE_NUMERIC_SCALE", "1.0 → 1.00", 10)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.MINOR));
    }

    @Test
    void storedTextThatWasPaddedIsNotWhatItWas() {
        assertThat(beyond(table(T, 10), table(T, 12).cells("name", "VALUE_TRAILING_SPACE", "+1 space", 1)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.BLOCKER));
    }

    @Test
    void timesOfOneExchangeAreTheClocks() {
        assertThat(beyond(
                        table(T, 10),
                        table(T, 12)
                                .cells(
                                        "at",
                                        "VALUE_TIMESTAMP_SHIFT",
                                        "later",
                                        2,
                                        new MomentPair(100, 105, true, 1),
                                        new MomentPair(200, 205, true, 1))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.attribution()).isEqualTo(Attribution.CLOCK));
    }

    @Test
    void aShiftedTimeAmongClocksIsFound() {
        List<Finding> found = beyond(
                table(T, 10),
                table(T, 12)
                        .cells(
                                "at",
                                "VALUE_TIMESTAMP_SHIFT",
                                "later",
                                2,
                                new MomentPair(100, 105, true, 1),
                                new MomentPair(200, 3_600_205, true, 1)));
        assertThat(found).extracting(Finding::attribution).containsExactly(Attribution.CLOCK, Attribution.MIGRATION);
        assertThat(found).extracting(Finding::count).containsExactly(1L, 1L);
    }

    @Test
    void timesThatStandForOthersCountAsThose() {
        assertThat(beyond(
                        table(T, 10),
                        table(T, 12)
                                .cells("at", "VALUE_TIMESTAMP_SHIFT", "later", 5, new MomentPair(100, 105, true, 5))))
                .extracting(Finding::attribution, Finding::count)
                .containsExactly(tuple(Attribution.CLOCK, 5L));
    }

    @Test
    void timesBeyondWhatWasKeptAreNotDecided() {
        List<Finding> found = beyond(
                table(T, 10),
                table(T, 12).cells("at", "VALUE_TIMESTAMP_SHIFT", "later", 5, new MomentPair(100, 105, true, 1)));
        assertThat(found).extracting(Finding::attribution).containsExactly(Attribution.CLOCK, Attribution.UNKNOWN);
        assertThat(found.get(1).count()).isEqualTo(4);
    }

    @Test
    void aVolatileDefaultExplainsItsColumnAndNoRowThatContentDoesNotPair() {
        StateFindings.Causes causes = new Suspects().drawing("public.orders.id");
        assertThat(beyond(table(T, 10), table(T, 12).rows(2, 2), causes))
                .as("rows of equal content are paired: these hold something else")
                .extracting(Finding::attribution)
                .containsOnly(Attribution.MIGRATION);
        assertThat(beyond(table(T, 10), table(T, 12).rows(2, 1), causes))
                .as("a row is lost")
                .extracting(Finding::attribution)
                .containsOnly(Attribution.MIGRATION);
        assertThat(beyond(table(T, 10), table(T, 12).cells("id", "VALUE_TEXT", "other", 2), causes))
                .extracting(Finding::attribution)
                .containsExactly(Attribution.VOLATILE);
    }

    @Test
    void aKeyThatIsAnothersIsNoWorkOfChance() {
        StateFindings.Causes causes = new Suspects().drawing("public.orders.id").noisy();
        List<Finding> found = beyond(table(T, 10), table(T, 12).rows(2, 2).duplicated(1), causes);
        assertThat(found)
                .extracting(Finding::attribution)
                .containsExactly(Attribution.UNKNOWN, Attribution.UNKNOWN, Attribution.MIGRATION);
        assertThat(found.get(0).transition())
                .isEqualTo("-2 rows (rows with a key made by chance hold what a clock or chance gave)");
        assertThat(found.get(2).samples()).isEmpty();
    }

    @Test
    void aKeyThatNobodyMadeUpNamesItsRows() {
        StateFindings.Causes noisy = new Suspects().noisy();
        assertThat(beyond(table(T, 10), table(T, 12).rows(2, 2), noisy))
                .extracting(Finding::attribution)
                .containsOnly(Attribution.MIGRATION);
    }

    @Test
    void aColumnThatIsUndecidedIsSoOnlyWhereNoTimeSaysOtherwise() {
        StateFindings.Causes causes = new Suspects().undecidedColumns("asks a clock");
        assertThat(beyond(table(T, 10), table(T, 12).cells("total", "VALUE_NUMERIC", "+1", 4), causes))
                .extracting(Finding::attribution)
                .containsExactly(Attribution.UNKNOWN);
        assertThat(beyond(
                        table(T, 10),
                        table(T, 12)
                                .cells(
                                        "at",
                                        "VALUE_TIMESTAMP_SHIFT",
                                        "later",
                                        1,
                                        new MomentPair(1, 3_600_001, true, 1)),
                        causes))
                .as("a time that no exchange could have written")
                .extracting(Finding::attribution)
                .containsExactly(Attribution.MIGRATION);
    }

    @Test
    void aTableWithoutKeyWhoseDefaultsAreMadeUpIsNotDecidedWhereItsRowsWereNotPaired() {
        StateFindings.Causes causes = new Suspects().madeUp();
        assertThat(beyond(table(T, 10).multiset(), table(T, 12).multiset().rows(2, 2), causes))
                .as("they were paired by what they hold beside it")
                .extracting(Finding::attribution)
                .containsOnly(Attribution.MIGRATION);
        Tables tooMany = table(T, 12).multiset().rows(2, 2).note("too many rows to pair");
        assertThat(beyond(table(T, 10).multiset(), tooMany, causes))
                .extracting(Finding::attribution)
                .containsOnly(Attribution.UNKNOWN);
        assertThat(beyond(table(T, 10), table(T, 12).rows(2, 2), causes))
                .as("a key names them")
                .extracting(Finding::attribution)
                .containsOnly(Attribution.MIGRATION);
    }

    @Test
    void aFindingMayComeFromElsewhere() {
        Finding finding = beyond(table(T, 10), table(T, 12).rows(1, 0)).get(0);
        assertThat(finding.from("public.customers").origin()).isEqualTo("public.customers");
        assertThat(finding.from("")).isSameAs(finding);
    }

    @Test
    void racedTablesDecideNothing() {
        StateFindings.Causes causes = new Suspects().undecided("raced");
        assertThat(beyond(table(T, 10), table(T, 12).rows(1, 0).cells("total", "VALUE_NUMERIC", "+1", 4), causes))
                .allSatisfy(finding -> {
                    assertThat(finding.attribution()).isEqualTo(Attribution.UNKNOWN);
                    assertThat(finding.transition()).endsWith("(raced)");
                });
    }

    @Test
    void rowsWithAMadeUpKeyThatHoldWhatStatementsAskedOfAClockAreNotDecided() {
        StateFindings.Causes causes = new Suspects().drawing("public.orders.id").noisy();
        assertThat(beyond(table(T, 10), table(T, 12).rows(2, 2), causes))
                .extracting(Finding::attribution)
                .containsOnly(Attribution.UNKNOWN);
    }

    @Test
    void rowsWithoutAKeyThatHoldTimesAreNotDecidedUnlessSomeAreLost() {
        StateFindings.Causes causes = new Suspects().noisy();
        assertThat(beyond(table(T, 10).multiset(), table(T, 12).multiset().rows(2, 2), causes))
                .extracting(Finding::attribution)
                .containsOnly(Attribution.UNKNOWN);
        assertThat(beyond(table(T, 10).multiset(), table(T, 12).multiset().rows(2, 1), causes))
                .extracting(Finding::attribution)
                .containsOnly(Attribution.MIGRATION);
    }

    @Test
    void rowsWithoutAKeyThatDefaultsMadeUpWerePairedByTheRestUnlessTheyWereTooMany() {
        StateFindings.Causes causes = new Suspects().madeUp();
        assertThat(beyond(table(T, 10).multiset(), table(T, 12).multiset().rows(2, 2), causes))
                .extracting(Finding::attribution)
                .containsOnly(Attribution.MIGRATION);
        assertThat(beyond(
                        table(T, 10).multiset(),
                        table(T, 12).multiset().rows(2, 2).note("too many"),
                        causes))
                .extracting(Finding::attribution)
                .containsOnly(Attribution.UNKNOWN);
    }

    @Test
    void withoutAComparisonBeforeNothingIsBlamed() {
        assertThat(beyond(null, table(T, 12).rows(1, 0), new Suspects()))
                .extracting(Finding::attribution)
                .containsExactly(Attribution.UNKNOWN);
        assertThat(beyond(table(T, 10).notCompared("no time left"), table(T, 12).rows(1, 0)))
                .extracting(Finding::attribution)
                .containsExactly(Attribution.UNKNOWN);
    }

    @Test
    void whatWasNotComparedSaysNothing() {
        assertThat(beyond(table(T, 10), table(T, 12).rows(1, 0).notCompared("no time left")))
                .isEmpty();
    }
}
