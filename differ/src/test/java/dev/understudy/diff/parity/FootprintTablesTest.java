package dev.understudy.diff.parity;

import static dev.understudy.diff.kit.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Tables;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableState;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FootprintTablesTest {
    private static final String ORDERS = "public.orders";
    private static final String LOW = "public.orders_low";
    private static final String HIGH = "public.orders_high";

    private static Catalogs shop() {
        return Catalogs.catalog(16_400)
                .schema("public", null)
                .enumeration(16_500, "mood", "sad", "ok")
                .array(16_501, "mood")
                .table("orders", "*id int4 nextval('orders_id_seq')", "total int4")
                .partitioned()
                .table("orders_low", "*id int4 nextval('public.orders_id_seq')", "total int4")
                .partitionOf("orders")
                .table("orders_high", "*id int4 nextval('other_seq')", "total int4")
                .partitionOf("orders")
                .table("users", "*id int4", "mood mood", "moods _mood", "name text 'none'")
                .view("happy", "SELECT id, mood FROM users", "id int4", "mood mood")
                .sequence("orders_id_seq", 1, null)
                .sequence("users_seq", 1, "public.users.id")
                .sequence("other_seq", 1, null);
    }

    private static FootprintTables tables(List<TableState> counted, Tables... before) {
        return tables(counted, List.of(before), List.of(before));
    }

    private static FootprintTables tables(List<TableState> counted, List<Tables> before, List<Tables> after) {
        return new FootprintTables(
                new ArmState(Arm.CONTROL, "a", shop().build(), counted),
                new ArmState(Arm.CANDIDATE, "b", shop().build(), List.of()),
                state(Moment.BEFORE_REPLAY, before),
                state(Moment.AFTER_REPLAY, after));
    }

    private static @Nullable StateComparison state(Moment moment, List<Tables> tables) {
        return tables.isEmpty()
                ? null
                : new StateComparison(
                        "r", moment, tables.stream().map(Tables::build).toList());
    }

    private static TableState counted(String table, long rows) {
        return new TableState(table, rows, "", "");
    }

    // Rows

    @Test
    void aTableMayHaveHeldRowsUnlessItWasCountedAndHadNone() {
        assertThat(tables(List.of()).heldRows("public.users"))
                .as("nobody counted")
                .isTrue();
        assertThat(tables(List.of(counted("public.users", 1))).heldRows("public.users"))
                .isTrue();
        assertThat(tables(List.of(counted("public.users", 0))).heldRows("public.users"))
                .isFalse();
        assertThat(tables(List.of(new TableState("public.users", 0, "", "no right to read")))
                        .heldRows("public.users"))
                .as("could not be counted")
                .isTrue();
    }

    @Test
    void theComparisonsCountGoesBeforeTheArms() {
        assertThat(tables(List.of(counted("public.users", 3)), table("public.users", 0))
                        .heldRows("public.users"))
                .isFalse();
        assertThat(tables(List.of(counted("public.users", 0)), table("public.users", -1))
                        .heldRows("public.users"))
                .as("the comparison did not count")
                .isFalse();
    }

    @Test
    void aPartitionedTableHeldWhatItsPartitionsHeld() {
        assertThat(tables(List.of(counted(LOW, 0), counted(HIGH, 0))).heldRows(ORDERS))
                .isFalse();
        assertThat(tables(List.of(counted(LOW, 0), counted(HIGH, 2))).heldRows(ORDERS))
                .isTrue();
        assertThat(tables(List.of(counted(ORDERS, 0), counted(HIGH, 2))).heldRows(ORDERS))
                .as("it was counted itself")
                .isFalse();
    }

    @Test
    void viewsAndUnknownNamesHoldNoRows() {
        assertThat(tables(List.of()).heldRows("public.happy")).isFalse();
        assertThat(tables(List.of()).heldRows("public.unknown")).isFalse();
    }

    // What belongs to what

    @Test
    void anObjectBelongsToTheRelationInItsName() {
        FootprintTables tables = tables(List.of());
        assertThat(tables.ofPart("public.users.name")).isEqualTo("public.users");
        assertThat(tables.ofPart("public.users")).isEqualTo("public.users");
        assertThat(tables.ofPart("public.other.name")).isEmpty();
        assertThat(tables.ofPart("other")).isEmpty();
        assertThat(tables.ofPart(".users")).isEmpty();
    }

    @Test
    void aSequenceServesTheColumnsThatOwnItOrDefaultToIt() {
        FootprintTables tables = tables(List.of());
        assertThat(tables.ofSequence("public.orders_id_seq")).containsExactly(ORDERS + ".id", LOW + ".id");
        assertThat(tables.ofSequence("public.users_seq")).containsExactly("public.users.id");
        assertThat(tables.ofSequence("public.other_seq")).containsExactly(HIGH + ".id");
    }

    @Test
    void aTypeIsThatOfTablesColumnsAndOfTheirArrays() {
        FootprintTables tables = tables(List.of());
        assertThat(tables.ofType("public.mood")).containsExactly("public.users.mood", "public.users.moods");
        assertThat(tables.ofType("public.unknown")).isEmpty();
    }

    @Test
    void aSchemaHoldsItsRelations() {
        FootprintTables tables = tables(List.of());
        assertThat(tables.isSchema("public")).isTrue();
        assertThat(tables.isSchema("orders")).isFalse();
        assertThat(tables.ofSchema("public")).containsExactly("public.happy", ORDERS, HIGH, LOW, "public.users");
        assertThat(tables.ofSchema("other")).isEmpty();
    }

    @Test
    void bothArmsTablesAreCommonAndViewsAreNone() {
        assertThat(tables(List.of()).common()).containsExactly(ORDERS, HIGH, LOW, "public.users");
    }

    // What was compared

    @Test
    void aTableWasComparedIfItWasBeforeAndAfter() {
        Tables whole = table("public.users", 5);
        Tables late = table("public.users", 5).notCompared("no time left");
        assertThat(tables(List.of(), whole).notCompared("public.users")).isEmpty();
        assertThat(tables(List.of(), List.of(whole), List.of(late)).notCompared("public.users"))
                .isEqualTo("no time left after the replay");
        assertThat(tables(List.of(), List.of(late), List.of(whole)).notCompared("public.users"))
                .isEqualTo("no time left before the replay");
        assertThat(tables(List.of(), List.of(whole), List.of()).notCompared("public.users"))
                .isEqualTo("not compared after the replay");
        assertThat(tables(List.of()).notCompared("public.users")).isEqualTo("not compared before the replay");
        assertThat(tables(List.of(), table(ORDERS, 5)).notCompared("public.users"))
                .isEqualTo("not compared before the replay");
    }

    @Test
    void whyATableIsNotWholeIsSaid() {
        assertThat(tables(List.of(), table("public.users", 5).without("name")).notCompared("public.users"))
                .isEqualTo("without name: no time left before the replay");
        assertThat(tables(List.of(), table("public.users", 5).notCompared("")).notCompared("public.users"))
                .isEqualTo("not compared before the replay");
        assertThat(tables(List.of(), table("public.users", 5).note("the first half"))
                        .notCompared("public.users"))
                .isEqualTo("the first half before the replay");
    }

    @Test
    void aViewOrWhatTheCandidateLacksHasNoRowsToCompare() {
        assertThat(tables(List.of()).notCompared("public.happy")).isEmpty();
        assertThat(tables(List.of()).notCompared("public.unknown")).isEmpty();
    }

    @Test
    void aPartitionIsComparedWithItsTableAndATableWithAllItsPartitions() {
        assertThat(tables(List.of(), table(ORDERS, 5)).notCompared(LOW)).isEmpty();
        assertThat(tables(List.of(), table(LOW, 2), table(HIGH, 3)).notCompared(ORDERS))
                .isEmpty();
        assertThat(tables(List.of(), table(LOW, 2), table(HIGH, 3).notCompared("no time left"))
                        .notCompared(ORDERS))
                .isEqualTo("no time left before the replay");
    }

    @Test
    void aColumnWasComparedUnlessItWasLeftOutOrRowsWere() {
        assertThat(column(table("public.users", 5))).isTrue();
        assertThat(column(table("public.users", 5).without("mood"))).isTrue();
        assertThat(column(table("public.users", 5).without("name"))).isFalse();
        assertThat(column(table("public.users", 5).note("the first half"))).isFalse();
        assertThat(column(table("public.users", 5).notCompared(""))).isFalse();
        assertThat(column(table(ORDERS, 5))).isFalse();
    }

    private static boolean column(Tables one) {
        Tables whole = table("public.users", 5);
        boolean before = tables(List.of(), List.of(one), List.of(whole)).isColumnCompared("public.users", "name");
        boolean after = tables(List.of(), List.of(whole), List.of(one)).isColumnCompared("public.users", "name");
        boolean alone = tables(List.of(), List.of(one), List.of()).isColumnCompared("public.users", "name");
        assertThat(Stream.of(before, after, alone).distinct())
                .as("whenever it was")
                .hasSize(1);
        return before;
    }
}
