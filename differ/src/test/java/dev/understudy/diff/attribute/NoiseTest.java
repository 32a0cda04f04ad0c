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

/**
 * Values that differ on every server without anybody's fault, each beside a fault in the same column. Production asked at
 * 00:16:40, the control at 01:23:20, the candidate 3 ms later; each exchange takes 10 ms.
 */
class NoiseTest {
    private static final int INT4 = 23;
    private static final int INT8 = 20;
    private static final int TEXT = 25;
    private static final int JSONB = 3802;
    private static final int FLOAT8 = 701;
    private static final int NUMERIC = 1700;
    private static final int DATE = 1082;
    private static final int TIME = 1083;
    private static final int TIMESTAMP = 1114;
    private static final int TIMESTAMPTZ = 1184;
    private static final int TIMESTAMPTZ_ARRAY = 1185;
    private static final int INTERVAL = 1186;
    private static final int FLOAT8_ARRAY = 1022;
    private static final int UUID = 2950;
    private static final int XID = 28;
    private static final int OID = 26;

    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long P = PRODUCTION + 1_234;
    private static final long L = REPLAY + 1_235;
    private static final long R = REPLAY + 4_236;

    private static final String EXPLAINED = "explained";
    private static final String MIGRATION = "migration";
    private static final String UNEXPLAINED = "unexplained";

    private static final int ORDERS = 16_400;

    private static Catalog catalog(String createdDefault) {
        return Catalogs.catalog(16_400)
                .table(
                        ORDERS,
                        "orders",
                        "*id int8 nextval('orders_id_seq'::regclass)",
                        "ref uuid gen_random_uuid()",
                        "total numeric",
                        "created_at timestamptz " + createdDefault,
                        "expires_at timestamptz (now() + '30 days'::interval)")
                .build();
    }

    record Case(
            String name,
            String sql,
            Field column,
            String recorded,
            @Nullable String control,
            String candidate,
            String expected) {
        @Override
        public String toString() {
            return name + " -> " + expected;
        }
    }

    private final List<Case> cases = new ArrayList<>();

    /** With control and without: what only a control can tell apart is the migration's with a question mark. */
    private void noise(
            String name, String sql, Field column, String recorded, String control, String candidate, String fault) {
        cases.add(new Case(name, sql, column, recorded, control, candidate, EXPLAINED));
        cases.add(new Case(name + ", without control", sql, column, recorded, null, candidate, EXPLAINED));
        cases.add(new Case(name + ", wrong", sql, column, recorded, control, fault, MIGRATION));
        cases.add(new Case(name + ", wrong, without control", sql, column, recorded, null, fault, "migration?"));
    }

    static Stream<Case> corpus() {
        NoiseTest corpus = new NoiseTest();
        corpus.clocks();
        corpus.spans();
        corpus.inside();
        corpus.identifiers();
        corpus.sums();
        corpus.settings();
        corpus.orders();
        return corpus.cases.stream();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void isToldFromFaults(Case each) {
        Exchanges exchange = exchange(query(each.sql()), one(each.column(), each.recorded()));
        String control = each.control();
        if (control != null) {
            exchange.control(one(each.column(), control));
        }
        ServerCatalog catalog = new ServerCatalog(catalog("now()"));
        OutcomeJudge judge =
                new OutcomeJudge(new Servers(catalog, control == null ? null : catalog, catalog), new Statements());
        JudgedOutcome judged = judge.judge(
                exchange.candidate(one(each.column(), each.candidate())).build());
        assertThat(judged.uncovered()).isEmpty();
        assertThat(judged.differences())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(
                                each.expected().equals(EXPLAINED)
                                        ? String.valueOf(found.attribution().isExplained())
                                        : found.attribution().label())
                        .isEqualTo(each.expected().equals(EXPLAINED) ? "true" : each.expected()));
    }

