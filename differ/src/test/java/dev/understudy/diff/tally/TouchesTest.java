package dev.understudy.diff.tally;

import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.ComparedStep;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.tally.Touches.Touched;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchesTest {
    private static final int T = 500;
    private static final int LOG = 501;

    private final Touches touches = new Touches(Catalogs.catalog(1)
            .table(T, "t", "*id int4", "v int4", "note text")
            .table(LOG, "log", "*id int4", "at timestamptz")
            .table(502, "solo", "x int4")
            .moved("stock", 'r')
            .table(503, "t", "*id int4")
            .moved("stock", 'r')
            .table(504, "twice", "x int4")
            .moved("stock", 'r')
            .table(505, "twice", "x int4")
            .moved("sales", 'r')
            .build()
            .relations());

    private Touched of(ComparedStep... steps) {
        return touches.of(List.of(steps));
    }

    private static ColumnId id(int relation, int attribute) {
        return new ColumnId(relation, attribute);
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT v FROM t, public.t",
        "SELECT v FROM public.t, public.t",
        "SELECT v FROM stock.t, stock.t",
        "SELECT x FROM solo, stock.solo",
        "SELECT x FROM twice, stock.twice sales.twice",
        "SELECT v FROM sales.t, ''",
        "SELECT v FROM nowhere, ''"
    })
    void aNameWithoutSchemaIsPublicsElseThatOfEverySchema(String sql, String tables) {
        Set<String> expected = tables.isEmpty() ? Set.of() : Set.of(tables.split(" "));
        assertThat(of(step(sql)).tables()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"r, true", "p, true", "v, true", "m, true", "f, true", "S, false", "i, false", "c, false"})
    void tablesAndViewsOfEveryKindCountSequencesDoNot(char kind, boolean counts) {
        Touches some = new Touches(Catalogs.catalog(1)
                .table(T, "t", "v int4")
                .moved("public", kind)
                .build()
                .relations());
        assertThat(some.of(List.of(step("SELECT v FROM t"))).tables())
                .isEqualTo(counts ? Set.of("public.t") : Set.of());
    }

    @Test
    void whatAStatementWritesIsWhatItGivesValuesTo() {
        assertThat(of(step("UPDATE t SET v = 1, note = 'x' WHERE id = 3")).written())
                .isEqualTo(Set.of(id(T, 2), id(T, 3)));
        assertThat(of(step("INSERT INTO log (at) VALUES (now())")).written()).isEqualTo(Set.of(id(LOG, 2)));
        assertThat(of(step("INSERT INTO log VALUES (1, now())")).written()).isEqualTo(Set.of(id(LOG, 1), id(LOG, 2)));
        assertThat(of(step("SELECT v FROM t")).written()).isEmpty();
        assertThat(of(step("UPDATE nowhere SET v = 1")).written()).isEmpty();
    }

    @Test
    void whatProductionsAnswerShowsIsRead() {
        assertThat(of(step("SELECT v, count(*) FROM t GROUP BY 1", 1, column("v", 23, T, 2), column("count", 20)))
                        .read())
                .isEqualTo(Set.of(id(T, 2)));
        assertThat(of(step("SELECT note FROM t")).read()).isEmpty();
    }

    @Test
    void anAnswerOfAnotherShapeReadsOtherColumns() {
        String all = "SELECT * FROM t";
        assertThat(of(step(all, 1, column("id", 23, T, 1))).read()).isEqualTo(Set.of(id(T, 1)));
        Touched grown = of(step(all, 1, column("id", 23, T, 1), column("v", 23, T, 2)));
        assertThat(grown).isEqualTo(new Touched(Set.of("public.t"), Set.of(), Set.of(id(T, 1), id(T, 2))));
        assertThat(of(step(all)).read()).isEmpty();
        assertThat(of(step(all, 1, column("id", 23, T, 1))).read()).isEqualTo(Set.of(id(T, 1)));
    }

    @Test
    void anExchangeTouchesWhatAllItsStatementsTouch() {
        Touched touched = of(
                step("SELECT v FROM t", 1, column("v", 23, T, 2)),
                step("UPDATE log SET at = now() RETURNING id", 1, column("id", 23, LOG, 1)));
        assertThat(touched)
                .isEqualTo(new Touched(
                        Set.of("public.t", "public.log"), Set.of(id(LOG, 2)), Set.of(id(T, 2), id(LOG, 1))));
        assertThat(of()).isEqualTo(Touched.NOTHING);
    }
}
