package dev.understudy.replay.generated;

import static dev.understudy.replay.generated.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.exchange.BindBody;
import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.exchange.Parameter;
import dev.understudy.pgwire.exchange.StatementBook;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.replay.access.Schemas;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GeneratedValuesTest {
    private static final int INT4 = PgType.INT4.oid();
    private static final int INT8 = PgType.INT8.oid();
    private static final int UUID_TYPE = PgType.UUID.oid();
    private static final int ORDERS = Schemas.oidOf(0);
    private static final int PARCELS = Schemas.oidOf(2);
    private static final Catalog CATALOG = new Schemas()
            .table("orders", "id int4 nextval('orders_id_seq'::regclass)", "qty int4", "note text")
            .table("items", "order_id int8", "line int4", "sku text")
            .table("parcels", "id uuid gen_random_uuid()", "order_id int4")
            .view("order_list", " SELECT o.id AS number,\n o.qty\n FROM orders o;", "number int4", "qty int4")
            .table("invoices", "id int8", "note text")
            .foreignKey("items", 1, "orders", 1, "")
            .foreignKey("parcels", 2, "orders", 1, "")
            .primaryKey("orders", 1)
            .primaryKey("invoices", 1)
            .sequence("orders_id_seq", 5_000)
            .sequence("invoice_numbers", 1)
            .build();

    private static final Catalog ARM =
            new Schemas().sequence("orders_id_seq", 5_100).build();

    private final GeneratedReader reader = new GeneratedReader(Domains.of(CATALOG));
    private final GeneratedValues values = new GeneratedValues(List.of(SequenceStarts.of(ARM)));
    private final Map<Long, StatementBook> books = new HashMap<>();
    private long ordinal;

    private record Exchange(ExchangeId id, Generated generated, ByteBuf request) {}

    private Exchange recorded(ByteBuf request, ByteBuf answer) {
        return new Exchange(new ExchangeId(1, ordinal++), read(1, request, answer), request);
    }

    private Generated read(long session, ByteBuf request, ByteBuf answer) {
        StatementBook book = books.computeIfAbsent(session, id -> new StatementBook());
        return reader.concerns(session, request)
                ? reader.read(session, request, Interpreter.interpret(request, answer, book), true)
                : Generated.NONE;
    }

    private Exchange recorded(String sql, ByteBuf answer) {
        return recorded(Frames.simple(sql), answer);
    }

    private ByteBuf sent(Exchange exchange) {
        ByteBuf rewritten = values.request(0, exchange.id(), exchange.generated(), exchange.request());
        return rewritten == null ? exchange.request() : rewritten;
    }

    private String sentSql(String sql) {
        ByteBuf sent = sent(recorded(sql, answer().done("SELECT 0").ready()));
        FrameCursor frame = new FrameCursor(sent);
        assertThat(frame.next()).isTrue();
        assertThat(frame.end()).isEqualTo(sent.writerIndex());
        return ((FrontendMessage.Query) FrontendMessage.decode(frame.type(), frame.body())).sql();
    }

    private void inserted(String recorded, String own) {
        Exchange insert = recorded("INSERT INTO orders (qty) VALUES (1) RETURNING id", returned(recorded));
        values.answered(0, insert.id(), insert.generated(), false, returned(own));
    }

    private static ByteBuf returned(String id) {
        return answer().columns(ORDERS, 1, INT4, 0).row(id).done("INSERT 0 1").ready();
    }

    @Test
    void theIdIsPutInItsColumnsPlaceAndNowhereElse() {
        inserted("9042", "9057");

        assertThat(sentSql("UPDATE orders SET qty = 9042 WHERE id = 9042"))
                .isEqualTo("UPDATE orders SET qty = 9042 WHERE id = 9057");
        assertThat(
                        sentSql(
                                "SELECT 'ü9042', * FROM items WHERE order_id = '9042'; DELETE FROM orders WHERE id IN (9042,1)"))
                .isEqualTo(
                        "SELECT 'ü9042', * FROM items WHERE order_id = '9057'; DELETE FROM orders WHERE id IN (9057,1)");
        assertThat(sentSql("SELECT * FROM order_list WHERE number = 9042 AND qty = 9042"))
                .isEqualTo("SELECT * FROM order_list WHERE number = 9057 AND qty = 9042");
        assertThat(sentSql("SELECT * FROM orders WHERE id = ANY('{9042,9043}')"))
                .isEqualTo("SELECT * FROM orders WHERE id = ANY('{9057,9043}')");
    }

    @Test
    void aRequestWithoutAnythingToReplaceIsSentAsItIs() {
        inserted("9042", "9057");
        Exchange exchange = recorded(
                "UPDATE orders SET qty = 9042 WHERE id = 9041",
                answer().done("UPDATE 1").ready());

        assertThat(values.request(0, exchange.id(), exchange.generated(), exchange.request()))
                .isNull();
        assertThat(recorded(
                                "SELECT * FROM orders WHERE id = 42",
                                answer().done("SELECT 0").ready())
                        .generated())
                .as("was there before the trace began")
                .isSameAs(Generated.NONE);
    }

    @Test
    void bothFormatsOfParametersAreWritten() {
        inserted("9042", "9057");
        ByteBuf request = Unpooled.buffer();
        FrontendMessages.parse(request, "s", "UPDATE items SET sku = $3 WHERE order_id = $1 AND line = $2", List.of());
        FrontendMessages.bind(
                request,
                "",
                "s",
                List.of(1, 1, 0),
                List.of(
                        Unpooled.copyLong(9042),
                        Unpooled.copyInt(9042),
                        Unpooled.copiedBuffer("9042", StandardCharsets.UTF_8)),
                List.of());
        FrontendMessages.execute(request, "", 0);
        FrontendMessages.bind(
                request, "", "s", List.of(), List.of(text("9042"), text("9042"), text("9042")), List.of());
        FrontendMessages.execute(request, "", 0);
        FrontendMessages.sync(request);
        ByteBuf answer = answer().empty(BackendType.PARSE_COMPLETE)
                .empty(BackendType.BIND_COMPLETE)
                .done("UPDATE 1")
                .empty(BackendType.BIND_COMPLETE)
                .done("UPDATE 1")
                .ready();

        List<String> parameters = new ArrayList<>();
        for (FrameCursor frame = new FrameCursor(sent(recorded(request, answer))); frame.next(); ) {
            if (frame.type() == 'B') {
                for (Parameter parameter : BindBody.parameters(frame.body(), List.of())) {
                    parameters.add(ByteBufUtil.hexDump(parameter.value()));
                }
            }
        }
        assertThat(parameters)
                .containsExactly("0000000000002361", "00002352", "39303432", "39303537", "39303432", "39303432");
    }

    private static ByteBuf text(String value) {
        return Unpooled.copiedBuffer(value, StandardCharsets.UTF_8);
    }

    @Test
    void elementsOfABinaryArrayOfAStatementThatASnapshotKnows() {
        inserted("9042", "9057");
        ByteBuf parse = Unpooled.buffer();
        FrontendMessages.parse(parse, "s", "SELECT * FROM items WHERE order_id = ANY($1)", List.of());
        assertThat(reader.concerns(2, parse)).isTrue();
        books.computeIfAbsent(2L, id -> new StatementBook()).prepared(parse);
        ByteBuf request = Unpooled.buffer();
        FrontendMessages.bind(request, "", "s", List.of(1), List.of(array(9042, 9043)), List.of());
        FrontendMessages.execute(request, "", 0);
        FrontendMessages.sync(request);
        Generated generated = read(
                2,
                request,
                answer().empty(BackendType.BIND_COMPLETE).done("SELECT 0").ready());

        ByteBuf sent = values.request(0, new ExchangeId(2, 0), generated, request);

        FrameCursor frame = new FrameCursor(sent);
        assertThat(frame.next()).isTrue();
        assertThat(BindBody.parameters(frame.body(), List.of()))
                .singleElement()
                .satisfies(parameter -> assertThat(parameter.value()).isEqualTo(array(9057, 9043)));
    }

    /** int8[] as array_send writes it, with a NULL behind. */
    private static ByteBuf array(long... elements) {
        ByteBuf out = Unpooled.buffer().writeInt(1).writeInt(1).writeInt(INT8);
        out.writeInt(elements.length + 1).writeInt(1);
        for (long element : elements) {
            out.writeInt(8).writeLong(element);
        }
        return out.writeInt(-1);
    }

    @Test
    void uuidsAreLearnedFromBinaryAnswersAndPutIntoText() {
        UUID recorded = new UUID(1, 2);
        UUID own = new UUID(3, 4);
        String sql = "INSERT INTO parcels (order_id) VALUES (7) RETURNING id";
        Exchange insert = recorded(sql, uuid(recorded));
        values.answered(0, insert.id(), insert.generated(), false, uuid(own));

        assertThat(sentSql("DELETE FROM parcels WHERE id = '" + recorded + "'"))
                .isEqualTo("DELETE FROM parcels WHERE id = '" + own + "'");
        assertThat(values.take(insert.id()).twins())
                .containsExactly(new Twin(0, 0, 0, recorded.toString(), own.toString()));
    }

    private static ByteBuf uuid(UUID id) {
        return answer().columns(PARCELS, 1, UUID_TYPE, 1)
                .binaryRow(Unpooled.copyLong(id.getMostSignificantBits(), id.getLeastSignificantBits()))
                .done("INSERT 0 1")
                .ready();
    }

    @Test
    void whatASequenceGaveIsPutIntoTheKeyThatItFills() {
        Exchange drawn = recorded("SELECT nextval('invoice_numbers')", drawn("4"));
        values.answered(0, drawn.id(), drawn.generated(), false, drawn("40"));

        assertThat(sentSql("SELECT * FROM invoices WHERE id = 4")).isEqualTo("SELECT * FROM invoices WHERE id = 4");
        assertThat(sentSql("INSERT INTO invoices (id, note) VALUES (4, '4')"))
                .isEqualTo("INSERT INTO invoices (id, note) VALUES (40, '4')");
        assertThat(sentSql("SELECT * FROM invoices WHERE id = 4")).isEqualTo("SELECT * FROM invoices WHERE id = 40");
    }

    private static ByteBuf drawn(String value) {
        return answer().columns(0, 0, INT8, 0).row(value).done("SELECT 1").ready();
    }

    @Test
    void lastvalTellsWhatTheSessionsInsertDrew() {
        recorded(
                "INSERT INTO orders (qty) VALUES (1)",
                answer().done("INSERT 0 1").ready());
        Exchange asked = recorded("SELECT lastval()", drawn("9042"));
        values.answered(0, asked.id(), asked.generated(), false, drawn("9050"));

        assertThat(sentSql("DELETE FROM orders WHERE id = 9042")).isEqualTo("DELETE FROM orders WHERE id = 9050");
    }

    @Test
    void lastvalOfNobodyKnowsWhatSaysNothing() {
        Exchange asked = recorded("SELECT lastval()", drawn("9042"));

        assertThat(asked.generated().bringsAny()).isFalse();
    }

    @Test
    void aValueThatWasNotGeneratedTaintsItsUsesAndTouchesNobodysRow() {
        Exchange insert = recorded("INSERT INTO orders (qty) VALUES (1) RETURNING id", returned("9042"));
        values.answered(
                0, insert.id(), insert.generated(), false, answer().error().ready());
        Exchange use = recorded("INSERT INTO parcels (order_id) VALUES (9042) RETURNING id", uuid(new UUID(1, 2)));

        assertThat(sent(use).toString(StandardCharsets.UTF_8)).contains("VALUES (-9042)");
        values.answered(0, use.id(), use.generated(), false, answer().error().ready());
        assertThat(values.take(use.id()).root()).isEqualTo(insert.id());
        Exchange third = recorded(
                "DELETE FROM parcels WHERE id = '" + new UUID(1, 2) + "'",
                answer().done("DELETE 1").ready());
        sent(third);
        assertThat(values.take(third.id()).root()).isEqualTo(insert.id());
    }

    @Test
    void twoRecordedValuesNeverHaveOneTwin() {
        inserted("9042", "9057");
        Exchange select = recorded(
                "SELECT id FROM orders ORDER BY qty",
                answer().columns(ORDERS, 1, INT4, 0)
                        .row("9043")
                        .row("9042")
                        .row("9044")
                        .done("SELECT 3")
                        .ready());
        values.answered(
                0,
                select.id(),
                select.generated(),
                false,
                answer().columns(ORDERS, 1, INT4, 0)
                        .row("9057")
                        .row("9058")
                        .row("9059")
                        .done("SELECT 3")
                        .ready());

        assertThat(sentSql("SELECT * FROM orders WHERE id IN (9042, 9043, 9044)"))
                .isEqualTo("SELECT * FROM orders WHERE id IN (9057, 9043, 9059)");
        // what is shown is the twin of 9042, wherever it stands
        assertThat(values.take(select.id()).twins()).containsExactly(new Twin(0, 0, 0, "9042", "9057"));
        assertThat(values.leftOut()).isEqualTo(2);
    }

    @Test
    void whatIsOnlyLookedUpIsATwinIfItIsTheSameDraw() {
        Exchange select = recorded("SELECT id FROM orders WHERE note IN ('a', 'b')", listed("5003", "5004"));
        values.answered(0, select.id(), select.generated(), false, listed("5103", "5105"));

        assertThat(values.take(select.id()).twins()).containsExactly(new Twin(0, 0, 0, "5003", "5103"));
        assertThat(sentSql("DELETE FROM orders WHERE id IN (5003, 5004)"))
                .isEqualTo("DELETE FROM orders WHERE id IN (5103, 5105)");
    }

    private static ByteBuf listed(String... ids) {
        Answers answer = answer().columns(ORDERS, 1, INT4, 0);
        for (String id : ids) {
            answer.row(id);
        }
        return answer.done("SELECT " + ids.length).ready();
    }

    @Test
    void whoUsesAValueWaitsForWhoBringsIt() {
        Producers<Object> producers = new Producers<>();
        Exchange insert = recorded("INSERT INTO orders (qty) VALUES (1) RETURNING id", returned("9042"));
        Exchange use = recorded(
                "DELETE FROM orders WHERE id = 9042", answer().done("DELETE 1").ready());
        producers.add(insert, insert.generated(), 10);
        producers.add(use, use.generated(), 12);

        assertThat(producers.before(use, use.generated(), 10)).containsExactly(insert);
        assertThat(producers.before(use, use.generated(), 9))
                .as("read before the answer")
                .isEmpty();
        producers.done(insert);
        assertThat(producers.before(use, use.generated(), 10)).isEmpty();
    }
}
