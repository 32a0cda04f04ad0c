package dev.understudy.diff.parity;

import static dev.understudy.diff.kit.Tables.table;
import static dev.understudy.diff.parity.ParityName.CONTROL_AS_TARGET;
import static dev.understudy.diff.parity.ParityName.EMPTY_COPY;
import static dev.understudy.diff.parity.ParityName.NOT_MIGRATED;
import static dev.understudy.diff.parity.ParityName.NO_CATALOG;
import static dev.understudy.diff.parity.ParityName.SERVERS_DIFFER;
import static dev.understudy.diff.parity.ParityName.WRONG_CONTROL;
import static dev.understudy.diff.parity.ParityName.WRONG_COPY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Tables;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableState;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParityCheckTest {
    private static final TableState ORDERS = new TableState("public.orders", 10, "77", "");
    private static final TableState USERS = new TableState("public.users", 5, "42", "");
    private static final TableState NO_ORDERS = new TableState("public.orders", 0, "0", "");
    private static final TableState NO_USERS = new TableState("public.users", 0, "0", "");
    private static final Catalog PRODUCTION = shop(16_400).build();
    private static final Catalog COPY = shop(26_400).build();
    private static final Catalog MIGRATED =
            shop(36_400).index("by_total", "orders").build();
    private static final ArmState CONTROL = arm(Arm.CONTROL, COPY, ORDERS, USERS);
    private static final ArmState CANDIDATE = arm(Arm.CANDIDATE, MIGRATED, ORDERS, USERS);

    private static Catalogs shop(int base) {
        return Catalogs.catalog(base).table("orders", "*id int4", "total int4").table("users", "*id int4", "name text");
    }

    private static ArmState arm(Arm arm, Catalog catalog, TableState... tables) {
        return new ArmState(arm, "staging:5432/" + arm, catalog, List.of(tables));
    }

    /** A trace that mentions those tables and got rows. */
    private static TouchedObjects touching(String... tables) {
        return touching(17, tables);
    }

    private static TouchedObjects touching(long rowsAnswered, String... tables) {
        return new TouchedObjects() {
            @Override
            public Set<String> tables() {
                return Set.of(tables);
            }

            @Override
            public long rowsAnswered() {
                return rowsAnswered;
            }
        };
    }

    private static StateComparison whole(Tables... tables) {
        return new StateComparison(
                "r", Moment.BEFORE_REPLAY, Stream.of(tables).map(Tables::build).toList());
    }

    private static StateComparison equal() {
        return whole(table("public.orders", 10), table("public.users", 5));
    }

    private static Parity check(@Nullable ArmState control, ArmState candidate, @Nullable StateComparison before) {
        return check(control, candidate, before, CopyProof.NONE);
    }

    private static Parity check(
            @Nullable ArmState control, ArmState candidate, @Nullable StateComparison before, CopyProof proof) {
        return ParityCheck.check(
                PRODUCTION, control, candidate, touching("public.orders", "public.users"), before, proof);
    }

    private static List<ParityName> names(Parity parity) {
        return parity.failures().stream().map(ParityFailure::name).toList();
    }

    private static CopyProof marks(boolean shown, boolean unequal, boolean controlChanged, boolean unmigrated) {
        return new CopyProof(shown, unequal, controlChanged, unmigrated, "by their marks");
    }

    @Test
    void aMigratedCopyBesideAnUntouchedOneHasParity() {
        Parity parity = check(CONTROL, CANDIDATE, equal());
        assertThat(parity.failures()).isEmpty();
        assertThat(parity.holds()).isTrue();
        assertThat(parity.baseline()).isEqualTo("control staging:5432/CONTROL");
        assertThat(parity.candidate()).isEqualTo("staging:5432/CANDIDATE");
        assertThat(parity.stateEstablished()).isFalse();
        assertThat(parity.state()).startsWith("not shown: ");
    }

    @Test
    void marksShowThatCopiesWereEqual() {
        Parity parity = check(CONTROL, CANDIDATE, equal(), marks(true, false, false, false));
        assertThat(parity.holds()).isTrue();
        assertThat(parity.stateEstablished()).isTrue();
        assertThat(parity.state()).isEqualTo("shown to be equal before the migration: by their marks");
    }

    @Test
    void aCandidateLikeTheControlIsNotMigrated() {
        Parity parity = check(CONTROL, arm(Arm.CANDIDATE, COPY, ORDERS, USERS), equal());
        assertThat(names(parity)).containsExactly(NOT_MIGRATED);
        assertThat(parity.holds()).isFalse();
    }

    @Test
    void otherRowsAloneAreAMigration() {
        StateComparison before =
                whole(table("public.orders", 10).cells("total", "VALUE_NUMERIC", "+1", 1), table("public.users", 5));
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, COPY, ORDERS, USERS), before)))
                .isEmpty();
    }

    @Test
    void whatWasNotComparedIsNotCalledUnmigrated() {
        StateComparison before =
                whole(table("public.orders", 10).notCompared("no time left"), table("public.users", 5));
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, COPY, ORDERS, USERS), before)))
                .isEmpty();
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, COPY, ORDERS, USERS), null)))
                .isEmpty();
    }

    // Empty copies

    @Test
    void aTargetWithoutRowsIsEmpty() {
        StateComparison before = whole(
                table("public.orders", 10).rows(10, 0), table("public.users", 5).rows(5, 0));
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, MIGRATED, NO_ORDERS, NO_USERS), before)))
                .containsExactly(EMPTY_COPY);
    }

    @Test
    void aTargetWithoutTablesIsEmpty() {
        Parity parity = check(CONTROL, arm(Arm.CANDIDATE, Catalogs.catalog(5).build()), null);
        assertThat(names(parity)).containsExactly(EMPTY_COPY);
        assertThat(parity.failures().get(0).sentence()).startsWith("EMPTY_COPY: the target has no tables");
    }

    @Test
    void aTargetWithoutRowsIsEmptyWithoutAControlToo() {
        assertThat(names(check(null, arm(Arm.CANDIDATE, MIGRATED, NO_ORDERS, NO_USERS), null)))
                .containsExactly(EMPTY_COPY);
    }

    @Test
    void aControlWithoutRowsIsEmpty() {
        Parity parity = check(
                arm(Arm.CONTROL, COPY, NO_ORDERS, NO_USERS),
                arm(Arm.CANDIDATE, MIGRATED, NO_ORDERS, NO_USERS),
                whole(table("public.orders", 0), table("public.users", 0)));
        assertThat(names(parity)).contains(EMPTY_COPY);
        assertThat(parity.failures().get(0).text()).contains("control");
    }

    @Test
    void oneTableThatTheMigrationEmptiedIsNoEmptyCopy() {
        StateComparison before = whole(table("public.orders", 10).rows(10, 0), table("public.users", 5));
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, MIGRATED, NO_ORDERS, USERS), before)))
                .isEmpty();
    }

    @Test
    void oneTableThatTheMigrationDroppedIsNoWrongCopy() {
        Catalog without =
                Catalogs.catalog(36_400).table("users", "*id int4", "name text").build();
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, without, USERS), whole(table("public.users", 5)))))
                .isEmpty();
    }

    @Test
    void theOnlyTableThatTheTraceTouchesMayBeEmptiedToo() {
        Parity parity = ParityCheck.check(
                PRODUCTION,
                CONTROL,
                arm(Arm.CANDIDATE, MIGRATED, NO_ORDERS, USERS),
                touching("public.orders"),
                whole(table("public.orders", 10).rows(10, 0), table("public.users", 5)),
                CopyProof.NONE);
        assertThat(names(parity)).isEmpty();
    }

    @Test
    void whatMarksShowIsNotDoubted() {
        StateComparison before = whole(
                table("public.orders", 10).rows(10, 0), table("public.users", 5).rows(5, 0));
        assertThat(names(check(
                        CONTROL,
                        arm(Arm.CANDIDATE, MIGRATED, NO_ORDERS, NO_USERS),
                        before,
                        marks(true, false, false, false))))
                .as("the migration emptied both tables")
                .isEmpty();
    }

    @Test
    void whatTheComparisonCountedGoesBeforeWhatTheArmSaid() {
        StateComparison emptied = whole(
                table("public.orders", 10).rows(10, 0), table("public.users", 5).rows(5, 0));
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, MIGRATED), emptied))).containsExactly(EMPTY_COPY);
        StateComparison uncounted = whole(
                table("public.orders", -1).notCompared("no time left"),
                table("public.users", -1).notCompared("no time left"));
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, MIGRATED, NO_ORDERS, NO_USERS), uncounted)))
                .containsExactly(EMPTY_COPY);
    }

    @Test
    void aTableThatCouldNotBeCountedIsNotCalledEmpty() {
        TableState unknown = new TableState("public.orders", 0, "", "no right to read");
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, MIGRATED, unknown, NO_USERS), null)))
                .isEmpty();
    }

    @Test
    void aViewFillsNoCopy() {
        Catalog withView = shop(36_400)
                .view("totals", "SELECT total FROM orders", "total int4")
                .build();
        Parity parity = ParityCheck.check(
                withView,
                arm(Arm.CONTROL, withView, ORDERS, USERS),
                arm(Arm.CANDIDATE, withView, NO_ORDERS, NO_USERS),
                touching("public.orders", "public.users", "public.totals"),
                null,
                CopyProof.NONE);
        assertThat(names(parity)).containsExactly(EMPTY_COPY);
    }

    @Test
    void theOnlyTableThatTheTraceTouchesIsMissedWhereNothingElseHoldsRows() {
        for (TableState users : List.of(NO_USERS, new TableState("public.users", 0, "", "no time left"))) {
            assertThat(names(ParityCheck.check(
                            PRODUCTION,
                            CONTROL,
                            arm(Arm.CANDIDATE, MIGRATED, NO_ORDERS, users),
                            touching("public.orders"),
                            null,
                            CopyProof.NONE)))
                    .containsExactly(EMPTY_COPY);
        }
    }

    @Test
    void whatHeldNoRowsInProductionNeedsNone() {
        Parity parity = ParityCheck.check(
                PRODUCTION,
                arm(Arm.CONTROL, COPY, NO_ORDERS, NO_USERS),
                arm(Arm.CANDIDATE, MIGRATED, NO_ORDERS, NO_USERS),
                touching(0, "public.orders", "public.users"),
                null,
                CopyProof.NONE);
        assertThat(names(parity)).isEmpty();
    }

    @Test
    void aPartitionedTableHoldsWhatItsPartitionsHold() {
        assertThat(names(partitioned(0, 0))).containsExactly(EMPTY_COPY);
        assertThat(names(partitioned(3, 3))).isEmpty();
        assertThat(names(partitioned(0, 3))).isEmpty();
    }

    /** Two tables are touched: one emptied, and one that has so many rows in each of its partitions. */
    private static Parity partitioned(long low, long high) {
        Catalog catalog = Catalogs.catalog(26_400)
                .table("users", "*id int4", "name text")
                .table("orders", "*id int4")
                .partitioned()
                .table("orders_low", "*id int4")
                .partitionOf("orders")
                .table("orders_high", "*id int4")
                .partitionOf("orders")
                .build();
        return ParityCheck.check(
                null,
                arm(Arm.CONTROL, catalog, USERS, new TableState("public.orders_low", 3, "1", "")),
                arm(
                        Arm.CANDIDATE,
                        catalog,
                        NO_USERS,
                        new TableState("public.orders_low", low, "1", ""),
                        new TableState("public.orders_high", high, "1", "")),
                touching("public.orders", "public.users"),
                null,
                CopyProof.NONE);
    }

    // Wrong copies

    @Test
    void aTargetWithOtherTablesIsAWrongCopy() {
        Catalog other = Catalogs.catalog(5).table("flights", "*id int4").build();
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, other, new TableState("public.flights", 3, "1", "")), null)))
                .containsExactly(WRONG_COPY);
    }

    @Test
    void copiesWithoutARowInCommonAreWrong() {
        StateComparison before = whole(
                table("public.orders", 10).rows(10, 10),
                table("public.users", 5).rows(5, 5));
        assertThat(names(check(CONTROL, CANDIDATE, before))).containsExactly(WRONG_COPY);
    }

    @Test
    void onlyTouchedTablesWithRowsOnBothSidesTellOfAWrongCopy() {
        StateComparison before = whole(
                table("public.orders", 10).rows(10, 10),
                table("public.users", 5).rows(5, 5),
                table("public.monitoring", 3),
                table("public.logs", 0).rows(0, 4),
                table("public.cart", 4).rows(4, 0));
        Parity parity = ParityCheck.check(
                PRODUCTION,
                CONTROL,
                CANDIDATE,
                touching("public.orders", "public.users", "public.logs", "public.cart"),
                before,
                CopyProof.NONE);
        assertThat(names(parity)).containsExactly(WRONG_COPY);
    }

    @Test
    void tablesThatWereFilledOrEmptiedAreNoneThatHaveNothingInCommon() {
        StateComparison before = whole(
                table("public.orders", 10).rows(10, 10),
                table("public.logs", 0).rows(0, 4),
                table("public.cart", 4).rows(4, 0));
        Parity parity = ParityCheck.check(
                PRODUCTION,
                CONTROL,
                CANDIDATE,
                touching("public.orders", "public.logs", "public.cart"),
                before,
                CopyProof.NONE);
        assertThat(names(parity)).isEmpty();
    }

    @Test
    void oneRowInCommonTellsThatCopiesAreOfOneDatabase() {
        for (Tables orders : List.of(
                table("public.orders", 10).rows(9, 10),
                table("public.orders", 10).rows(9, 9),
                table("public.orders", 10).multiset().rows(10, 10))) {
            assertThat(names(check(
                            CONTROL,
                            CANDIDATE,
                            whole(orders, table("public.users", 5).rows(5, 5)))))
                    .isEmpty();
        }
        assertThat(names(check(
                        CONTROL, CANDIDATE, whole(table("public.orders", 10).rows(10, 10)))))
                .as("a single table may have been filled anew")
                .isEmpty();
    }

    @Test
    void unequalMarksAreAWrongCopy() {
        Parity parity = check(CONTROL, CANDIDATE, equal(), marks(false, true, false, false));
        assertThat(names(parity)).containsExactly(WRONG_COPY);
        assertThat(parity.failures().get(0).text()).contains("by their marks").contains("before the migration");
    }

    // The control

    @Test
    void armsThatWereSwappedAreNamed() {
        Parity parity =
                check(arm(Arm.CONTROL, MIGRATED, ORDERS, USERS), arm(Arm.CANDIDATE, COPY, ORDERS, USERS), equal());
        assertThat(names(parity)).containsExactly(CONTROL_AS_TARGET);
        assertThat(parity.failures().get(0).text()).contains("SCHEMA_INDEX public.by_total");
    }

    @Test
    void armsThatWereSwappedAreNamedByTheirMarksWhereOnlyRowsChanged() {
        StateComparison before =
                whole(table("public.orders", 10).cells("total", "VALUE_NUMERIC", "+1", 1), table("public.users", 5));
        assertThat(names(check(
                        CONTROL, arm(Arm.CANDIDATE, COPY, ORDERS, USERS), before, marks(true, false, true, true))))
                .containsExactly(CONTROL_AS_TARGET);
    }

    @Test
    void aControlThatIsNotLikeProductionIsNamed() {
        Catalog other = Catalogs.catalog(26_400)
                .table("orders", "*id int4", "total int8")
                .table("users", "*id int4", "name text")
                .build();
        assertThat(names(check(arm(Arm.CONTROL, other, ORDERS, USERS), CANDIDATE, equal())))
                .containsExactly(WRONG_CONTROL);
    }

    @Test
    void aControlThatHasMoreThanProductionIsFine() {
        Catalog more = shop(26_400).table("monitoring", "*id int4").build();
        assertThat(names(check(arm(Arm.CONTROL, more, ORDERS, USERS), CANDIDATE, equal())))
                .isEmpty();
    }

    @Test
    void aControlThatChangedSinceItsMarkIsNamed() {
        assertThat(names(check(CONTROL, CANDIDATE, equal(), marks(true, false, true, false))))
                .containsExactly(WRONG_CONTROL);
    }

    // Servers

    @Test
    void aSettingThatChangesAnswersFailsAndOthersAreNoted() {
        Catalog copy = shop(36_400)
                .index("by_total", "orders")
                .setting("TimeZone", "Europe/Berlin")
                .setting("work_mem", "64MB")
                .build();
        Parity parity = check(CONTROL, arm(Arm.CANDIDATE, copy, ORDERS, USERS), equal());
        assertThat(names(parity)).containsExactly(SERVERS_DIFFER);
        assertThat(parity.failures().get(0).text()).contains("TimeZone").doesNotContain("work_mem");
        assertThat(parity.items()).extracting(ParityItem::object).containsExactly("TimeZone", "work_mem");
    }

    @Test
    void whatChangesAnswersIsSaidFirst() {
        Catalog control = shop(26_400)
                .setting("DateStyle", "ISO")
                .setting("DateFormat", "1")
                .build();
        Catalog copy = shop(36_400)
                .index("by_total", "orders")
                .setting("DateStyle", "German")
                .setting("DateFormat", "2")
                .build();
        assertThat(check(arm(Arm.CONTROL, control, ORDERS, USERS), arm(Arm.CANDIDATE, copy, ORDERS, USERS), equal())
                        .items())
                .extracting(ParityItem::object)
                .containsExactly("DateStyle", "DateFormat");
    }

    @Test
    void theControlsServerIsHeldAgainstProductionsToo() {
        Catalog control = shop(26_400).setting("work_mem", "64MB").build();
        Catalog copy = shop(36_400)
                .index("by_total", "orders")
                .setting("work_mem", "64MB")
                .build();
        assertThat(check(arm(Arm.CONTROL, control, ORDERS, USERS), arm(Arm.CANDIDATE, copy, ORDERS, USERS), equal())
                        .items())
                .containsExactly(new ParityItem("setting", "work_mem (production, control)", "4MB", "64MB", false));
    }

    @Test
    void ofManyNamesTheFirstAreSaidAndTheRestIsCounted() {
        assertThat(ParityCheck.list(List.of("e", "d", "c", "b", "a"))).isEqualTo("a, b, c, d, e");
        assertThat(ParityCheck.list(List.of("g", "f", "e", "d", "c", "b", "a"))).isEqualTo("a, b, c, d, e and 2 more");
    }

    @Test
    void oneZoneUnderTwoNamesIsOneSetting() {
        Catalog copy = shop(36_400)
                .index("by_total", "orders")
                .setting("TimeZone", "UTC")
                .build();
        assertThat(check(CONTROL, arm(Arm.CANDIDATE, copy, ORDERS, USERS), equal())
                        .items())
                .isEmpty();
    }

    @Test
    void aTraceWithoutCatalogNeedsAControl() {
        Parity alone = ParityCheck.check(null, null, CANDIDATE, touching("public.orders"), null, CopyProof.NONE);
        assertThat(names(alone)).containsExactly(NO_CATALOG);
        Parity beside = ParityCheck.check(null, CONTROL, CANDIDATE, touching("public.orders"), equal(), CopyProof.NONE);
        assertThat(names(beside)).isEmpty();
    }

    @Test
    void whatLeadsIsTheFirstCause() {
        Catalog empty = Catalogs.catalog(5).setting("TimeZone", "Europe/Berlin").build();
        assertThat(names(check(CONTROL, arm(Arm.CANDIDATE, empty), null))).containsExactly(EMPTY_COPY, SERVERS_DIFFER);
    }
}
