package dev.understudy.replay.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementColumnsTest {
    private static final Map<String, List<String>> TABLES = Map.of(
            "orders", List.of("id", "customer_id", "qty", "note"),
            "items", List.of("order_id", "line", "sku", "note"),
            "customers", List.of("id", "name"));

    private static StatementColumns read(String sql) {
        return StatementColumns.read(
                sql, (schema, table) -> schema.equals("other") ? List.of() : TABLES.getOrDefault(table, List.of()));
    }

    /** Each value with its column, as {@code table.column=text}. */
    private static String columns(String sql) {
        return read(sql).operands().stream()
                .map(operand -> operand.table() + "." + operand.column() + (operand.many() ? "@" : "=")
                        + sql.substring(operand.start(), operand.end()))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "UPDATE orders SET qty = 42 WHERE id = 42 | orders.qty=42 orders.id=42",
                "SELECT * FROM orders WHERE id = '42' AND note = 'it''s' | orders.id=42",
                "SELECT * FROM orders o WHERE o.id = $1::bigint OR o.qty < 3 | orders.id=$1 orders.qty=3",
                "SELECT * FROM orders WHERE 42 = id | orders.id=42",
                "SELECT * FROM orders WHERE id = 42 + 1 | ~~",
                "SELECT * FROM orders WHERE id + 1 = 42 | ~~",
                "SELECT * FROM orders WHERE id = -42 | ~~",
                "SELECT * FROM orders WHERE id IN (1, 2, 1 + 2) | orders.id=1 orders.id=2",
                "SELECT * FROM orders WHERE id NOT IN ($1, $2) LIMIT 42 | orders.id=$1 orders.id=$2",
                "SELECT * FROM orders WHERE id = ANY($1) | orders.id@$1",
                "SELECT * FROM orders WHERE id = ANY('{1,2}'::int[]) | orders.id@{1,2}",
                "SELECT * FROM orders WHERE id = ANY(ARRAY[1, 2]) | orders.id=1 orders.id=2",
                "SELECT * FROM orders WHERE id BETWEEN 1 AND 2 AND qty = 3 | orders.id=1 orders.id=2 orders.qty=3",
                "SELECT * FROM orders WHERE id IS NOT DISTINCT FROM 1 | orders.id=1",
                "SELECT * FROM orders JOIN items ON order_id = id AND line = 1 WHERE orders.id = 2 | items.line=1 orders.id=2",
                "SELECT * FROM orders, customers WHERE id = 1 | ~~",
                "SELECT * FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE id = 7) | customers.id=7",
                "SELECT * FROM customers WHERE EXISTS (SELECT FROM items WHERE sku = 'x' AND name = 'y') | items.sku=x customers.name=y",
                "SELECT * FROM (SELECT * FROM orders WHERE id = 1) o WHERE id = 2 | orders.id=1",
                "SELECT * FROM generate_series(1, 2) id, customers c WHERE qty = 1 | ~~",
                "WITH o AS (SELECT * FROM orders WHERE id = 1) SELECT * FROM o WHERE id = 2 | orders.id=1",
                "WITH orders AS (SELECT 1 AS id) SELECT * FROM orders WHERE id = 2 | ~~",
                "SELECT * FROM orders WHERE id = 1 UNION SELECT * FROM customers WHERE id = 2 | orders.id=1 customers.id=2",
                "DELETE FROM items USING orders WHERE order_id = orders.id AND orders.id = 9 | orders.id=9",
                "UPDATE orders SET note = 'a' FROM items WHERE items.note = 'b' | orders.note=a items.note=b",
                "INSERT INTO items (order_id, line) VALUES (42, $1), (DEFAULT, 1 + 1) | items.order_id=42 items.line=$1",
                "INSERT INTO items VALUES (42, 1, 'x') ON CONFLICT (order_id) DO UPDATE SET line = 3 WHERE items.line = 4 | items.order_id=42 items.line=1 items.sku=x items.line=3 items.line=4",
                "INSERT INTO orders (qty) SELECT qty FROM orders WHERE id = 5 | orders.id=5",
                "SELECT * FROM other.orders WHERE id = 1 | ~~",
                "SELECT * FROM orders WHERE lower(id) = 1 AND coalesce(id, 2) = 3 | ~~",
                "DECLARE c CURSOR FOR SELECT * FROM orders WHERE id = 1 | orders.id=1",
                "EXPLAIN (ANALYZE) UPDATE orders SET qty = 1 WHERE id = 2 | orders.qty=1 orders.id=2",
                "SELECT * FROM orders WHERE id = ('42'::int8) AND qty IN ((1), (('2'::int4)), 3) | orders.id=42 orders.qty=1 orders.qty=2 orders.qty=3",
                "INSERT INTO items (order_id, line) VALUES (('42'::int8), ((1))) | items.order_id=42 items.line=1",
                "SELECT * FROM orders WHERE id = (SELECT 42) AND qty = abs(3) AND (id) = (4) + 1 | ~~",
                "CREATE TABLE x (id int DEFAULT 42) | ~~",
            })
    void aValueStandsForTheColumnThatNamesProve(String sql, String expected) {
        assertThat(columns(sql)).isEqualTo(expected);
    }

    @Test
    void whatAnInsertGivesIsToldFromWhatTheServerDraws() {
        StatementColumns read =
                read("INSERT INTO orders (id, customer_id, qty) VALUES (nextval('s'), 1 + 1, 3) RETURNING id, note");

        assertThat(read.insert())
                .isEqualTo(new StatementColumns.Insert("", "orders", java.util.Set.of("customer_id", "qty")));
        assertThat(read("INSERT INTO orders SELECT * FROM orders").insert())
                .isEqualTo(new StatementColumns.Insert("", "orders", java.util.Set.copyOf(TABLES.get("orders"))));
        assertThat(read("INSERT INTO orders DEFAULT VALUES").insert())
                .isEqualTo(new StatementColumns.Insert("", "orders", java.util.Set.of()));
    }

    @Test
    void columnsThatAreOneFunctionsValue() {
        assertThat(read("SELECT 1, nextval('public.s'::regclass) AS id, lastval() id, currval('s') + 1 FROM orders")
                        .calls())
                .extracting(call -> call.function() + ":" + call.argument())
                .containsExactly(":", "nextval:public.s", "lastval:", ":");
        assertThat(read("SELECT *, lastval() FROM orders").calls()).isEmpty();
        assertThat(read("SELECT lastval(), o.* FROM orders o").calls())
                .extracting(StatementColumns.Call::function)
                .containsExactly("lastval");
    }

    @Test
    void aViewsColumnsAreThoseThatItsQueryNames() {
        List<StatementColumns.Origin> origins = StatementColumns.origins(
                " SELECT o.id,\n c.name AS customer,\n o.qty + 1 AS more,\n qty\n FROM orders o JOIN customers c ON c.id = o.customer_id;",
                (schema, table) -> TABLES.getOrDefault(table, List.of()));

        assertThat(origins)
                .containsExactly(
                        new StatementColumns.Origin("", "orders", "id"),
                        new StatementColumns.Origin("", "customers", "name"),
                        null,
                        new StatementColumns.Origin("", "orders", "qty"));
        assertThat(Stream.of("SELECT * FROM orders", "VALUES (1)", "SELECT id FROM orders UNION SELECT 1")
                        .map(query -> StatementColumns.origins(query, (schema, table) -> List.of("id"))))
                .allMatch(List::isEmpty);
    }
}
