package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.PRODUCTION;
import static dev.understudy.diff.kit.Exchanges.REPLAY;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three answers, and whose fault their differences are. */
class AttributionCorpusTest {
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int FLOAT8 = 701;
    private static final int DATE = 1082;
    private static final int TIMESTAMP = 1114;
    private static final int TIMESTAMPTZ = 1184;
    private static final int UUID = 2950;
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private static final int ORDERS = 16_400;
    private static final Catalog CATALOG = Catalogs.catalog(16_400)
            .table(ORDERS, "orders", "*id int4", "ref uuid gen_random_uuid()", "total int4")
            .build();

    record Case(
            String name,
            String sql,
            ByteBuf recorded,
            @Nullable ByteBuf control,
            ByteBuf candidate,
            List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Case> cases = new ArrayList<>();

    private void expect(
            String name,
            String sql,
            ByteBuf recorded,
            @Nullable ByteBuf control,
            ByteBuf candidate,
            String... expected) {
        cases.add(new Case(name, sql, recorded, control, candidate, List.of(expected)));
    }

    static Stream<Case> corpus() {
        AttributionCorpusTest corpus = new AttributionCorpusTest();
        corpus.values();
        corpus.rows();
        corpus.steps();
        corpus.clocks();
        corpus.volatiles();
        corpus.ties();
        return corpus.cases.stream();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void saysWhoseFaultItIs(Case each) {
        Exchanges exchange = exchange(query(each.sql()), each.recorded());
        ByteBuf control = each.control();
        if (control != null) {
            exchange.control(control);
        }
        ServerCatalog catalog = new ServerCatalog(CATALOG);
        OutcomeJudge judge =
                new OutcomeJudge(new Servers(catalog, control == null ? null : catalog, catalog), new Statements());
        JudgedOutcome judged = judge.judge(exchange.candidate(each.candidate()).build());
        assertThat(judged.uncovered()).isEmpty();
        assertThat(judged.differences())
                .extracting(judgedDifference -> judgedDifference.attribution().label())
                .containsExactlyInAnyOrderElementsOf(each.expected());
    }

    private void values() {
        String sql = "SELECT total FROM orders WHERE id = 1";
        expect("all agree", sql, total("5"), total("5"), total("5"));
        expect("the candidate alone differs", sql, total("5"), total("5"), total("6"), "migration");
        expect("the control alone differs", sql, total("5"), total("6"), total("5"), "nondeterministic");
        expect("both arms agree against production", sql, total("5"), total("6"), total("6"), "environment");
        expect("all differ", sql, total("5"), total("6"), total("7"), "unexplained");
        expect("without control", sql, total("5"), null, total("6"), "migration?");
        expect("without control, all agree", sql, total("5"), null, total("5"));
        String two = "SELECT a, b FROM t";
        expect(
                "each column for itself",
                two,
                pair("1", "1"),
                pair("1", "2"),
                pair("2", "2"),
                "migration",
                "environment");
        expect(
                "one column noisy, the other migrated",
                two,
                pair("1", "1"),
                pair("1", "2"),
                pair("2", "3"),
                "migration",
                "unexplained");
    }

    private void rows() {
        String sql = "SELECT total FROM orders";
        expect("the candidate lacks a row", sql, total("1", "2"), total("1", "2"), total("1"), "migration");
        expect("the candidate has a row more", sql, total("1"), total("1"), total("1", "2"), "migration");
        expect("the control lacks a row", sql, total("1", "2"), total("1"), total("1", "2"), "nondeterministic");
        expect("the control has a row more", sql, total("1"), total("1", "2"), total("1"), "nondeterministic");
        expect("both arms lack a row", sql, total("1", "2"), total("1"), total("1"), "environment");
        expect("the candidate lacks a row, without control", sql, total("1", "2"), null, total("1"), "migration?");
        expect("in another order on every side", sql, total("1", "2", "3"), total("3", "1", "2"), total("2", "3", "1"));
    }

    private void steps() {
        String sql = "UPDATE orders SET total = 0";
        expect("tag", sql, tag("UPDATE 2"), tag("UPDATE 2"), tag("UPDATE 1"), "migration");
        expect("tag, by chance", sql, tag("UPDATE 2"), tag("UPDATE 1"), tag("UPDATE 2"), "nondeterministic");
        expect("tag, all differ", sql, tag("UPDATE 2"), tag("UPDATE 1"), tag("UPDATE 3"), "unexplained");
        expect("new error", sql, tag("UPDATE 2"), tag("UPDATE 2"), error("42P01"), "migration");
        expect("new error on both arms", sql, tag("UPDATE 2"), error("42501"), error("42501"), "environment");
        expect("error gone", sql, error("23514"), error("23514"), tag("UPDATE 2"), "migration");
        expect("errors, all differ", sql, tag("UPDATE 2"), error("40001"), error("42P01"), "unexplained");
        expect("new error, without control", sql, tag("UPDATE 2"), null, error("42P01"), "migration?");
        expect(
                "shape",
                "SELECT * FROM orders",
                total("1"),
                total("1"),
                answer().columns(column("total", 20)).row("1").done("SELECT 1").ready(),
                "migration");
    }

    private void clocks() {
        String sql = "INSERT INTO orders DEFAULT VALUES RETURNING at";
        expect("now() of both sides", sql, at(PRODUCTION + 2_000), null, at(REPLAY + 5_000), "explained (clock)");
        expect(
                "now() of three sides",
                sql,
                at(PRODUCTION + 2_000),
                at(REPLAY + 1_000),
                at(REPLAY + 5_000),
                "explained (clock)");
        expect(
                "now() of both, the candidate's two hours off",
                sql,
                at(PRODUCTION + 2_000),
                at(REPLAY + 1_000),
                at(REPLAY + 5_000 + 7_200_000_000L),
                "migration");
        expect(
                "the same, without control",
                sql,
                at(PRODUCTION + 2_000),
                null,
                at(REPLAY + 5_000 + 7_200_000_000L),
                "migration?");
        expect(
                "an old time that was shifted",
                sql,
                at(PRODUCTION - 86_400_000_000L),
                at(PRODUCTION - 86_400_000_000L),
                at(PRODUCTION - 86_400_000_000L + 3_600_000_000L),
                "migration");
        expect(
                "an old time became now()",
                sql,
                at(PRODUCTION - 86_400_000_000L),
                at(PRODUCTION - 86_400_000_000L),
                at(REPLAY + 5_000),
                "migration");
        expect(
                "now() in a local zone, the same on both sides",
                sql,
                local(PRODUCTION + 2_000 + 3_600_000_000L),
                null,
                local(REPLAY + 5_000 + 3_600_000_000L),
                "explained (clock)");
        expect(
                "now() in two zones",
                sql,
                local(PRODUCTION + 2_000 + 3_600_000_000L),
                null,
                local(REPLAY + 5_000 + 7_200_000_000L),
                "migration?");
        expect(
                "now() as text",
                "SELECT now()::text AS at",
                text(iso(PRODUCTION + 2_000) + "+00"),
                null,
                text(iso(REPLAY + 5_000) + "+00"),
                "explained (clock)");
        expect(
                "a time became NULL",
                sql,
                at(PRODUCTION + 2_000),
                null,
                answer().columns(column("at", TIMESTAMPTZ))
                        .row(new String[] {null})
                        .done("SELECT 1")
                        .ready(),
                "migration?");
        expect(
                "a date is no proof of a clock",
                "SELECT due FROM t",
                one(column("due", DATE), "1970-01-01"),
                null,
                one(column("due", DATE), "1970-01-02"),
                "migration?");
    }

    private void volatiles() {
        expect(
                "random()",
                "SELECT random() AS r",
                one(column("r", FLOAT8), "0.1"),
                one(column("r", FLOAT8), "0.2"),
                one(column("r", FLOAT8), "0.3"),
                "explained (volatile)");
        expect(
                "random() that production drew too",
                "SELECT random() < 0.5 AS r",
                one(column("r", TEXT), "t"),
                one(column("r", TEXT), "t"),
                one(column("r", TEXT), "f"),
                "explained (volatile)");
        expect(
                "beside random(), a column of facts",
                "SELECT random() AS a, total AS b FROM orders",
                pair("1", "5"),
                pair("2", "5"),
                pair("3", "6"),
                "explained (volatile)",
                "migration");
        expect(
                "a default that draws, returned",
                "INSERT INTO orders DEFAULT VALUES RETURNING ref",
                ref("a"),
                null,
                ref("b"),
                "explained (volatile)");
        expect("the same column, stored before", "SELECT ref FROM orders", ref("a"), null, ref("b"), "migration?");
        expect(
                "random() in the condition explains no value",
                "SELECT total FROM orders WHERE random() < 2",
                total("1"),
                null,
                total("2"),
                "unexplained",
                "unexplained");
        expect(
                "a star hides which column is which",
                "SELECT *, random() AS r FROM orders",
                pair("1", "1"),
                null,
                pair("2", "1"),
                "migration?");
        expect(
                "the server's name for itself",
                "SELECT version() AS v",
                text("PostgreSQL 15"),
                text("PostgreSQL 15"),
                text("PostgreSQL 16"),
                "explained (setting)");
    }

    private void ties() {
        expect(
                "one of two equals at the limit",
                "SELECT a, b FROM t ORDER BY a LIMIT 2",
                pairs("1 1", "2 7"),
                null,
                pairs("1 1", "2 8"),
                "unexplained");
        expect(
                "one of two keyed equals at the limit",
                "SELECT id, total FROM orders ORDER BY total LIMIT 2",
                keyed("1 1", "7 2"),
                null,
                keyed("1 1", "8 2"),
                "explained (tie)",
                "explained (tie)");
        expect(
                "another row that is no tie",
                "SELECT id, total FROM orders ORDER BY total LIMIT 2",
                keyed("1 1", "7 2"),
                null,
                keyed("1 1", "8 3"),
                "migration?",
                "migration?");
        expect(
                "no limit, no tie",
                "SELECT id, total FROM orders ORDER BY total",
                keyed("1 1", "7 2"),
                null,
                keyed("1 1", "8 2"),
                "migration?",
                "migration?");
    }

    private static ByteBuf total(String... values) {
        var answer = answer().columns(column("total", INT4));
        for (String value : values) {
            answer.row(value);
        }
        return answer.done("SELECT " + values.length).ready();
    }

    private static ByteBuf pair(String a, String b) {
        return pairs(a + " " + b);
    }

    private static ByteBuf pairs(String... rows) {
        var answer = answer().columns(column("a", INT4), column("b", INT4));
        for (String row : rows) {
            answer.row(row.split(" "));
        }
        return answer.done("SELECT " + rows.length).ready();
    }

    private static ByteBuf keyed(String... rows) {
        var answer = answer().columns(column("id", INT4, ORDERS, 1), column("total", INT4, ORDERS, 3));
        for (String row : rows) {
            answer.row(row.split(" "));
        }
        return answer.done("SELECT " + rows.length).ready();
    }

    private static ByteBuf ref(String digit) {
        return one(column("ref", UUID, ORDERS, 2), digit.repeat(8) + "-9c0b-4ef8-bb6d-6bb9bd380a11");
    }

    private static ByteBuf tag(String tag) {
        return answer().done(tag).ready();
    }

    private static ByteBuf error(String sqlState) {
        return answer().error(sqlState, "it failed").ready();
    }

    private static ByteBuf at(long micros) {
        return one(column("at", TIMESTAMPTZ), iso(micros) + "+00");
    }

    private static ByteBuf local(long micros) {
        return one(column("at", TIMESTAMP), iso(micros));
    }

    private static ByteBuf text(String value) {
        return one(column("at", TEXT), value);
    }

    private static ByteBuf one(Field column, String value) {
        return answer().columns(column).row(value).done("SELECT 1").ready();
    }

    private static String iso(long micros) {
        return ISO.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }
}
