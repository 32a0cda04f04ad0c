package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.PRODUCTION;
import static dev.understudy.diff.kit.Exchanges.REPLAY;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.diff.statement.Statements;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three faults among 10,000 rows whose every time differs on every server: a zone, a rounding, a lost row. */
class OneInTenThousandTest {
    private static final int ROWS = 10_000;
    private static final int SHIFTED = 7_777;
    private static final int ROUNDED = 5_555;
    private static final int LOST = 3_333;
    private static final long HOUR = 3_600_000_000L;
    private static final int ORDERS = 16_400;
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private static String at(long micros) {
        return ISO.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC)) + "+00";
    }

    private static ByteBuf rows(long from, boolean faulty) {
        Answers answer = answer().columns(
                        column("id", 23, ORDERS, 1),
                        column("total", 1700, ORDERS, 2),
                        column("created_at", 1184, ORDERS, 3));
        int rows = 0;
        for (int i = 1; i <= ROWS; i++) {
            if (faulty && i == LOST) {
                continue;
            }
            String total = faulty && i == ROUNDED ? "10.13" : "10.126";
            answer.row(Integer.toString(i), total, at(from + i / 2 + (faulty && i == SHIFTED ? HOUR : 0)));
            rows++;
        }
        return answer.done("SELECT " + rows).ready();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFaultsAloneAreTheMigrations(boolean withControl) {
        ServerCatalog catalog = new ServerCatalog(Catalogs.catalog(ORDERS)
                .table(ORDERS, "orders", "*id int4", "total numeric", "created_at timestamptz now()")
                .build());
        Exchanges exchange = exchange(query("SELECT * FROM orders"), rows(PRODUCTION + 1, false));
        if (withControl) {
            exchange.control(rows(REPLAY + 11, false));
        }
        exchange.candidate(rows(REPLAY + 3_021, true));
        OutcomeJudge judge =
                new OutcomeJudge(new Servers(catalog, withControl ? catalog : null, catalog), new Statements());
        List<JudgedDifference> judged = judge.judge(exchange.build()).differences();
        Attribution whose = withControl ? Attribution.MIGRATION : Attribution.MIGRATION_WITHOUT_CONTROL;
        assertThat(judged)
                .filteredOn(found -> !found.attribution().isExplained())
                .extracting(found -> found.difference().type(), JudgedDifference::attribution)
                .containsExactlyInAnyOrder(
                        tuple(DifferenceClass.VALUE_TIMESTAMP_SHIFT, whose),
                        tuple(DifferenceClass.VALUE_NUMERIC_ROUNDED, whose),
                        tuple(DifferenceClass.ROW_MISSING, whose));
        long clocks = judged.stream()
                .filter(found -> found.attribution() == Attribution.CLOCK)
                .count();
        assertThat(clocks).isGreaterThanOrEqualTo(ROWS - 2);
    }
}
