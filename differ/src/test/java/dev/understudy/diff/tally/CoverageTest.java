package dev.understudy.diff.tally;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static dev.understudy.diff.kit.Steps.fingerprint;
import static dev.understudy.diff.kit.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.ComparedStep;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {
    private static final int T = 500;
    private static final ByteBuf ANSWER = answer().done("SELECT 1").ready();

    private final Coverage coverage = new Coverage(Bounds.DEFAULT);
    private final Touches touches = new Touches(
            Catalogs.catalog(1).table(T, "t", "*id int4", "v int4").build().relations());

    private void add(Outcome outcome, ComparedStep... steps) {
        coverage.add(outcome, List.of(steps), touches, outcome.disposition());
    }

    private static Exchanges of(String sql) {
        return exchange(query(sql), ANSWER);
    }

    private static ComparedStep read(long rows) {
        return step("SELECT v FROM t", rows, column("v", 23, T, 2));
    }

    @ParameterizedTest
    @CsvSource({"SELECT v FROM t, 1", "UPDATE t SET v = 1, 1", "BEGIN, 0", "COMMIT, 0", "SELECT 1, 0"})
    void whatReadsOrWritesCarriesData(String sql, long carrying) {
        add(of(sql).build(), step(sql));
        assertThat(coverage.carryingData()).isEqualTo(carrying);
        assertThat(coverage.carryingCompared()).isEqualTo(carrying);
        assertThat(coverage.exchanges()).isEqualTo(1);
    }

    @Test
    void oneStatementOfManyIsEnoughToCarryData() {
        add(of("BEGIN; SELECT v FROM t; COMMIT").build(), step("BEGIN"), read(1), step("COMMIT"));
        assertThat(coverage.carryingData()).isEqualTo(1);
    }

    @Test
    void aStatementOfUnknownTextMayBeAnything() {
        add(of("").build(), step(""));
        assertThat(coverage.carryingData()).isEqualTo(1);
    }

    @Test
    void aRequestThatWasNotKeptMayBeAnything() {
        add(exchange(Unpooled.EMPTY_BUFFER, ANSWER).build());
        assertThat(coverage.carryingData()).isEqualTo(1);
        add(of("").build());
        assertThat(coverage.carryingData()).isEqualTo(1);
    }

    @Test
    void onlyWhatWasComparedIsCountedAsSuch() {
        add(of("SELECT v FROM t").build(), read(3));
        add(of("SELECT v FROM t").ended(Disposition.RACED, "overlap").build(), read(4));
        assertThat(coverage.carryingData()).isEqualTo(2);
        assertThat(coverage.carryingCompared()).isEqualTo(1);
        assertThat(coverage.rowsAnswered()).isEqualTo(7);
        assertThat(coverage.dispositions()).isEqualTo(Map.of(Disposition.COMPARED, 1L, Disposition.RACED, 1L));
        assertThat(coverage.count(Disposition.RACED)).isEqualTo(1);
        assertThat(coverage.count(Disposition.GAP)).isZero();
        assertThat(coverage.tables().compared("public.t")).isEqualTo(1);
        assertThat(coverage.columns().counts(T, 2)).isEqualTo(new ColumnCounts(2, 1, 0, 0));
        assertThat(coverage.statements().rows(fingerprint("SELECT v FROM t"))).isEqualTo(3);
    }

    @Test
    void whatTheDifferCouldNotReadIsNotCompared() {
        coverage.add(
                of("UPDATE t SET v = 1").build(),
                List.of(step("UPDATE t SET v = 1")),
                touches,
                Disposition.NOT_COMPARABLE);
        assertThat(coverage.carryingCompared()).isZero();
        assertThat(coverage.count(Disposition.COMPARED)).isZero();
        assertThat(coverage.columns().counts(T, 2)).isEqualTo(new ColumnCounts(0, 0, 1, 0));
    }

    @Test
    void whatBelongsToAnotherDatabaseConcernsNobody() {
        add(of("SELECT v FROM t").ended(Disposition.FILTERED, "other-database").build(), read(1));
        assertThat(coverage.carryingData()).isZero();
        assertThat(coverage.statements().all()).isEmpty();
        assertThat(coverage.tables().touched()).isEmpty();
        assertThat(coverage.count(Disposition.FILTERED)).isEqualTo(1);
    }

    @Test
    void whatAFilterLeftOutIsMissing() {
        add(of("SELECT v FROM t").ended(Disposition.FILTERED, "filter").build(), read(1));
        assertThat(coverage.carryingData()).isEqualTo(1);
        assertThat(coverage.statements().all()).hasSize(1);
        assertThat(coverage.tables().touched()).containsExactly("public.t");
    }

    @Test
    void aReasonOfAnotherClassFiltersNothing() {
        add(
                of("SELECT v FROM t")
                        .ended(Disposition.NOT_COMPARABLE, "other-database")
                        .build(),
                read(1));
        assertThat(coverage.carryingData()).isEqualTo(1);
    }

    @Test
    void aColumnIsReadWhereAnAnswerShowsIt() {
        add(of("SELECT v FROM t").build(), read(1));
        add(of("UPDATE t SET id = 1").build(), step("UPDATE t SET id = 1"));
        assertThat(coverage.isRead(T, 2)).isTrue();
        assertThat(coverage.isRead(T, 1)).isFalse();
    }

    @Test
    void coveragesAddUp() {
        Coverage other = new Coverage(Bounds.DEFAULT);
        Outcome raced =
                of("SELECT v FROM t").ended(Disposition.RACED, "overlap").build();
        other.add(raced, List.of(read(5)), touches, Disposition.RACED);
        other.add(of("SELECT v FROM t").build(), List.of(read(2)), touches, Disposition.COMPARED);
        add(of("SELECT v FROM t").build(), read(3));
        coverage.add(other);
        assertThat(coverage.exchanges()).isEqualTo(3);
        assertThat(coverage.count(Disposition.COMPARED)).isEqualTo(2);
        assertThat(coverage.carryingData()).isEqualTo(3);
        assertThat(coverage.carryingCompared()).isEqualTo(2);
        assertThat(coverage.rowsAnswered()).isEqualTo(10);
        assertThat(coverage.tables().compared("public.t")).isEqualTo(2);
        assertThat(coverage.columns().counts(T, 2)).isEqualTo(new ColumnCounts(3, 2, 0, 0));
        assertThat(coverage.statements().rows(fingerprint("SELECT v FROM t"))).isEqualTo(5);
    }
}
