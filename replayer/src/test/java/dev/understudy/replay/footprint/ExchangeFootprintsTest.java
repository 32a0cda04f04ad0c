package dev.understudy.replay.footprint;

import static dev.understudy.replay.generated.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.exchange.StatementBook;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.pgwire.value.Value;
import dev.understudy.replay.access.Schemas;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.schedule.AnswerFacts;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.Touch;
import dev.understudy.replay.schedule.Touch.Use;
import dev.understudy.replay.schedule.Turn;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExchangeFootprintsTest {
    private static final int INT8 = 20;
    private static final String ORDERS = "public.orders";
    private static final String ITEMS = "public.items";

    private static final Catalog CATALOG = new Schemas()
            .table("orders", "id int8 nextval('orders_id_seq'::regclass)", "code text", "total int8")
            .table("items", "order_id int8", "no int8", "qty int8")
            .table("log", "line text")
            .role("strict", "work_mem=8MB", "default_transaction_isolation=serializable")
            .unique("orders", true, 1)
            .unique("orders", false, 2)
            .unique("items", true, 1, 2)
            .foreignKey("items", 1, "orders", 1, "")
            .function("book", 'v', "BEGIN UPDATE orders SET total = 0; PERFORM nextval('bills'); END")
            .build();

    private final ExchangeFootprints footprints = new ExchangeFootprints(CATALOG, List.of(CATALOG));
    private final StatementBook book = new StatementBook();
    private SessionInfo session = new SessionInfo(7, 0, "app", "shop", Map.of(), null);

    @Test
    void aRowIsToldByItsKey() {
        assertThat(run("SELECT total FROM orders WHERE id = 5", "SELECT 1"))
                .containsExactly(touch(ORDERS, 5, Use.READ));
        assertThat(run("SELECT total FROM orders WHERE code = 'x'", "SELECT 1"))
                .containsExactly(touch(ORDERS, Use.READ));
        assertThat(run("UPDATE items SET qty = 1 WHERE no = 2 AND order_id = 5", "UPDATE 1"))
                .containsExactly(new Touch(ITEMS, List.of(new Value.Int(5), new Value.Int(2)), Use.WRITE));
    }

    @Test
    void whatLocksRowsSaysHow() {
        assertThat(run("SELECT 1 FROM orders WHERE id = 5 FOR UPDATE", "SELECT 1"))
                .containsExactly(touch(ORDERS, 5, Use.WRITE));
        assertThat(run("SELECT 1 FROM orders WHERE id = 5 FOR KEY SHARE", "SELECT 1"))
                .containsExactly(touch(ORDERS, 5, Use.SHARE));
        assertThat(run("LOCK TABLE orders", "LOCK TABLE")).containsExactly(touch(ORDERS, Use.EXCLUDE));
        assertThat(run("LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE", "LOCK TABLE"))
                .containsExactly(touch(ORDERS, Use.WRITE));
    }

    @Test
    void whoFindsNoRowOnlyMissedIt() {
        assertThat(run("UPDATE orders SET total = 1 WHERE id = 5", "UPDATE 0"))
                .containsExactly(touch(ORDERS, 5, Use.MISS));
        assertThat(run("SELECT 1 FROM orders WHERE id = 5 FOR UPDATE", "SELECT 0"))
                .containsExactly(touch(ORDERS, 5, Use.MISS));
    }

    @Test
    void whatIsRemovedIsMissedInEveryIndexAndByWhoRefersToIt() {
        assertThat(run("DELETE FROM orders WHERE id = 5", "DELETE 1"))
                .contains(
                        touch(ORDERS, 5, Use.REMOVE),
                        new Touch(ORDERS + "#[code]", null, Use.WRITE),
                        touch(ORDERS + "![id]", 5, Use.WRITE));
    }

    @Test
    void anUpdateIsInNobodysWayWhoRefersToTheRow() {
        assertThat(run("UPDATE orders SET total = 1 WHERE id = 5", "UPDATE 1"))
                .containsExactly(touch(ORDERS, 5, Use.WRITE));
        assertThat(run("INSERT INTO items (order_id, no) VALUES (5, 1)", "INSERT 0 1"))
                .containsExactlyInAnyOrder(
                        new Touch(ITEMS, List.of(new Value.Int(5), new Value.Int(1)), Use.WRITE),
                        touch(ORDERS + "![id]", 5, Use.SHARE));
    }

    @Test
    void anInsertDrawsAndItsAnswerRevealsWhen() {
        ByteBuf answer = answer().columns(Schemas.oidOf(0), 1, INT8, 0)
                .row("41")
                .done("INSERT 0 1")
                .ready();

        List<Touch> touches = run("INSERT INTO orders (code) VALUES ('x') RETURNING id", answer);

        assertThat(touches)
                .contains(
                        new Touch(
                                RowTouches.SEQUENCES,
                                "orders_id_seq",
                                Use.DRAW,
                                new Turn("orders_id_seq", List.of(41L))),
                        new Touch(ORDERS + "#[code]", new Value.Text("x"), Use.WRITE));
        assertThat(touches).as("an id that is given is drawn by nobody").hasSizeGreaterThan(2);
        assertThat(run("INSERT INTO orders (id, code) VALUES (5, 'x')", "INSERT 0 1"))
                .noneMatch(touch -> touch.table().equals(RowTouches.SEQUENCES));
    }

    @Test
    void rowsWithoutAnyUniqueIndexAreInNobodysWay() {
        assertThat(run("INSERT INTO log VALUES ('x')", "INSERT 0 1")).containsExactly(touch("public.log", Use.ADD));
    }

    @Test
    void aQueueRevealsWhoTookItsFirstRow() {
        String claim = "SELECT id FROM orders ORDER BY total DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED";
        ByteBuf answer = answer().columns(Schemas.oidOf(0), 1, INT8, 0)
                .row("41")
                .done("SELECT 1")
                .ready();

        assertThat(run(claim, answer)).as("total is not in the answer").containsExactly(touch(ORDERS, Use.WRITE));
        String byId = "SELECT id AS c FROM orders o ORDER BY o.c LIMIT 1 FOR UPDATE SKIP LOCKED";
        assertThat(run(
                        byId,
                        answer().columns(Schemas.oidOf(0), 1, INT8, 0)
                                .row("41")
                                .done("SELECT 1")
                                .ready()))
                .containsExactly(new Touch(ORDERS, null, Use.WRITE, new Turn(byId, List.of(41L))));
    }

    @Test
    void functionsAreFollowed() {
        assertThat(run("SELECT book()", "SELECT 1"))
                .contains(touch(ORDERS, Use.WRITE), new Touch(RowTouches.SEQUENCES, null, Use.DRAW));
        assertThat(run("SELECT now(), md5('x')", "SELECT 1")).isEmpty();
        assertThat(run("SELECT pg_advisory_lock(1)", "SELECT 1"))
                .containsExactly(new Touch(RowTouches.ADVISORY_LOCKS, null, Use.HOLD));
    }

    @Test
    void aTransactionOfOneSnapshotTakesItByItsFirstStatement() {
        run("BEGIN ISOLATION LEVEL REPEATABLE READ", "BEGIN", TransactionStatus.IN_TRANSACTION);
        assertThat(run("SELECT total FROM orders WHERE id = 5", "SELECT 1", TransactionStatus.IN_TRANSACTION))
                .contains(new Touch(Touch.ANYTHING, null, Use.READ));
        assertThat(run("SELECT total FROM orders WHERE id = 5", "SELECT 1", TransactionStatus.IN_TRANSACTION))
                .containsExactly(touch(ORDERS, 5, Use.READ));
        run("COMMIT", "COMMIT");
        assertThat(run("SELECT total FROM orders WHERE id = 5", "SELECT 1"))
                .containsExactly(touch(ORDERS, 5, Use.READ));
    }

    @Test
    void aTransactionThatFollowsAtOnceTakesASnapshotOfItsOwn() {
        Touch snapshot = new Touch(Touch.ANYTHING, null, Use.READ);
        run("BEGIN ISOLATION LEVEL SERIALIZABLE", "BEGIN", TransactionStatus.IN_TRANSACTION);
        assertThat(select()).contains(snapshot);
        run("COMMIT AND CHAIN", "COMMIT", TransactionStatus.IN_TRANSACTION);
        assertThat(select()).contains(snapshot);
        assertThat(select()).doesNotContain(snapshot);
        run("ROLLBACK AND NO CHAIN", "ROLLBACK");
        run("BEGIN", "BEGIN", TransactionStatus.IN_TRANSACTION);
        assertThat(select()).doesNotContain(snapshot);
    }

    @Test
    void whichSnapshotsAreSeenByDefaultIsKnown() {
        Touch snapshot = new Touch(Touch.ANYTHING, null, Use.READ);
        run("BEGIN", "BEGIN", TransactionStatus.IN_TRANSACTION);
        assertThat(select()).doesNotContain(snapshot);
        for (Map<String, String> startup : List.of(
                Map.of("default_transaction_isolation", "serializable"),
                Map.of("options", "-c default_transaction_isolation=repeatable\\ read"),
                Map.of("user", "strict"))) {
            assertThat(select(startup)).as("%s", startup).contains(snapshot);
        }
        for (Map<String, String> startup : List.of(
                Map.of("user", "strict", "default_transaction_isolation", "read committed"),
                Map.of("user", "strict", "options", "--default-transaction-isolation=read\\ committed"),
                Map.of("user", "app"))) {
            assertThat(select(startup)).as("%s", startup).doesNotContain(snapshot);
        }
    }

    @Test
    void resettingReturnsToWhatTheSessionHadAtItsStart() {
        Touch snapshot = new Touch(Touch.ANYTHING, null, Use.READ);
        begin(Map.of("user", "strict"));
        run("SET default_transaction_isolation = 'read committed'", "SET");
        run("BEGIN", "BEGIN", TransactionStatus.IN_TRANSACTION);
        assertThat(select()).doesNotContain(snapshot);
        run("COMMIT", "COMMIT");
        run("DISCARD ALL", "DISCARD ALL");
        run("BEGIN", "BEGIN", TransactionStatus.IN_TRANSACTION);
        assertThat(select()).contains(snapshot);
    }

    @Test
    void rowsOfTablesThatAreWrittenByKeyAreShown() {
        ByteBuf seen =
                answer().columns(1, 2, INT8, 0).row("10").done("SELECT 1").ready();
        ByteBuf left =
                answer().columns(1, 2, INT8, 0).row("11").done("UPDATE 1").ready();

        assertThat(run("SELECT total FROM orders WHERE id = 5", seen).get(0).version())
                .as("nobody has written such rows")
                .isNull();
        assertThat(run("UPDATE orders SET total = 11 WHERE id = 5 RETURNING total", left))
                .filteredOn(touch -> touch.table().equals(ORDERS))
                .singleElement()
                .satisfies(touch -> assertThat(touch.version()).isNotNull());
        assertThat(run("SELECT total FROM orders WHERE id = 5", seen).get(0).version())
                .isNotNull();
        assertThat(run("SELECT total FROM orders WHERE id > 5", seen))
                .as("a row of which the key is not told")
                .allSatisfy(touch -> assertThat(touch.version()).isNull());
        assertThat(run("SELECT total FROM orders WHERE id = 5", "SELECT 0"))
                .as("no row")
                .allSatisfy(touch -> assertThat(touch.version()).isNull());
    }

    /** One more transaction of another session. */
    private List<Touch> select(Map<String, String> startup) {
        begin(startup);
        run("BEGIN", "BEGIN", TransactionStatus.IN_TRANSACTION);
        return select();
    }

    private void begin(Map<String, String> startup) {
        footprints.end(session.session());
        session = new SessionInfo(7, 0, startup.getOrDefault("user", "app"), "shop", startup, null);
    }

    private List<Touch> select() {
        return run("SELECT total FROM orders WHERE id = 5", "SELECT 1", TransactionStatus.IN_TRANSACTION);
    }

    @Test
    void aCursorTouchesWhereItIsFetched() {
        run(
                "DECLARE c CURSOR FOR SELECT id FROM orders FOR UPDATE",
                "DECLARE CURSOR",
                TransactionStatus.IN_TRANSACTION);
        assertThat(run("FETCH 5 FROM c", "FETCH 5", TransactionStatus.IN_TRANSACTION))
                .containsExactly(touch(ORDERS, Use.WRITE));
    }

    @Test
    void whatCantBeFollowedMayTouchAnything() {
        for (String sql : List.of(
                "ALTER TABLE orders ADD x int",
                "EXECUTE s",
                "COMMIT PREPARED 'g'",
                "VACUUM orders",
                "SELECT query_to_xml('…')")) {
            assertThat(run(sql, "OK")).as(sql).containsExactly(Touch.anything());
        }
        assertThat(bound("unknown", "1"))
                .as("a statement of which no text is known")
                .containsExactly(Touch.anything());
    }

    @Test
    void afterAChangeOfCodeNothingIsProvenAnyMore() {
        run("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE FUNCTION");
        assertThat(run("SELECT total FROM orders WHERE id = 5", "SELECT 1")).containsExactly(Touch.anything());
    }

    @Test
    void statementsOfASessionThatWasOpenAreKnown() {
        book.prepared(Frames.frames()
                .parse("s", "SELECT 1 FROM orders WHERE id = $1", INT8)
                .bytes());

        assertThat(bound("s", "5")).containsExactly(touch(ORDERS, 5, Use.READ));
    }

    private List<Touch> bound(String statement, String value) {
        ByteBuf answer = answer().empty((byte) '2').done("SELECT 0").ready();
        return run(Frames.frames().bind(statement, value).execute().sync().bytes(), answer, TransactionStatus.IDLE);
    }

    private List<Touch> run(String sql, String tag) {
        return run(sql, tag, TransactionStatus.IDLE);
    }

    private List<Touch> run(String sql, String tag, TransactionStatus after) {
        return run(Frames.simple(sql), answer().done(tag).ready(), after);
    }

    private List<Touch> run(String sql, ByteBuf answer) {
        return run(Frames.simple(sql), answer, TransactionStatus.IDLE);
    }

    private List<Touch> run(ByteBuf request, ByteBuf answer, TransactionStatus after) {
        return footprints.of(
                session,
                new RecordedExchange(
                        new ExchangeId(7, 1),
                        1,
                        0,
                        TransactionStatus.IDLE,
                        after,
                        Set.of(),
                        request,
                        answer,
                        List.of(),
                        List.of(),
                        AnswerFacts.NONE,
                        0,
                        0,
                        true),
                Interpreter.interpret(request, answer, book));
    }

    private static Touch touch(String table, Use use) {
        return new Touch(table, null, use);
    }

    private static Touch touch(String table, @Nullable Integer key, Use use) {
        return new Touch(table, key == null ? null : new Value.Int(key), use);
    }
}
