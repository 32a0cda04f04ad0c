package dev.understudy.diff.verdict;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static dev.understudy.diff.kit.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Runs;
import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.diff.tally.Coverage;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The migration widens public.t.v. */
class JudgementTest {
    private static final int PRODUCTION = 16_400;
    private static final int COPY = 26_400;
    private static final Field V = column("v", 23, PRODUCTION, 2);

    private static Catalog catalog(int base, String typeOfV) {
        return Catalogs.catalog(base)
                .table("t", "*id int4", "v " + typeOfV)
                .table("log", "*id int4", "v int4")
                .build();
    }

    private static Runs run(@Nullable Catalog recorded) {
        return Runs.of(recorded)
                .arm(Arm.CONTROL, catalog(COPY, "int4"))
                .arm(Arm.CANDIDATE, catalog(COPY, "int8"))
                .whole(table("public.t", 10), table("public.log", 5));
    }

    private static Outcome read(String sql, Field... columns) {
        String[] values = new String[columns.length];
        Arrays.fill(values, "1");
        ByteBuf same = answer().columns(columns).row(values).done("SELECT 1").ready();
        return exchange(query(sql), same).control(same).candidate(same).build();
    }

    private static FootprintItem only(Runs run) {
        assertThat(run.report().footprint()).hasSize(1);
        return run.report().footprint().get(0);
    }

    @Test
    void aNameThatTwoTablesHaveIsTheOneThatAnswersShow() {
        Catalog recorded = catalog(PRODUCTION, "int4");
        String sql = "SELECT v FROM t NATURAL JOIN log";
        FootprintItem shown = only(run(recorded).add(read(sql, V)));
        assertThat(shown.object()).isEqualTo("public.t.v");
        assertThat(shown.isExercised()).isTrue();
        assertThat(shown.exercised().read()).isEqualTo(1);
        Field ofLog = column("v", 23, PRODUCTION + 1, 2);
        assertThat(only(run(recorded).add(read(sql, ofLog))).isExercised()).isFalse();
        assertThat(only(run(recorded).add(read(sql, column("v", 23)))).isExercised())
                .isFalse();
    }

    @Test
    void withoutTheTracesCatalogTheControlsTellsWhatStatementsTouch() {
        assertThat(only(run(null).add(read("SELECT v FROM t", column("v", 23)))).isExercised())
                .isTrue();
    }

    @Test
    void everyFindingIsOfItsOwnTablesRows() {
        Runs run = run(catalog(PRODUCTION, "int4"))
                .whole(
                        table("public.t", 10).cells("v", "VALUE_NUMERIC", "+1", 5),
                        table("public.log", 200).cells("v", "VALUE_NUMERIC", "+1", 5));
        assertThat(run.report().groups())
                .filteredOn(group -> group.type().isState())
                .extracting(DifferenceGroup::path, DifferenceGroup::compared)
                .containsExactlyInAnyOrder(tuple("public.t.v", 10L), tuple("public.log.v", 200L));
    }

    @Test
    void theTraceTouchedWhatWasCounted() {
        Coverage coverage = run(catalog(PRODUCTION, "int4"))
                .add(read("SELECT v FROM t", V))
                .tally(true)
                .coverage();
        TouchedByTrace touched = new TouchedByTrace(coverage);
        assertThat(touched.tables()).containsExactly("public.t");
        assertThat(touched.rowsAnswered()).isEqualTo(1);
    }
}
