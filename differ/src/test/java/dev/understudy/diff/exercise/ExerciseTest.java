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
            .trigger("noting", "customers", "note_it")
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
