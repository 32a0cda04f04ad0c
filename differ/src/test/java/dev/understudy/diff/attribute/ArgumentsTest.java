package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.bound;
import static dev.understudy.diff.kit.Requests.prepared;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.KnownStatement;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which a row without a key is told from others: what may be personal is shown by its length only. */
class ArgumentsTest {
    private static final int INT4 = 23;
    private static final int TEXT = 25;

    private static String row(Exchanges exchange) {
        ServerCatalog catalog = new ServerCatalog(null);
        List<JudgedDifference> judged = new OutcomeJudge(new Servers(catalog, null, catalog), new Statements())
                .judge(exchange.build())
                .differences();
        assertThat(judged).hasSize(1);
        return judged.get(0).row();
    }

    private static ByteBuf value(Answers answer, String value) {
        return answer.columns(column("v", INT4)).row(value).done("SELECT 1").ready();
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT v FROM t, ''",
        "SELECT v FROM t WHERE id = 5, 5",
        "SELECT v FROM t WHERE id = 5.25 AND name = 'Erika', '5.25, (5 characters)'",
        "SELECT v FROM t WHERE name = '', (0 characters)",
        "'SELECT v FROM t WHERE id IN (1, 2, 3, 4, 5)', '1, 2, 3, 4'",
        "SELECT v FROM t WHERE id = 1234567890123456789012345678901234567890, 1234567890123456789012345678901234567890",
        "SELECT v FROM t WHERE id = 12345678901234567890123456789012345678901, 1234567890123456789012345678901234567890…"
    })
    void aTextsConstants(String sql, String shown) {
        assertThat(row(exchange(query(sql), value(answer(), "1")).candidate(value(answer(), "2"))))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "5, $1 = 5",
        "-12.5, $1 = -12.5",
        "12345678901234567890, $1 = 12345678901234567890",
        "123456789012345678901, $1 = (21 characters)",
        "Erika, $1 = (5 characters)",
        "5a, $1 = (2 characters)",
        "'', $1 = (0 characters)"
    })
    void aParameterOfUnknownType(String value, String shown) {
        String sql = "SELECT v FROM t WHERE id = $1";
        assertThat(row(exchange(prepared(sql, 0, value), value(answer().parsedAndBound(), "1"))
                        .candidate(value(answer().parsedAndBound(), "2"))))
                .isEqualTo(shown);
    }

    private static KnownStatement known(Arm arm, Integer... types) {
        FrameCursor frame = new FrameCursor(answer().columns(column("v", INT4)).unfinished());
        assertThat(frame.next()).isTrue();
        String sql = "SELECT v FROM t WHERE a = $1";
        return new KnownStatement(arm, "s", null, sql, List.of(types), frame.body(), null);
    }

    private static ByteBuf executed(String value) {
        return answer().bound().row(value).done("SELECT 1").ready();
    }

    private static String bind(List<Integer> types, String... values) {
        Integer[] oids = types.toArray(Integer[]::new);
        return row(exchange(bound("s", 0, values), executed("1"))
                .knows(known(Arm.RECORDED, oids))
                .knows(known(Arm.CANDIDATE, oids))
                .candidate(executed("2")));
    }

    @Test
    void aParameterOfKnownType() {
        assertThat(bind(List.of(INT4), "5")).isEqualTo("$1 = 5");
        assertThat(bind(List.of(TEXT), "5")).isEqualTo("$1 = (1 characters)");
        assertThat(bind(List.of(TEXT, INT4), "Erika", "7")).isEqualTo("$1 = (5 characters), $2 = 7");
    }

    @Test
    void theFirstFourParametersAreEnough() {
        assertThat(bind(List.of(INT4, INT4, INT4, INT4, INT4), "1", "2", "3", "4", "5"))
                .isEqualTo("$1 = 1, $2 = 2, $3 = 3, $4 = 4");
    }
}