    private void clocks() {
        Field at = column("at", TIMESTAMPTZ);
        noise("now()", "SELECT now() AS at", at, zoned(P), zoned(L), zoned(R), zoned(R + HOUR));
        noise("clock_timestamp()", "SELECT clock_timestamp() AS at", at, zoned(P), zoned(L), zoned(R), zoned(R - HOUR));
        noise(
                "a stored now(), returned",
                "INSERT INTO orders (total) VALUES (1) RETURNING created_at AS at",
                column("at", TIMESTAMPTZ, ORDERS, 4),
                zoned(P),
                zoned(L),
                zoned(R),
                zoned(R + HOUR));
        noise(
                "a sum with the clock",
                "SELECT now() + interval '7 days' AS at",
                at,
                zoned(P + 168 * HOUR),
                zoned(L + 168 * HOUR),
                zoned(R + 168 * HOUR),
                zoned(R + 169 * HOUR));
        noise(
                "a default that adds to the clock, returned",
                "INSERT INTO orders (total) VALUES (1) RETURNING expires_at AS at",
                column("at", TIMESTAMPTZ, ORDERS, 5),
                zoned(P + 720 * HOUR),
                zoned(L + 720 * HOUR),
                zoned(R + 720 * HOUR),
                zoned(R + 721 * HOUR));
        noise(
                "the hour's beginning",
                "SELECT date_trunc('hour', now()) AS at",
                at,
                zoned(0),
                zoned(HOUR),
                zoned(HOUR),
                zoned(2 * HOUR));
        noise(
                "local time",
                "SELECT localtimestamp AS at",
                column("at", TIMESTAMP),
                local(P + 2 * HOUR),
                local(L + 2 * HOUR),
                local(R + 2 * HOUR),
                local(R + 3 * HOUR));
        noise(
                "current_time",
                "SELECT localtime AS at",
                column("at", TIME),
                "00:16:40.001234",
                "01:23:20.001235",
                "01:23:20.004236",
                "02:23:20.004236");
        noise(
                "seconds since 1970",
                "SELECT extract(epoch FROM now()) AS at",
                column("at", NUMERIC),
                "1000.001234",
                "5000.001235",
                "5000.004236",
                "8600.004236");
        cases.add(new Case(
                "a date that the day's change moved",
                "SELECT current_date AS at",
                column("at", DATE),
                "1970-01-01",
                "1970-01-01",
                "1970-01-03",
                MIGRATION));
        cases.add(new Case(
                "a fraction that one side lost",
                "SELECT now() AS at",
                at,
                zoned(P),
                zoned(L),
                zoned(REPLAY),
                MIGRATION));
        cases.add(
                new Case("a clock that became NULL", "SELECT now() AS at", at, zoned(P), zoned(L), "NULL", MIGRATION));
        cases.add(new Case(
                "the same time on two sides is no clock's",
                "SELECT at FROM t",
                at,
                zoned(L),
                zoned(L),
                zoned(R),
                MIGRATION));
        cases.add(new Case(
                "chance on the control", "SELECT at FROM t", at, zoned(1), zoned(2), zoned(1), "nondeterministic"));
        cases.add(new Case(
                "three times of nobody's clock", "SELECT at FROM t", at, zoned(1), zoned(2), zoned(3), UNEXPLAINED));
    }

    private void spans() {
        Field span = column("span", INTERVAL);
        noise(
                "the time since",
                "SELECT now() - created_at AS span FROM orders",
                span,
                "00:10:00.001234",
                "01:16:40.001235",
                "01:16:40.004236",
                "02:16:40.004236");
        noise(
                "the time until",
                "SELECT created_at - now() AS span FROM orders",
                span,
                "10:00:00",
                "08:53:19.999999",
                "08:53:19.996998",
                "09:53:19.996998");
        noise(
                "whole seconds since",
                "SELECT floor(extract(epoch FROM now() - created_at)) AS span FROM orders",
                column("span", NUMERIC),
                "600",
                "4600",
                "4600.0",
                "4700");
        cases.add(new Case(
                "a span that no clock is asked for",
                "SELECT span FROM orders",
                span,
                "00:10:00",
                "01:16:40",
                "01:16:40.003",
                UNEXPLAINED));
    }

