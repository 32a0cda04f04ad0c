package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of the three answers, exhaustively: every way in which three sides answer one of three things. */
class AttributionTableTest {
    private static final int T = 16_400;
    private static final ServerCatalog CATALOG = new ServerCatalog(
            Catalogs.catalog(T).table(T, "t", "*id int4", "v int4").build());
    private static final Field ID = column("id", 23, T, 1);

    /** Three answers to a statement that differ in one thing. */
    enum Thing {
        VALUE("SELECT id, v FROM t") {
            @Override
            ByteBuf answered(int which) {
                return answer().columns(ID, column("v", 23, T, 2))
                        .row("1", "7")
                        .row("2", Integer.toString(100 * which))
                        .done("SELECT 2")
                        .ready();
            }
        },
        ONLY_VALUE("SELECT v FROM t") {
            @Override
            ByteBuf answered(int which) {
                return answer().columns(column("v", 23))
                        .row(Integer.toString(100 * which))
                        .done("SELECT 1")
                        .ready();
            }
        },
        MEMBER("SELECT v FROM t") {
            @Override
            ByteBuf answered(int which) {
                return answer().columns(column("v", 3802))
                        .row("{\"a\": {\"b\": [1, " + which * 100 + "]}}")
                        .done("SELECT 1")
                        .ready();
            }
        },
        TAG("UPDATE t SET v = 1") {
            @Override
            ByteBuf answered(int which) {
                return answer().done("UPDATE " + which).ready();
            }
        },
        ERROR("UPDATE t SET v = 1") {
            @Override
            ByteBuf answered(int which) {
                return which == 0
                        ? answer().done("UPDATE 1").ready()
                        : answer().error(which == 1 ? "23514" : "42501", "failed")
                                .ready();
            }
        },
        SHAPE("SELECT v FROM t") {
            @Override
            ByteBuf answered(int which) {
                return answer().columns(column("v", List.of(21, 23, 20).get(which)))
                        .row("1")
                        .done("SELECT 1")
                        .ready();
            }
        },
        STATUS("SELECT v FROM t") {
            @Override
            ByteBuf answered(int which) {
                return answer().columns(column("v", 23)).done("SELECT 0").ready("ITE".charAt(which));
            }
        };

        private final String sql;

        Thing(String sql) {
            this.sql = sql;
        }

        abstract ByteBuf answered(int which);
    }

    record Case(Thing thing, int recorded, int control, int candidate) {
        /** As the design's table says; null for no difference. */
        @Nullable Attribution expected() {
            if (control == candidate) {
                return recorded == control ? null : Attribution.ENVIRONMENT;
            }
            if (recorded == control) {
                return Attribution.MIGRATION;
            }
            return recorded == candidate ? Attribution.NONDETERMINISTIC : Attribution.UNEXPLAINED;
        }
    }

    static Stream<Case> everyWay() {
        List<Case> cases = new ArrayList<>();
        for (Thing thing : Thing.values()) {
            for (int i = 0; i < 27; i++) {
                cases.add(new Case(thing, i / 9, i / 3 % 3, i % 3));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void isTheFunctionOfThreeAnswers(Case each) {
        Exchanges exchange = exchange(query(each.thing().sql), each.thing().answered(each.recorded()))
                .control(each.thing().answered(each.control()))
                .candidate(each.thing().answered(each.candidate()));
        JudgedOutcome judged =
                new OutcomeJudge(new Servers(CATALOG, CATALOG, CATALOG), new Statements()).judge(exchange.build());
        assertThat(judged.uncovered()).isEmpty();
        Attribution expected = each.expected();
        assertThat(judged.differences())
                .extracting(JudgedDifference::attribution)
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void withoutControlItIsTheMigrationsWithAQuestionMark(Case each) {
        Exchanges exchange = exchange(query(each.thing().sql), each.thing().answered(each.recorded()))
                .candidate(each.thing().answered(each.candidate()));
        JudgedOutcome judged =
                new OutcomeJudge(new Servers(CATALOG, null, CATALOG), new Statements()).judge(exchange.build());
        assertThat(judged.differences())
                .extracting(JudgedDifference::attribution)
                .containsExactlyElementsOf(
                        each.recorded() == each.candidate()
                                ? List.of()
                                : List.of(Attribution.MIGRATION_WITHOUT_CONTROL));
    }
}
