package dev.understudy.diff.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Catalogs;
import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExerciseTest {
    private static final Catalog SHOP = Catalogs.catalog(16_400)
            .table("orders", "*id int4", "customer_id int4", "total int4", "status text", "placed_at timestamptz")
            .table("customers", "*id int4", "email text", "name text")
            .table("audit", "*id int4", "what text")
            .table("parted", "*id int4", "v text")
            .table("parted_1", "*id int4", "v text")
            .partitionOf("parted")
            .view(
                    "overview",
                    " SELECT o.id, c.email, o.total + 1 AS more FROM orders o JOIN customers c ON c.id = o.customer_id;",
                    "id int4",
                    "email text",
                    "more int4")
            .function("order_sum", "SELECT sum(total) FROM orders")
            .function("note_it", "BEGIN INSERT INTO audit (what) VALUES ('x'); RETURN NEW; END")
            .function("note_twice", "SELECT note_it()")
            .trigger("noting", "customers", "note_it")
            .view("named", "SELECT id, name FROM customers", "id int4", "name text")
            .table("orders", "*id int4", "total int4")
            .in("archive")
            .table("ledger", "*id int4")
            .in("archive")
            .table("ledger", "*id int4")
            .in("books")
            .build();

    private static Exercise of(String... statements) {
        return of(Set.of(), statements);
    }

    private static Exercise of(Set<String> shown, String... statements) {
        List<StatementCount> counts = new ArrayList<>();
        for (String sql : statements) {
            counts.add(new StatementCount("q_" + counts.size(), sql, 10, 7, 1, 1));
        }
        return Exercise.of(SHOP, counts, shown::contains);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select total from orders where id = ?                                   | id total",
                "select o.total from orders o where o.status = ?                         | total status",
                "select o.total from orders as o, customers where customers.email = ?    | total",
                "select * from orders                                                    | id customer_id total status placed_at",
                "select o.* from orders o join customers c on c.id = o.customer_id       | id customer_id total status placed_at",
                "select count(*) from orders                                             |",
                "select count(*), total * 2 from orders                                  | total",
                "table orders                                                            | id customer_id total status placed_at",
                "copy orders to stdout                                                   | id customer_id total status placed_at",
                "select extract(year from placed_at) from orders                         | placed_at",
                "update orders set total = ? where id = ?                                | id",
                "update orders set total = total + ?                                     | total",
                "insert into orders (id, total) values (?, ?)                            |",
                "insert into orders (id, total) values (?, ?) returning status           | status",
                "delete from orders where status = ?                                     | status",
                "select id from orders where customer_id in (select id from customers)   | customer_id",
                "with o as (select total from orders) select * from o                    | id customer_id total status placed_at",
                "select order_sum()                                                      | total",
                "select id from overview                                                 | id customer_id",
                "select more from overview                                               | total customer_id",
                "select \"total\" from public.orders                                     | total",
                "select total from other.orders                                          |",
                "select total from archive.orders                                        |",
                "select id from orders join overview using (id)                          |",
                "update orders set (total, status) = (?, ?)                              |",
            })
    void columnsRead(String sql, String columns) {
        Exercise exercise = of(sql);
        Set<String> expected = columns == null ? Set.of() : Set.of(columns.split(" "));
        for (String column : List.of("id", "customer_id", "total", "status", "placed_at")) {
            assertThat(exercise.column("public.orders." + column).read())
                    .as(column)
                    .isEqualTo(expected.contains(column) ? 7 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update orders set total = ?, status = ? where id = ?           | total status",
                "update only orders as o set (total, status) = (?, ?)           | total status",
                "insert into orders (id, total) values (?, ?)                   | id customer_id total status placed_at",
                "insert into orders default values                              | id customer_id total status placed_at",
                "insert into orders (id) values (?) on conflict (id) do update set total = ? | id customer_id total status placed_at",
                "copy orders (id, total) from stdin                             | id customer_id total status placed_at",
                "delete from orders where id = ?                                |",
                "select total from orders for update                            |",
                "with x as (update orders set status = ? returning id) select id from x | status",
                "merge into orders o using customers c on c.id = o.customer_id when matched then update set total = ? | total",
            })
    void columnsWritten(String sql, String columns) {
        Exercise exercise = of(sql);
        Set<String> expected = columns == null ? Set.of() : Set.of(columns.split(" "));
        for (String column : List.of("id", "customer_id", "total", "status", "placed_at")) {
            assertThat(exercise.column("public.orders." + column).written())
                    .as(column)
                    .isEqualTo(expected.contains(column) ? 7 : 0);
        }
    }

    @Test
    void aBareNameOfSeveralTablesCountsOnlyWhereAnAnswerShowedIt() {
        String sql = "select id from orders, customers";
        assertThat(of(sql).column("public.orders.id").read()).isZero();
        Exercise shown = of(Set.of("public.customers.id"), sql);
        assertThat(shown.column("public.orders.id").read()).isZero();
        assertThat(shown.column("public.customers.id").read()).isEqualTo(7);
    }

    @Test
    void countsAreOfTheTraceAndOfWhatWasCompared() {
        Exercise exercise = of("update orders set total = ? where id = ?", "select total from orders");
        assertThat(exercise.relation("public.orders")).isEqualTo(new Exercise.Counts(20, 14, 10, 7, 2, 3));
        assertThat(exercise.relation("public.customers")).isEqualTo(Exercise.Counts.NONE);
        assertThat(exercise.relations()).containsExactly("public.orders");
        assertThat(exercise.writers("public.orders")).containsExactly("q_0");
        assertThat(exercise.touchedBy("q_1")).containsExactly("public.orders");
    }

    @Test
    void whatIsOnlyWrittenIsNotReadAndWhatIsOnlyReadIsNotWritten() {
        assertThat(of("delete from orders").relation("public.orders"))
                .isEqualTo(new Exercise.Counts(0, 0, 10, 7, 1, 3));
        assertThat(of("table orders").relation("public.orders")).isEqualTo(new Exercise.Counts(10, 7, 0, 0, 1, 0));
        assertThat(of("insert into parted_1 (v) values (?)").relation("public.parted"))
                .isEqualTo(new Exercise.Counts(0, 0, 10, 7, 1, 3));
    }

    @Test
    void countsOfSeveralAreTheirSum() {
        Exercise exercise = of("delete from orders", "select name from customers");
        assertThat(exercise.relations(List.of("public.orders", "public.customers", "public.unknown")))
                .isEqualTo(new Exercise.Counts(10, 7, 10, 7, 2, 3));
        Exercise.Counts counts = new Exercise.Counts(1, 2, 3, 4, 5, 6);
        assertThat(counts.and(new Exercise.Counts(10, 20, 30, 40, 50, 60)))
                .isEqualTo(new Exercise.Counts(11, 22, 33, 44, 55, 66));
    }

    @Test
    void whatWasComparedOnceIsTouched() {
        assertThat(new Exercise.Counts(5, 1, 0, 0, 0, 0).isTouched()).isTrue();
        assertThat(new Exercise.Counts(0, 0, 5, 1, 0, 0).isTouched()).isTrue();
        assertThat(new Exercise.Counts(5, 2, 5, 2, 0, 0).isTouched()).isTrue();
        assertThat(new Exercise.Counts(5, 0, 5, 0, 5, 5).isTouched()).isFalse();
        assertThat(new Exercise.Counts(5, 5, 5, 0, 0, 5).lacksWrite()).isTrue();
        assertThat(new Exercise.Counts(5, 5, 5, 1, 0, 4).lacksWrite()).isFalse();
        assertThat(new Exercise.Counts(5, 5, 0, 0, 0, 0).lacksWrite()).isFalse();
    }

    @Test
    void aNameOfSeveralSchemasIsPublicsElseAnyOfThem() {
        Exercise exercise = of("delete from orders", "delete from ledger");
        assertThat(exercise.relations()).containsExactly("archive.ledger", "books.ledger", "public.orders");
        assertThat(of("delete from archive.orders").relations()).containsExactly("archive.orders");
    }

    @Test
    void aColumnThatTheTableDoesNotHaveIsNotWritten() {
        assertThat(of("update orders set nothing = ?")
                        .column("public.orders.nothing")
                        .written())
                .isZero();
    }

    @Test
    void aWriteToASimpleViewIsItsTables() {
        Exercise exercise = of("update named set name = ?");
        assertThat(exercise.column("public.customers.name").written()).isEqualTo(7);
        assertThat(exercise.column("public.customers.email").written()).isZero();
        assertThat(exercise.relation("public.named").written()).isEqualTo(7);
        assertThat(of("insert into named (name) values (?)")
                        .column("public.customers.email")
                        .written())
                .as("a whole row")
                .isEqualTo(7);
        assertThat(of("update named set name = ?").relation("public.audit").written())
                .as("by the table's trigger")
                .isEqualTo(7);
    }

    @Test
    void functionsThatFunctionsCallAreCalled() {
        Exercise exercise = of("select note_twice()");
        assertThat(exercise.function("public.note_it()").read()).isEqualTo(7);
        assertThat(exercise.relation("public.audit").written()).isEqualTo(7);
        assertThat(of("select id from orders").function("public.note_it()").read())
                .isZero();
    }

    @Test
    void viewsOverViewsAreFollowedSoFar() {
        assertThat(throughViews(4).column("public.base.a").read()).isEqualTo(7);
        assertThat(throughViews(9).column("public.base.a").read())
                .as("less counts as exercised")
                .isZero();
        assertThat(throughViews(9).relation("public.v9").read()).isEqualTo(7);
    }

    private static Exercise throughViews(int count) {
        Catalogs catalog = Catalogs.catalog(16_400).table("base", "a int4");
        for (int i = 1; i <= count; i++) {
            catalog.view("v" + i, "SELECT a FROM " + (i == 1 ? "base" : "v" + (i - 1)), "a int4");
        }
        StatementCount reading = new StatementCount("q_1", "select a from v" + count, 10, 7, 0, 0);
        return Exercise.of(catalog.build(), List.of(reading), column -> false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE FUNCTION f() AS $$SELECT 1$$                       | SELECT 1",
                "CREATE FUNCTION f() AS $b$SELECT $$x$$$b$ LANGUAGE sql    | SELECT $$x$$",
                "CREATE FUNCTION f() RETURN (SELECT 1)                     | CREATE FUNCTION f() RETURN (SELECT 1)",
                "CREATE FUNCTION f() AS $b$SELECT 1                        | CREATE FUNCTION f() AS $b$SELECT 1",
                "CREATE FUNCTION f() AS $b                                 | CREATE FUNCTION f() AS $b",
                "AS $$$$                                                   | ''",
                "AS $$x                                                    | AS $$x",
            })
    void aFunctionsBodyStandsBetweenItsQuotes(String definition, String body) {
        Catalog.Function function = new Catalog.Function(
                1, "public", "f", "", "integer", 'f', 'v', 'u', false, false, "sql", "owner", null, definition);
        assertThat(Schema.body(function)).isEqualTo(body);
    }

    @Test
    void deletesAndTruncatesWriteTheTable() {
        assertThat(of("delete from orders").relation("public.orders").written()).isEqualTo(7);
        assertThat(of("truncate orders, customers").relation("public.customers").written())
                .isEqualTo(7);
        assertThat(of("truncate table orders").relation("public.orders").written())
                .isEqualTo(7);
    }

    @Test
    void triggersWriteToo() {
        Exercise exercise = of("insert into customers (email) values (?)");
        assertThat(exercise.relation("public.audit").written()).isEqualTo(7);
        assertThat(exercise.function("public.note_it()").read()).isEqualTo(7);
    }

    @Test
    void viewsReadTheirTables() {
        Exercise exercise = of("select email from overview");
        assertThat(exercise.column("public.customers.email").read()).isEqualTo(7);
        assertThat(exercise.column("public.customers.name").read()).isZero();
        assertThat(exercise.relation("public.overview").read()).isEqualTo(7);
    }

    @Test
    void partitionsAreReachedThroughTheirTableAndTheOtherWayRound() {
        assertThat(of("select v from parted_1").relation("public.parted").read())
                .isEqualTo(7);
    }

    @Test
    void whoAsksAClockIsNoisy() {
        Exercise exercise = of(
                "insert into audit (what) values (now()::text)",
                "update orders set placed_at = current_timestamp where id = ?",
                "update customers set name = ?");
        assertThat(exercise.isNoisy("public.audit.what")).isTrue();
        assertThat(exercise.isNoisy("public.orders.placed_at")).isTrue();
        assertThat(exercise.isNoisy("public.orders.total")).isFalse();
        assertThat(exercise.isNoisy("public.customers")).isFalse();
    }
}