    private void inside() {
        noise(
                "now() as text",
                "SELECT now()::text AS v",
                column("v", TEXT),
                zoned(P),
                zoned(L),
                zoned(R),
                zoned(R + HOUR));
        noise(
                "a time within a text",
                "SELECT v FROM t",
                column("v", TEXT),
                "paid " + zoned(P) + " by card",
                "paid " + zoned(L) + " by card",
                "paid " + zoned(R) + " by card",
                "paid " + zoned(R + HOUR) + " by card");
        noise(
                "a time within a document",
                "SELECT v FROM t",
                column("v", JSONB),
                "{\"at\": \"" + json(P) + "\", \"n\": 1}",
                "{\"at\": \"" + json(L) + "\", \"n\": 1}",
                "{\"at\": \"" + json(R) + "\", \"n\": 1}",
                "{\"at\": \"" + json(R + HOUR) + "\", \"n\": 1}");
        noise(
                "times within an array",
                "SELECT v FROM t",
                column("v", TIMESTAMPTZ_ARRAY),
                "{\"" + zoned(P) + "\",\"" + zoned(5) + "\"}",
                "{\"" + zoned(L) + "\",\"" + zoned(5) + "\"}",
                "{\"" + zoned(R) + "\",\"" + zoned(5) + "\"}",
                "{\"" + zoned(R) + "\",\"" + zoned(5 + HOUR) + "\"}");
        cases.add(new Case(
                "other words around a time",
                "SELECT v FROM t",
                column("v", TEXT),
                "paid " + zoned(P),
                "paid " + zoned(L),
                "sent " + zoned(R),
                MIGRATION));
    }

    private void identifiers() {
        noise(
                "a default that draws, returned",
                "INSERT INTO orders (total) VALUES (1) RETURNING ref AS v",
                column("v", UUID, ORDERS, 2),
                uuid('a'),
                uuid('b'),
                uuid('c'),
                "NULL");
        noise(
                "a number from a sequence, returned",
                "INSERT INTO orders (total) VALUES (1) RETURNING id AS v",
                column("v", INT8, ORDERS, 1),
                "101",
                "101",
                "103",
                "9000001");
        cases.add(new Case(
                "a number that the statement gives",
                "INSERT INTO orders (id, total) VALUES (101, 1) RETURNING id AS v",
                column("v", INT8, ORDERS, 1),
                "101",
                "101",
                "103",
                MIGRATION));
        cases.add(new Case(
                "a reference that the statement gives",
                "INSERT INTO orders (ref) VALUES ('x') RETURNING ref AS v",
                column("v", UUID, ORDERS, 2),
                uuid('a'),
                uuid('a'),
                uuid('c'),
                MIGRATION));
        cases.add(new Case(
                "nextval() that production shares with the control",
                "SELECT nextval('s') AS v",
                column("v", INT8),
                "5",
                "5",
                "6",
                MIGRATION));
        cases.add(new Case(
                "nextval() of three sides", "SELECT nextval('s') AS v", column("v", INT8), "5", "6", "8", EXPLAINED));
        cases.add(new Case("txid", "SELECT txid_current() AS v", column("v", INT8), "700", "800", "900", EXPLAINED));
        cases.add(new Case("pid", "SELECT pg_backend_pid() AS v", column("v", INT4), "1", "2", "3", EXPLAINED));
        cases.add(new Case(
                "xmin", "SELECT xmin AS v FROM orders", column("v", XID, ORDERS, -3), "700", "701", "702", EXPLAINED));
        cases.add(new Case(
                "the OID of a table",
                "SELECT oid AS v FROM pg_class",
                column("v", OID, 1259, 1),
                "16400",
                "16500",
                "16600",
                EXPLAINED));
        cases.add(new Case(
                "statistics",
                "SELECT n_live_tup AS v FROM pg_stat_user_tables",
                column("v", INT8),
                "1",
                "2",
                "3",
                EXPLAINED));
    }

