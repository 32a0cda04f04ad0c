package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Catalogs.catalog;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.run.Arm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids that each server drew for the same rows. */
class TwinsTest {
    private static final int PRODUCTION = 16_000;
    private static final int CONTROL = 17_000;
    private static final int CANDIDATE = 18_000;
    private static final String SQL = "SELECT id, qty FROM orders WHERE qty < 100";

    private final OutcomeJudge judge =
            new OutcomeJudge(new Servers(server(PRODUCTION), server(CONTROL), server(CANDIDATE)), new Statements());

    private static ServerCatalog server(int base) {
        return new ServerCatalog(
                catalog(base).table(base, "orders", "*id int8", "qty int8").build());
    }

    /** Ids, each with its quantity. */
    private static ByteBuf orders(int table, String... values) {
        Answers answer = answer().columns(column("id", 20, table, 1), column("qty", 20, table, 2));
        for (int i = 0; i < values.length; i += 2) {
            answer.row(values[i], values[i + 1]);
        }
        return answer.done("SELECT " + values.length / 2).ready();
    }

    private int differences(Exchanges exchange) {
        return judge.judge(exchange.build()).differences().size();
    }

    @Test
    void rowsAreTheSameUnderTheirTwinsIds() {
        Exchanges exchange = exchange(query(SQL), orders(PRODUCTION, "42", "1", "43", "2"))
                .control(orders(CONTROL, "1042", "1", "1043", "2"))
                .candidate(orders(CANDIDATE, "57", "1", "58", "2"));
        assertThat(differences(exchange)).isPositive();

        exchange.twin(Arm.CONTROL, 0, "42", "1042").twin(Arm.CONTROL, 0, "43", "1043");
        exchange.twin(Arm.CANDIDATE, 0, "42", "57").twin(Arm.CANDIDATE, 0, "43", "58");
        assertThat(differences(exchange)).isZero();
    }

    @Test
    void anotherColumnsValueIsNoTwin() {
        Exchanges exchange = exchange(query(SQL), orders(PRODUCTION, "42", "42"))
                .control(orders(CONTROL, "42", "42"))
                .candidate(orders(CANDIDATE, "57", "57"))
                .twin(Arm.CANDIDATE, 0, "42", "57");

        assertThat(judge.judge(exchange.build()).differences()).singleElement().satisfies(judged -> {
            assertThat(judged.difference().origin()).isEqualTo("public.orders.qty");
            assertThat(judged.attribution()).isEqualTo(Attribution.MIGRATION);
        });
    }

    @Test
    void theWrongRowShowsThoughItsIdIsProductions() {
        Exchanges exchange = exchange(query(SQL), orders(PRODUCTION, "42", "1"))
                .control(orders(CONTROL, "42", "1"))
                .candidate(orders(CANDIDATE, "42", "1"));
        assertThat(differences(exchange)).isZero();

        exchange.twin(Arm.CANDIDATE, 0, "27", "42");
        assertThat(differences(exchange)).isPositive();
    }

    @Test
    void theWrongTwinsShow() {
        Exchanges exchange = exchange(query(SQL), orders(PRODUCTION, "42", "1", "43", "2"))
                .control(orders(CONTROL, "42", "1", "43", "2"))
                .candidate(orders(CANDIDATE, "58", "1", "57", "2"))
                .twin(Arm.CANDIDATE, 0, "42", "57")
                .twin(Arm.CANDIDATE, 0, "43", "58");

        assertThat(differences(exchange)).isPositive();
    }

    @Test
    void whatIsNotOneForOneProvesNothing() {
        Exchanges exchange = exchange(query(SQL), orders(PRODUCTION, "42", "1"))
                .control(orders(CONTROL, "42", "1"))
                .candidate(orders(CANDIDATE, "57", "1"))
                .twin(Arm.CANDIDATE, 0, "42", "57")
                .twin(Arm.CANDIDATE, 0, "42", "58");

        assertThat(differences(exchange)).isPositive();
    }

    @Test
    void aColumnThatIsAnothersOnTheArmProvesNothing() {
        ByteBuf other = answer().columns(column("id", 20, CANDIDATE, 2), column("qty", 20, CANDIDATE, 2))
                .row("57", "1")
                .done("SELECT 1")
                .ready();
        Exchanges exchange = exchange(query(SQL), orders(PRODUCTION, "42", "1"))
                .control(orders(CONTROL, "42", "1"))
                .candidate(other)
                .twin(Arm.CANDIDATE, 0, "42", "57");

        assertThat(differences(exchange)).isPositive();
    }

    @Test
    void binaryValuesKeepTheirWidth() {
        Exchanges exchange = exchange(query("SELECT lastval()"), drawn(Unpooled.copyLong(42)))
                .control(drawn(Unpooled.copyLong(42)))
                .candidate(drawn(Unpooled.copyLong(57)))
                .twin(Arm.CANDIDATE, 0, "42", "57");

        assertThat(differences(exchange)).isZero();
    }

    private static ByteBuf drawn(ByteBuf value) {
        Field field = column("lastval", 20).withFormat(Field.BINARY);
        return answer().columns(field)
                .rawRow(List.of(ByteBufUtil.getBytes(value)))
                .done("SELECT 1")
                .ready();
    }
}
