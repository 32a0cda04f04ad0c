package dev.understudy.replay.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.exchange.Parameter;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessResolverTest {
    private static final Catalog SHOP = new Schemas()
            .table("users", "id int4", "email text", "name text")
            .table("orders", "id int8 nextval('orders_id_seq')", "user_id int4", "note text", "price numeric")
            .table("items", "order_id int8", "line int4", "sku uuid")
            .table("log", "at timestamptz", "what text")
            .table("events", "id int8", "kind text")
            .child("events_2026", "events", "id int8", "kind text")
            .view("customers", " SELECT u.id, u.email FROM users u;", "id int4", "email text")
            .foreignKey("orders", 2, "users", 1, "ON DELETE CASCADE")
            .foreignKey("items", 1, "orders", 1, "")
            .function("audit", 'v', "BEGIN INSERT INTO log VALUES (now(), NEW.note); RETURN NEW; END")
            .function("total", 's', "BEGIN RETURN (SELECT sum(price) FROM orders); END")
            .trigger("items", "AFTER INSERT", "audit")
            .build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT * FROM users WHERE id = 5                                   | users{id=5}
            select name from public.users u where u.id=5 and u.name like 'a%'  | users{id=5}
            SELECT * FROM "users" WHERE "id" = '5' AND email = 'it''s'         | users{email=it's, id=5}
            SELECT * FROM users WHERE id = 5::bigint                           | users{id=5}
            SELECT * FROM users WHERE id IN (5, -6)                            | users{id=-6 5}
            SELECT * FROM users WHERE (id = 5) AND ((name = 'x'))              | users{id=5, name=x}
            SELECT * FROM users WHERE id = 5 OR id = 6                         | users{}
            SELECT * FROM users WHERE NOT id = 5                               | users{}
            SELECT * FROM users WHERE id = 5 + 1                               | users{}
            SELECT * FROM users WHERE id = 5.5                                 | users{}
            SELECT * FROM users WHERE id = '5'::text                           | users{}
            SELECT * FROM users WHERE name = E'a\\n'                           | users{}
            SELECT * FROM users WHERE id BETWEEN 1 AND 9 AND name = 'x'        | users{name=x}
            SELECT * FROM users WHERE name BETWEEN 'a' AND id = 5              | users{}
            SELECT * FROM users WHERE CASE WHEN true THEN true AND id = 5 END  | users{}
            SELECT * FROM users WHERE id = NULL                                | users{id=}
            SELECT * FROM users WHERE id = 5 LIMIT 1                           | users{id=5}
            SELECT a IS DISTINCT FROM b FROM users WHERE id = 5 FOR UPDATE     | users{id=5}
            SELECT 1                                                           | ``
            SELECT count(*) FROM users                                         | users{}
            TABLE users                                                        | users{}
            SELECT * FROM orders WHERE price = 5                               | orders{}
            SELECT * FROM users u JOIN orders o ON o.user_id = u.id WHERE o.id = 7 | orders{id=7} users{}
            SELECT * FROM users u, orders WHERE orders.id = 7 AND u.id = 5     | orders{id=7} users{id=5}
            SELECT * FROM users u, orders o WHERE id = 7                       | orders{} users{}
            SELECT * FROM (users u LEFT JOIN orders o ON true) WHERE u.id = 5  | orders{} users{id=5}
            SELECT * FROM users WHERE id = 5 AND EXISTS (SELECT 1 FROM orders WHERE user_id = 5) | orders{user_id=5} users{id=5}
            SELECT (SELECT max(id) FROM orders) FROM users WHERE id = 5        | orders{} users{id=5}
            SELECT * FROM users WHERE id = 5 UNION ALL SELECT * FROM users WHERE id = 6 | users{id=5} users{id=6}
            (SELECT * FROM users WHERE id = 5) UNION (SELECT * FROM orders)    | orders{} users{id=5}
            WITH x AS (SELECT * FROM orders WHERE id = 7) SELECT * FROM x JOIN users ON true | orders{id=7} users{} x{}
            SELECT * FROM (SELECT * FROM orders WHERE id = 7) o, LATERAL (SELECT * FROM users) u | orders{id=7} users{}
            SELECT * FROM generate_series(1, 3) g JOIN users u ON u.id = g     | users{}
            SELECT * FROM customers WHERE id = 5                               | users{}
            SELECT * FROM events_2026 WHERE id = 5                             | events{id=5}
            SELECT total()                                                     | orders{}
            SELECT * FROM unknown_table WHERE id = 5                           | unknown_table{}
            COPY users TO STDOUT                                               | users{}
            COPY (SELECT * FROM users WHERE id = 5) TO STDOUT                  | users{id=5}
            DECLARE c CURSOR FOR SELECT * FROM users WHERE id = 5              | users{id=5}
            EXPLAIN (ANALYZE) SELECT * FROM users WHERE id = 5                 | users{id=5}
            """)
    void whatIsRead(String sql, String expected) {
        Accesses accesses = of(sql);
        assertThat(shown(accesses.reads())).isEqualTo(expected);
        assertThat(accesses.writes()).isEmpty();
        assertThat(accesses.readsAnything()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            INSERT INTO users VALUES (5, 'a@b', 'x')               | users{email=a@b, id=5, name=x}    | ``
            INSERT INTO users (name, id) VALUES ('x', 5), ('y', 6) | users{id=5, name=x} users{id=6, name=y} | ``
            INSERT INTO users (id, name) VALUES (5, now()::text) RETURNING id | users{id=5} | ``
            INSERT INTO users (id, name) VALUES (5, NULL)          | users{id=5, name=NULL}            | ``
            INSERT INTO users (id) SELECT id FROM orders WHERE id = 7 | users{}                        | orders{id=7}
            INSERT INTO users VALUES (5, 'a', 'x') ON CONFLICT (id) DO UPDATE SET name = 'y' | users{id=5} | users{id=5}
            INSERT INTO users VALUES (5, 'a', 'x') ON CONFLICT (id) DO UPDATE SET id = 6 | users{}     | users{id=5}
            INSERT INTO users VALUES (5, 'a', 'x') ON CONFLICT DO NOTHING | users{}                    | users{}
            INSERT INTO users DEFAULT VALUES                       | users{}                           | ``
            UPDATE users SET name = 'y' WHERE id = 5               | users{id=5}                       | users{id=5}
            UPDATE ONLY users AS u SET name = 'y' WHERE u.id = 5 AND u.name = 'x' | users{id=5}        | users{id=5, name=x}
            UPDATE users SET (id, name) = (6, 'y') WHERE id = 5    | users{}                           | users{id=5}
            UPDATE users u SET name = o.note FROM orders o WHERE u.id = 5 AND o.id = 7 | users{id=5}   | orders{id=7} users{id=5}
            DELETE FROM items WHERE order_id = 7 AND line = 1      | items{line=1, order_id=7}         | items{line=1, order_id=7}
            DELETE FROM items USING orders o WHERE o.id = 7        | items{}                           | items{} orders{id=7}
            DELETE FROM users WHERE id = 5                         | orders{user_id=5} users{id=5}     | users{id=5}
            WITH d AS (DELETE FROM items WHERE line = 1 RETURNING *) SELECT * FROM d | items{line=1}   | d{} items{line=1}
            MERGE INTO users u USING orders o ON o.user_id = u.id WHEN MATCHED THEN DELETE | users{} orders{} | users{} orders{}
            TRUNCATE TABLE users, public.items RESTART IDENTITY    | items{} users{}                   | ``
            COPY items FROM STDIN                                  | items{} log{}                     | log{}
            UPDATE items SET line = 2 WHERE order_id = 7           | items{order_id=7}                 | items{order_id=7}
            INSERT INTO items (order_id, line) VALUES (7, 1)       | items{line=1, order_id=7} log{}   | log{}
            CREATE INDEX i ON users (id)                           | ``                                | ``
            ALTER TABLE users ADD x int                            | orders{} users{}                  | users{}
            DO $$ BEGIN UPDATE users SET name = 'x'; END $$        | users{}                           | users{}
            SET search_path = users                                | ``                                | ``
            """)
    void whatIsWritten(String sql, String written, String read) {
        Accesses accesses = of(sql);
        assertThat(shown(accesses.writes().stream().map(Write::reach).toList())).isEqualTo(sorted(written));
        assertThat(shown(accesses.reads())).isEqualTo(sorted(read));
        assertThat(accesses.writesAnything()).isFalse();
    }

    @Test
    void parametersAreReadInBothFormats() {
        String sql = "SELECT * FROM items WHERE order_id = $1 AND sku = $2 AND line = ANY($3)";
        String uuid = "00000000-0000-0000-0000-00000000002a";
        assertThat(shown(of(sql, text(0, "7"), text(0, uuid), text(PgType.INT4.arrayOid(), "{1,2}"))
                        .reads()))
                .isEqualTo("items{line=1 2, order_id=7, sku=" + uuid + "}");
        Parameter seven = new Parameter(PgType.INT8.oid(), 1, Unpooled.copyLong(7));
        Parameter sku = new Parameter(0, 1, Unpooled.copyLong(0, 42));
        Parameter lines = text(0, "{3}");
        assertThat(shown(of(sql, seven, sku, lines).reads())).isEqualTo("items{line=3, order_id=7, sku=" + uuid + "}");
        assertThat(shown(of(sql, text(PgType.FLOAT8.oid(), "7"), sku, text(PgType.TEXT.arrayOid(), "{1}"))
                        .reads()))
                .isEqualTo("items{sku=" + uuid + "}");
        assertThat(shown(of(sql).reads())).isEqualTo("items{}");
    }

    @Test
    void whatRunsTextThatIsNotHereMayDoAnything() {
        assertThat(of("EXECUTE q(1)").writesAnything()).isTrue();
        assertThat(of("FETCH 10 FROM c").readsAnything()).isTrue();
        assertThat(of("FETCH 10 FROM c").writesAnything()).isFalse();
        assertThat(of("DO $$ BEGIN EXECUTE 'DROP TABLE users'; END $$").writesAnything())
                .isTrue();
        assertThat(of("SELECT * FROM users WHERE id = 'x").writesAnything()).isTrue();
    }

    @Test
    void foreignKeysAreLookedAtWhereTheyFail() {
        assertThat(shown(of("INSERT INTO orders (id, user_id) VALUES (7, 5)").checks()))
                .isEqualTo("users{id=5}");
        assertThat(shown(of("INSERT INTO orders (id) VALUES (7)").checks())).isEmpty();
        assertThat(shown(of("DELETE FROM orders WHERE id = 7").checks())).isEqualTo("items{order_id=7}");
        assertThat(shown(of("UPDATE orders SET user_id = 6 WHERE id = 7").checks()))
                .isEqualTo("users{}");
        assertThat(shown(of("UPDATE orders SET note = 'n' WHERE id = 7").checks()))
                .isEmpty();
    }

    @Test
    void idsFromSequencesAreNoted() {
        assertThat(of("INSERT INTO orders (user_id) VALUES (5)").writes().get(0).generated())
                .isTrue();
        assertThat(of("INSERT INTO orders (id, user_id) VALUES (7, 5)")
                        .writes()
                        .get(0)
                        .generated())
                .isFalse();
    }

    @Test
    void aTriggerThatMayChangeAColumnTakesItsValueAway() {
        String keepsKey = "BEGIN NEW.a := upper(NEW.a); RETURN NEW; END";
        String anyColumn = "BEGIN NEW := jsonb_populate_record(NEW, '{}'); RETURN NEW; END";
        assertThat(inserted("BEFORE INSERT", keepsKey)).isEqualTo("t{b=y, id=1}");
        assertThat(inserted("BEFORE INSERT", anyColumn)).isEqualTo("t{}");
        assertThat(inserted("AFTER INSERT", anyColumn)).isEqualTo("t{a=x, b=y, id=1}");
    }

    private static String inserted(String when, String body) {
        Schemas schema = new Schemas().table("t", "id int4", "a text", "b text");
        Relations relations = Relations.of(
                List.of(schema.function("f", 'v', body).trigger("t", when, "f").build()));
        return shown(new AccessResolver(relations)
                .of("INSERT INTO t VALUES (1, 'x', 'y')", List.of()).writes().stream()
                        .map(Write::region)
                        .toList());
    }

    @Test
    void aColumnThatTheArmsHaveInDifferentTypesProvesNothing() {
        Catalog old = new Schemas().table("t", "id int4", "code int4").build();
        Catalog migrated = new Schemas().table("t", "id int8", "code text").build();
        AccessResolver resolver = new AccessResolver(Relations.of(List.of(old, migrated)));
        assertThat(shown(resolver.of("SELECT * FROM t WHERE id = 5 AND code = 6", List.of())
                        .reads()))
                .isEqualTo("t{id=5}");
    }

    private static Accesses of(String sql, Parameter... parameters) {
        return new AccessResolver(Relations.of(List.of(SHOP))).of(sql, List.of(parameters));
    }

    private static Parameter text(int type, String value) {
        return new Parameter(type, 0, Unpooled.copiedBuffer(value, StandardCharsets.UTF_8));
    }

    private static String sorted(String regions) {
        return String.join(
                " ", new TreeSet<>(Stream.of(regions.split(" (?=[a-z_]+\\{)")).toList()));
    }

    private static String shown(List<Region> regions) {
        TreeSet<String> shown = new TreeSet<>();
        for (Region region : regions) {
            Map<String, String> where = new TreeMap<>();
            region.where()
                    .forEach((column, values) -> where.put(
                            column,
                            String.join(
                                    " ",
                                    values.stream().map(Value::text).sorted().toList())));
            shown.add(region.table().replace("public.", "") + where);
        }
        return String.join(" ", shown);
    }
}