    private void sums() {
        cases.add(new Case(
                "a table's column beside statistics",
                "SELECT o.total AS v, s.n_live_tup FROM orders o, pg_stat_user_tables s",
                column("v", NUMERIC, ORDERS, 3),
                "1",
                "1",
                "3",
                MIGRATION));
        Field v = column("v", FLOAT8);
        noise(
                "a sum of floats",
                "SELECT sum(amount) AS v FROM t",
                v,
                "123456789.12345679",
                "123456789.1234568",
                "123456789.12345678",
                "123456789.12");
        cases.add(new Case(
                "an average, by the plan",
                "SELECT avg(a) AS v FROM t",
                v,
                "0.1",
                "0.1",
                "0.10000000000000002",
                EXPLAINED));
        cases.add(new Case("no sum at all", "SELECT a AS v FROM t", v, "0.1", "0.1", "0.10000000000000002", MIGRATION));
        cases.add(new Case(
                "a sum of decimals",
                "SELECT sum(a) AS v FROM t",
                column("v", NUMERIC),
                "0.1",
                "0.1",
                "0.10000000000000002",
                MIGRATION));
        cases.add(new Case("another sum", "SELECT sum(a) AS v FROM t", v, "1000.5", "1000.5", "1000.50001", MIGRATION));
    }

    private void settings() {
        for (String sql : List.of(
                "SHOW application_name",
                "SELECT current_setting('application_name') AS v",
                "SELECT set_config('a.b', 'c', true) AS v",
                "SELECT version() AS v",
                "SELECT current_database() AS v")) {
            cases.add(new Case(sql, sql, column("v", TEXT), "a", "b", "c", EXPLAINED));
            cases.add(new Case(sql + ", the arms'", sql, column("v", TEXT), "a", "a", "c", EXPLAINED));
        }
        cases.add(new Case("no setting", "SELECT v FROM settings", column("v", TEXT), "a", "a", "c", MIGRATION));
    }

    private void orders() {
        noise(
                "an array lined up as rows come",
                "SELECT array_agg(a) AS v FROM t",
                column("v", FLOAT8_ARRAY),
                "{1,2,3}",
                "{1,2,3}",
                "{3,1,2}",
                "{3,1,4}");
        noise(
                "a document lined up as rows come",
                "SELECT json_agg(a) AS v FROM t",
                column("v", JSONB),
                "[1, 2]",
                "[1, 2]",
                "[2, 1]",
                "[2, 3]");
        noise(
                "texts lined up as rows come",
                "SELECT string_agg(a, ', ') AS v FROM t",
                column("v", TEXT),
                "a, b",
                "a, b",
                "b, a",
                "b, c");
        cases.add(new Case(
                "an array that is ordered",
                "SELECT array_agg(a ORDER BY a) AS v FROM t",
                column("v", FLOAT8_ARRAY),
                "{1,2,3}",
                "{1,2,3}",
                "{3,1,2}",
                MIGRATION));
    }

    private static ByteBuf one(Field column, String value) {
        return answer().columns(column)
                .row(value.equals("NULL") ? null : value)
                .done("SELECT 1")
                .ready();
    }

    private static String uuid(char digit) {
        return String.valueOf(digit).repeat(8) + "-9c0b-4ef8-bb6d-6bb9bd380a11";
    }

    private static String zoned(long micros) {
        return local(micros) + "+00";
    }

    private static String json(long micros) {
        return local(micros).replace(' ', 'T') + "+00:00";
    }

    private static String local(long micros) {
        String iso = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS")
                .format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        return iso.endsWith(".000000") ? iso.substring(0, iso.length() - 7) : iso;
    }
}
