package dev.understudy.diff.parity;

import static dev.understudy.diff.kit.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.exercise.StatementCount;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Tables;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableState;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class FootprintTest {
    private static final TableState ORDERS = new TableState("public.orders", 10, "77", "");
    private static final String READ = "select id, total from orders";
    private static final String WRITE = "update orders set total = ? where id = ?";

    private static Catalogs shop() {
        return Catalogs.catalog(16_400).table("orders", "*id int4", "total int4", "note text");
    }

    private static StatementCount statement(String sql, long seen, long compared) {
        return new StatementCount("q_" + sql.hashCode(), sql, seen, compared, 0, 0);
    }

    private static Footprint footprint(
            Catalog before, Catalog after, List<StatementCount> statements, Tables... whole) {
        return footprint(before, ORDERS, after, statements, whole);
    }

    private static Footprint footprint(
            Catalog before, TableState state, Catalog after, List<StatementCount> statements, Tables... whole) {
        List<Tables> tables = new ArrayList<>(List.of(whole));
        if (tables.isEmpty()) {
            tables.add(table("public.orders", state.rows()));
        }
        return Footprint.of(
                new ArmState(Arm.CONTROL, "a", before, List.of(state)),
                new ArmState(Arm.CANDIDATE, "b", after, List.of(ORDERS)),
                new StateComparison(
                        "r",
                        Moment.BEFORE_REPLAY,
                        tables.stream().map(Tables::build).toList()),
                new StateComparison(
                        "r",
                        Moment.AFTER_REPLAY,
                        tables.stream().map(Tables::build).toList()),
                Exercise.of(before, statements, column -> false),
                Declarations.NONE);
    }

    private static List<StatementCount> reading(String... statements) {
        List<StatementCount> counts = new ArrayList<>();
        for (String sql : statements) {
            counts.add(statement(sql, 10, 10));
        }
        return counts;
    }

    private static FootprintItem only(Catalog after, String... statements) {
        List<FootprintItem> items =
                footprint(shop().build(), after, reading(statements)).items();
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private static Catalog without(String... columns) {
        return Catalogs.catalog(36_400).table("orders", columns).build();
    }

    @Test
    void equalSchemasAndRowsHaveNone() {
        assertThat(footprint(shop().build(), shop().build(), reading(READ)).items())
                .isEmpty();
    }

    // Severity

    @Test
    void aDroppedColumnOfATableWithRowsLosesFacts() {
        FootprintItem item = only(without("*id int4", "total int4"), READ);
        assertThat(item.type()).isEqualTo(DifferenceClass.SCHEMA_COLUMN);
        assertThat(item.severity()).isEqualTo(Severity.BLOCKER);
        assertThat(item.change()).isEqualTo("text → none");
        assertThat(item.isExercised()).as("through its table").isTrue();
    }

    @Test
    void aDroppedColumnOfAnEmptyTableLosesNone() {
        TableState empty = new TableState("public.orders", 0, "0", "");
        assertThat(footprint(shop().build(), empty, without("*id int4", "total int4"), reading(READ))
                        .items())
                .singleElement()
                .satisfies(item -> assertThat(item.severity()).isEqualTo(Severity.MAJOR));
        assertThat(footprint(
                                shop().build(),
                                empty,
                                without("*id int4", "total int4"),
                                reading("select note from orders"))
                        .items())
                .singleElement()
                .satisfies(item ->
                        assertThat(item.severity()).as("a statement will fail").isEqualTo(Severity.BLOCKER));
    }

    @Test
    void aDroppedColumnThatTheTraceReadsAsOftenAsItWritesItIsTouched() {
        TableState empty = new TableState("public.orders", 0, "0", "");
        assertThat(footprint(
                                shop().build(),
                                empty,
                                without("*id int4", "total int4"),
                                reading("select note from orders", "update orders set note = ?"))
                        .items())
                .singleElement()
                .satisfies(item -> assertThat(item.severity()).isEqualTo(Severity.BLOCKER));
    }

    @Test
    void aDroppedViewOrFunctionMattersWhereTheTraceTouchesIt() {
        Catalog before = shop().view("notes", "SELECT note FROM orders", "note text")
                .function("note_all", "SELECT 1")
                .build();
        for (String view : List.of("select note from notes", "update notes set note = ?")) {
            assertThat(dropped(before, view))
                    .as(view)
                    .containsExactly(
                            tuple("public.note_all()", Severity.MAJOR), tuple("public.notes", Severity.BLOCKER));
        }
        assertThat(dropped(before, "select note_all()"))
                .containsExactly(tuple("public.note_all()", Severity.BLOCKER), tuple("public.notes", Severity.MAJOR));
    }

    private static List<Tuple> dropped(Catalog before, String statement) {
        return footprint(before, shop().build(), reading(statement)).items().stream()
                .map(item -> tuple(item.object(), item.severity()))
                .toList();
    }

    @Test
    void aDroppedTableWithRowsLosesFacts() {
        FootprintItem item = only(Catalogs.catalog(36_400).build());
        assertThat(item.type()).isEqualTo(DifferenceClass.SCHEMA_OBJECT_MISSING);
        assertThat(item.severity()).isEqualTo(Severity.BLOCKER);
        assertThat(item.isExercised()).as("nothing can touch it").isTrue();
    }

    @Test
    void newObjectsAndShapesLoseNone() {
        for (FootprintItem item : List.of(
                only(shop().table("extra", "*id int4").build(), READ),
                only(shop().index("by_total", "orders").build(), READ),
                only(
                        shop().constraint("positive", "orders", "CHECK (total > 0)", true)
                                .build(),
                        READ),
                only(shop().trigger("noting", "orders", "note_it").build(), READ),
                only(without("*id int4", "total int4 7", "note text"), READ),
                only(without("*id int4", "total int8", "note text"), READ))) {
            assertThat(item.severity()).as(item.type().name()).isEqualTo(Severity.MAJOR);
            assertThat(item.isExercised()).as(item.type().name()).isTrue();
            assertThat(item.stateChecked())
                    .as(item.type().name())
                    .isEqualTo(item.type() != DifferenceClass.SCHEMA_OBJECT_EXTRA
                            || item.tables().isEmpty());
        }
    }

    @Test
    void aConstraintThatIsRenamedRefusesWhatItRefused() {
        String positive = "CHECK (total > 0)";
        Catalog checked =
                shop().constraint("positive", "orders", positive, true).build();
        Catalog renamed =
                shop().constraint("total_positive", "orders", positive, true).build();
        Catalog looser = shop().constraint("positive_or_none", "orders", "CHECK (total >= 0)", true)
                .build();
        Catalog elsewhere = shop().table("items", "*id int4", "total int4")
                .constraint("items_positive", "items", positive, true)
                .build();

        assertThat(footprint(checked, renamed, reading(READ)).items())
                .extracting(FootprintItem::object, FootprintItem::severity)
                .containsExactly(
                        tuple("public.orders.positive", Severity.MAJOR),
                        tuple("public.orders.total_positive", Severity.MAJOR));
        assertThat(footprint(checked, looser, reading(READ)).items())
                .filteredOn(item -> item.severity() == Severity.BLOCKER)
                .extracting(FootprintItem::object)
                .containsExactly("public.orders.positive");
        assertThat(footprint(checked, elsewhere, reading(READ)).items())
                .filteredOn(item -> item.severity() == Severity.BLOCKER)
                .extracting(FootprintItem::object)
                .containsExactly("public.orders.positive");
    }

    @Test
    void aConstraintThatIsLostLetsInWhatWasRefused() {
        Catalog checked = shop().constraint("positive", "orders", "CHECK (total > 0)", true)
                .build();
        assertThat(footprint(checked, shop().build(), reading(READ)).items())
                .singleElement()
                .satisfies(item -> assertThat(item.severity()).isEqualTo(Severity.BLOCKER));
        assertThat(footprint(checked, shop().build(), reading(READ, "delete from orders"))
                        .items())
                .singleElement()
                .satisfies(item -> assertThat(item.severity()).isEqualTo(Severity.BLOCKER));
        assertThat(footprint(checked, shop().build(), List.of()).items())
                .singleElement()
                .satisfies(item -> assertThat(item.severity()).isEqualTo(Severity.MAJOR));
    }

    @Test
    void anotherDefaultMakesOtherFactsWhereTheTraceWrites() {
        assertThat(defaults(" 'new'", " 'draft'", WRITE)).isEqualTo(Severity.BLOCKER);
        assertThat(defaults(" 'new'", "", WRITE)).isEqualTo(Severity.BLOCKER);
        assertThat(defaults(" 'new'", " 'draft'", READ)).isEqualTo(Severity.MAJOR);
        assertThat(defaults("", " 'draft'", WRITE))
                .as("there was none to rely on")
                .isEqualTo(Severity.MAJOR);
        assertThat(defaults(" nextval('a')", " nextval('b')", WRITE))
                .as("the sequences are compared")
                .isEqualTo(Severity.MAJOR);
    }

    private static Severity defaults(String before, String after, String statement) {
        return footprint(
                        without("*id int4", "total int4", "note text" + before),
                        without("*id int4", "total int4", "note text" + after),
                        reading(statement))
                .items()
                .stream()
                .filter(item -> item.type() == DifferenceClass.SCHEMA_DEFAULT)
                .findFirst()
                .orElseThrow()
                .severity();
    }

    @Test
    void aRightThatIsLostOnWhatTheTraceTouchesRaisesErrors() {
        Catalog granted = shop().acl("{owner=arwd/owner,app=arw/owner}").build();
        Catalog revoked = shop().acl("{owner=arwd/owner,app=r/owner}").build();
        assertThat(footprint(granted, revoked, reading(READ)).items())
                .singleElement()
                .satisfies(item -> assertThat(item.severity()).isEqualTo(Severity.BLOCKER));
        assertThat(footprint(granted, revoked, List.of()).items())
                .singleElement()
                .satisfies(item -> assertThat(item.severity()).isEqualTo(Severity.MAJOR));
        assertThat(footprint(revoked, granted, reading(READ)).items())
                .singleElement()
                .satisfies(item -> assertThat(item.severity()).isEqualTo(Severity.MAJOR));
    }

    @Test
    void rowSecurityOfATouchedTableHidesRows() {
        Catalog secured = shop().policy("mine", "orders", "true").build();
        assertThat(only(secured, READ).severity()).isEqualTo(Severity.BLOCKER);
        assertThat(only(secured).severity()).isEqualTo(Severity.MAJOR);
    }

    @Test
    void aSequenceThatFellBehindCollidesUnlessItsTableIsEmpty() {
        Catalog before =
                shop().sequence("orders_id_seq", 100, "public.orders.id").build();
        Catalog after = shop().sequence("orders_id_seq", 1, "public.orders.id").build();
        assertThat(footprint(before, after, reading(READ)).items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.type()).isEqualTo(DifferenceClass.SCHEMA_SEQUENCE_BEHIND);
                    assertThat(item.severity()).isEqualTo(Severity.BLOCKER);
                    assertThat(item.tables()).containsExactly("public.orders");
                });
        assertThat(footprint(before, new TableState("public.orders", 0, "0", ""), after, reading(READ))
                        .items())
                .singleElement()
                .satisfies(item -> assertThat(item.severity()).isEqualTo(Severity.MAJOR));
    }

    // What stands behind a change

    @Test
    void aChangedTypeIsItsColumns() {
        Catalogs before = moody().enumeration(16_500, "mood", "sad", "ok");
        Catalogs after = moody().enumeration(16_500, "mood", "sad", "ok", "glad");
        FootprintItem item = footprint(
                        typed(before), typed(after), reading("select mood from users"), table("public.users", 5))
                .items()
                .get(0);
        assertThat(item.object()).isEqualTo("public.mood");
        assertThat(item.tables()).containsExactly("public.users");
        assertThat(item.isExercised()).isTrue();
        assertThat(footprint(typed(before), typed(after), reading("select id from users"), table("public.users", 5))
                        .items()
                        .get(0)
                        .lacking())
                .isEqualTo("no compared statement reads public.mood");
    }

    private static Catalogs moody() {
        return Catalogs.catalog(16_400);
    }

    private static Catalog typed(Catalogs types) {
        return types.table("users", "*id int4", "mood mood").build();
    }

    @Test
    void aDomainsConstraintIsTheTablesThatUseTheDomain() {
        Catalog before = addressed().build();
        Catalog after = addressed()
                .constraint("valid", "email", "CHECK (VALUE LIKE '%@%')", true)
                .build();
        assertThat(footprint(before, after, reading("select mail from users"), table("public.users", 5))
                        .items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.object()).isEqualTo("public.email.valid");
                    assertThat(item.tables()).containsExactly("public.users");
                    assertThat(item.isExercised()).isTrue();
                });
    }

    private static Catalogs addressed() {
        return Catalogs.catalog(16_400).domain(16_500, "email", 25).table("users", "*id int4", "mail email");
    }

    @Test
    void aSchemasRightsAreThoseToAllItsTables() {
        Catalog granted = shop().schema("public", "{owner=UC/owner,=U/owner}").build();
        Catalog revoked = shop().schema("public", "{owner=UC/owner}").build();
        assertThat(footprint(granted, revoked, reading(READ)).items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.object()).isEqualTo("public");
                    assertThat(item.tables()).containsExactly("public.orders");
                    assertThat(item.severity()).isEqualTo(Severity.BLOCKER);
                });
    }

    @Test
    void aSequencesRightsAreThoseOfTheTablesThatItServes() {
        Catalog owned = shop().sequence("orders_id_seq", 1, "public.orders.id").build();
        Catalog free = shop().sequence("orders_id_seq", 1, null).build();
        assertThat(footprint(owned, free, reading(READ)).items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.type()).isEqualTo(DifferenceClass.SCHEMA_DEFINITION);
                    assertThat(item.tables()).containsExactly("public.orders");
                });
    }

    @Test
    void aLongDefinitionIsCut() {
        String longest = "x".repeat(120);
        FootprintItem item = footprint(
                        without("*id int4 " + longest, "total int4", "note text"),
                        without("*id int4 " + longest + "y", "total int4", "note text"),
                        reading(READ))
                .items()
                .get(0);
        assertThat(item.change()).isEqualTo(longest + " → " + "x".repeat(119) + "…");
    }

    // Exercised

    @Test
    void aChangedTypeNeedsItsColumnRead() {
        Catalog after = without("*id int4", "total int8", "note text");
        assertThat(only(after, "select note from orders").lacking())
                .isEqualTo("no compared statement reads public.orders.total");
        assertThat(only(after, WRITE).lacking()).isEqualTo("no compared statement reads public.orders.total");
        assertThat(only(after, READ).lacking()).isEmpty();
    }

    @Test
    void whatTheTraceWritesMustHaveBeenWrittenByAComparedStatement() {
        Catalog after = without("*id int4", "total int8", "note text");
        FootprintItem item = footprint(shop().build(), after, List.of(statement(READ, 10, 10), statement(WRITE, 5, 0)))
                .items()
                .get(0);
        assertThat(item.lacking())
                .isEqualTo("the trace writes public.orders.total, and no such statement was compared");
        assertThat(item.exercised().writtenInTrace()).isEqualTo(5);
        assertThat(footprint(shop().build(), after, List.of(statement(READ, 10, 10), statement(WRITE, 5, 1)))
                        .items()
                        .get(0)
                        .isExercised())
                .isTrue();
    }

    @Test
    void aDefaultIsExercisedByAnInsertOrByReadingItsColumn() {
        Catalog after = without("*id int4", "total int4 7", "note text");
        assertThat(only(after, "insert into orders (id) values (?)").isExercised())
                .isTrue();
        assertThat(only(after, READ).isExercised()).isTrue();
        assertThat(only(after, "select note from orders").isExercised()).isFalse();
    }

    @Test
    void anIndexIsExercisedThroughItsTable() {
        Catalog after = shop().index("by_total", "orders").build();
        assertThat(only(after, "delete from orders where id = ?").isExercised()).isTrue();
        assertThat(only(after).lacking()).isEqualTo("no compared statement reads or writes public.orders");
    }

    @Test
    void aChangedFunctionNeedsACall() {
        Catalog before = shop().function("order_sum", "SELECT 1").build();
        Catalog after = shop().function("order_sum", "SELECT 2").build();
        assertThat(footprint(before, after, reading(READ)).items().get(0).lacking())
                .isEqualTo("no compared statement calls public.order_sum()");
        assertThat(footprint(before, after, reading("select order_sum()"))
                        .items()
                        .get(0)
                        .isExercised())
                .isTrue();
    }

    @Test
    void whatTheApplicationOfTodayCannotKnowNeedsNoExercise() {
        assertThat(only(shop().table("extra", "*id int4").build()).isExercised())
                .isTrue();
        assertThat(only(shop().function("helper", "SELECT 1").build()).isExercised())
                .isTrue();
    }

    @Test
    void aPartitionIsExercisedThroughItsTable() {
        Catalog before = Catalogs.catalog(16_400)
                .table("orders", "*id int4", "total int4")
                .table("orders_1", "*id int4", "total int4")
                .partitionOf("orders")
                .build();
        Catalog after = Catalogs.catalog(16_400)
                .table("orders", "*id int4", "total int4")
                .table("orders_1", "*id int4", "total int4")
                .partitionOf("orders")
                .index("by_total", "orders_1")
                .build();
        Footprint footprint = footprint(before, after, reading(READ));
        assertThat(footprint.items().get(0).isExercised()).isTrue();
        assertThat(footprint.tables()).containsExactly("public.orders", "public.orders_1");
    }

    // State

    @Test
    void rowsAndCellsThatDifferAreItems() {
        Footprint footprint = footprint(
                shop().build(),
                shop().build(),
                reading(READ),
                table("public.orders", 10)
                        .rows(2, 1)
                        .duplicated(1)
                        .cells("total", "VALUE_NUMERIC", "+1", 3)
                        .cells("total", "VALUE_NUMERIC_SCALE", "1 → 1.0", 4)
                        .cells("note", "VALUE_NUMERIC_SCALE", "1 → 1.0", 4));
        assertThat(footprint.items())
                .extracting(FootprintItem::object, FootprintItem::type, FootprintItem::severity)
                .containsExactly(
                        tuple("public.orders", DifferenceClass.STATE_ROW_MISSING, Severity.BLOCKER),
                        tuple("public.orders", DifferenceClass.STATE_ROW_EXTRA, Severity.BLOCKER),
                        tuple("public.orders", DifferenceClass.STATE_DUPLICATE_KEY, Severity.BLOCKER),
                        tuple("public.orders.note", DifferenceClass.STATE_CELL, Severity.MINOR),
                        tuple("public.orders.total", DifferenceClass.STATE_CELL, Severity.BLOCKER));
        assertThat(footprint.items().get(4).change()).isEqualTo("7 cells: VALUE_NUMERIC: +1 and 1 more changes");
        assertThat(footprint.items().get(4).findings()).hasSize(2);
        assertThat(footprint.items().get(3).lacking()).isEqualTo("no compared statement reads public.orders.note");
    }

    @Test
    void itemsStandByTheirObjects() {
        Footprint footprint = footprint(
                shop().build(),
                shop().table("z", "*id int4").build(),
                reading(READ),
                table("public.orders", 10).cells("note", "VALUE_TEXT", "x", 1));
        assertThat(footprint.items())
                .extracting(FootprintItem::object)
                .containsExactly("public.orders.note", "public.z");
        assertThat(footprint.items().get(0).change()).isEqualTo("1 cell: VALUE_TEXT: x");
    }

    @Test
    void everyTableOfBothArmsThatWasNotComparedIsNamed() {
        Catalog two = shop().table("audit", "*id int4").build();
        Footprint footprint = footprint(two, two, reading(READ), table("public.orders", 10));
        assertThat(footprint.notCompared()).containsExactly(entry("public.audit", "not compared before the replay"));
        assertThat(footprint.notCompared(List.of("public.orders"))).isEmpty();
    }

    @Test
    void tablesThatWereNotComparedAreNamed() {
        Footprint footprint = footprint(
                shop().build(),
                shop().index("by_total", "orders").build(),
                reading(READ),
                table("public.orders", 10).notCompared("no time left"));
        assertThat(footprint.notCompared(List.of()))
                .as("the migration touches it")
                .containsEntry("public.orders", "no time left before the replay");
        assertThat(footprint.items().get(0).stateChecked()).isFalse();
    }

    @Test
    void aDroppedTableIsNotMissedInTheComparison() {
        Footprint footprint =
                footprint(shop().build(), Catalogs.catalog(36_400).build(), reading(READ), table("public.other", 1));
        assertThat(footprint.notCompared(List.of("public.orders"))).isEmpty();
    }
}
