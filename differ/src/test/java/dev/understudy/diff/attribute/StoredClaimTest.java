package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Times that no clock of their own exchange explains: what the run's timelines are asked of them. */
class StoredClaimTest {
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;
    private static final int T = 16_400;
    private static final int TIMESTAMPTZ = 1184;
    private static final int TIMESTAMPTZ_ARRAY = 1185;
    private static final Field AT = column("at", TIMESTAMPTZ, T, 2);
    private static final ServerCatalog OLD = catalog("(now() + '30 days'::interval)");

    private static ServerCatalog catalog(String ofDue) {
        return new ServerCatalog(Catalogs.catalog(T)
                .table(T, "t", "*id int4", "at timestamptz now()", "due timestamptz " + ofDue)
                .build());
    }

    private static ByteBuf one(Field column, String value) {
        return answer().columns(column).row(value).done("SELECT 1").ready();
    }

    private static String at(int seconds) {
        return "1970-01-01 00:00:" + (10 + seconds) + ".5+00";
    }

    private static long micros(int seconds) {
        return (10 + seconds) * SECOND + SECOND / 2;
    }

    private static @Nullable OpenClaim claim(
            ServerCatalog candidateCatalog, Field column, String recorded, String control, String candidate) {
        List<JudgedDifference> judged = new OutcomeJudge(new Servers(OLD, OLD, candidateCatalog), new Statements())
                .judge(exchange(query("SELECT at FROM t"), one(column, recorded))
                        .control(one(column, control))
                        .candidate(one(column, candidate))
                        .build())
                .differences();
        assertThat(judged).hasSize(1);
        return judged.get(0).claim();
    }

    @Test
    void aTimeThatDiffersOnAllSidesIsAskedForOnAllThree() {
        assertThat(claim(OLD, AT, at(1), at(2), at(3)))
                .isEqualTo(new StoredTimes(
                        new ClockClaim(micros(2), micros(3), true), new ClockClaim(micros(1), micros(2), true)));
    }

    @Test
    void whatTheControlHasAsProductionNoClockWrote() {
        assertThat(claim(OLD, AT, at(1), at(1), at(3))).isNull();
    }

    @Test
    void whatBothArmsHaveIsAskedForInProductionAndOnTheControl() {
        assertThat(claim(OLD, AT, at(1), at(2), at(2)))
                .isEqualTo(new StoredTimes(new ClockClaim(micros(1), micros(2), true), null));
    }

    @Test
    void oneTimeWithinAValueIsAskedForTwoAreNot() {
        Field times = column("at", TIMESTAMPTZ_ARRAY);
        String first = "{\"" + at(1) + "\",\"" + at(9) + "\"}";
        String second = "{\"" + at(2) + "\",\"" + at(9) + "\"}";
        String third = "{\"" + at(3) + "\",\"" + at(9) + "\"}";
        assertThat(claim(OLD, times, first, second, third))
                .isEqualTo(new StoredTimes(
                        new ClockClaim(micros(2), micros(3), true), new ClockClaim(micros(1), micros(2), true)));
        String both = "{\"" + at(3) + "\",\"" + at(10) + "\"}";
        assertThat(claim(OLD, times, first, second, both)).isNull();
    }

    @Test
    void whatADefaultAddsToTheClockIsTakenOffWhereBothSidesAddTheSame() {
        Field due = column("due", TIMESTAMPTZ, T, 3);
        assertThat(claim(OLD, due, at(1), at(2), at(3)))
                .isEqualTo(new StoredTimes(
                        new ClockClaim(micros(2) - 30 * DAY, micros(3) - 30 * DAY, true),
                        new ClockClaim(micros(1) - 30 * DAY, micros(2) - 30 * DAY, true)));
        assertThat(claim(catalog("(now() + '31 days'::interval)"), due, at(1), at(2), at(3)))
                .isEqualTo(new StoredTimes(
                        new ClockClaim(micros(2), micros(3), true),
                        new ClockClaim(micros(1) - 30 * DAY, micros(2) - 30 * DAY, true)));
    }

    @Test
    void whatIsNoTimeIsNotAskedFor() {
        Field text = column("at", 25);
        assertThat(claim(OLD, text, "a", "b", "c")).isNull();
    }
}
