package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Comparisons;
import dev.understudy.diff.kit.Requests;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ORDER BY, LIMIT, OFFSET, FETCH and DISTINCT ON decide, and what they leave open (SELECT's reference page). */
class OrderAndLimitTest {
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int NUMERIC = 1700;
    private static final int T = 16_400;
    private static final Catalog CATALOG =
            Catalogs.catalog(T).table(T, "t", "*id int4", "a int4", "b text").build();
    private static final Field ID = column("id", INT4, T, 1);
    private static final Field A = column("a", INT4, T, 2);
    private static final Field B = column("b", TEXT, T, 3);

    private static ByteBuf rows(Answers answer, String rows) {
        String[] each = rows.isEmpty() ? new String[0] : rows.split(",");
        for (String row : each) {
            answer.row(row.split(" "));
        }
        return answer.done("SELECT " + each.length).ready();
    }

    private static Comparison compare(String sql, String before, String after, Field... columns) {
        return Comparisons.compare(
                sql, rows(answer().columns(columns), before), CATALOG, rows(answer().columns(columns), after), CATALOG);
    }

    private static List<Leeway> leeways(Comparison comparison) {
        return comparison.differences().stream()
                .map(Difference::leeway)
                .distinct()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a bare name is the output column's, so the alias decides
                "SELECT id AS a, a AS id FROM t ORDER BY a         | 1 9,2 8 | 2 8,1 9 | order broken",
                "SELECT id AS a, a AS id FROM t ORDER BY t.a       | 1 9,2 9 | 2 9,1 9 | same",
                "SELECT id, a FROM t ORDER BY a                    | 1 5,2 5,3 6 | 2 5,1 5,3 6 | same",
                "SELECT id, a FROM t ORDER BY a                    | 1 5,2 5,3 6 | 1 5,3 6,2 5 | order broken",
                "SELECT id, a FROM t ORDER BY a DESC NULLS LAST    | 3 6,1 5,2 5 | 3 6,2 5,1 5 | same",
                "SELECT id, a FROM t ORDER BY 2                    | 1 5,2 5 | 2 5,1 5 | same",
                "SELECT id, a FROM t ORDER BY 2, 1                 | 1 5,2 5 | 2 5,1 5 | order broken",
                "SELECT id, a FROM t ORDER BY a % 2                | 1 5,2 5 | 2 5,1 5 | same",
                "SELECT id, a FROM t ORDER BY a % 2                | 1 4,2 6 | 2 6,1 4 | not shown",
                "SELECT id, a FROM t ORDER BY b                    | 1 4,2 6 | 2 6,1 4 | not shown",
                "SELECT id, a FROM t ORDER BY b, a                 | 1 4,2 6 | 2 6,1 4 | order broken",
                "SELECT id, a FROM t ORDER BY random()             | 1 4,2 6 | 2 6,1 4 | same",
                "SELECT id, a FROM t ORDER BY a + id               | 1 4,2 6 | 2 6,1 4 | not shown",
                "SELECT id, a FROM t ORDER BY a + b                | 1 4,2 4 | 2 4,1 4 | not shown",
                "SELECT id, a FROM t ORDER BY lower('x')            | 1 4,2 4 | 2 4,1 4 | not shown",
                "SELECT id, a FROM t ORDER BY t.a                  | 1 4,2 6 | 2 6,1 4 | order broken",
                "SELECT x.id, x.a FROM t x ORDER BY x.a            | 1 4,2 6 | 2 6,1 4 | order broken",
                "SELECT x.id, x.a FROM t x ORDER BY x.b            | 1 4,2 6 | 2 6,1 4 | not shown",
                "SELECT x.id, x.a FROM t x ORDER BY a              | 1 4,2 4 | 2 4,1 4 | same",
                "SELECT * FROM t ORDER BY t.a                      | 1 4,2 6 | 2 6,1 4 | order broken",
                "SELECT * FROM t ORDER BY t.a % 2                  | 1 4,2 4 | 2 4,1 4 | not shown",
                "SELECT * FROM t ORDER BY t.b                      | 1 4,2 6 | 2 6,1 4 | not shown",
                "SELECT id, a FROM t                               | 1 4,2 6 | 2 6,1 4 | same",
                // inversions that hide behind a run of equal keys
                "SELECT id, a FROM t ORDER BY a                    | 1 5,2 6,3 6 | 3 6,1 5,2 6 | order broken",
                "SELECT id, a FROM t ORDER BY a                    | 1 6,2 6,3 7 | 2 6,3 7,1 6 | order broken",
            })
    void anOrderIsBrokenOrNotOrNotToBeSeen(String sql, String before, String after, String expected) {
        Comparison comparison = compare(sql, before, after, column("id", INT4, T, 1), column("a", INT4, T, 2));
        if (sql.contains("AS a")) {
            comparison = compare(sql, before, after, column("a", INT4, T, 1), column("id", INT4, T, 2));
        }
        if (expected.equals("same")) {
            assertThat(comparison).isEqualTo(Comparison.SAME);
            return;
        }
        assertThat(comparison.differences()).singleElement().satisfies(found -> {
            assertThat(found.type()).isEqualTo(DifferenceClass.ROW_ORDER_CHANGED);
            assertThat(found.leeway()).isEqualTo(expected.equals("not shown") ? Leeway.UNKNOWN : Leeway.NONE);
        });
    }

    @Test
    void equalRowsBreakNoOrder() {
        assertThat(compare("SELECT a FROM t ORDER BY b", "1,2,1,2,1", "1,2,2,1,1", A)
                        .differences())
                .hasSize(1);
        assertThat(compare("SELECT a FROM t ORDER BY b", "9,1,2,1", "1,9,2,1", A)
                        .differences())
                .hasSize(1);
        assertThat(compare("SELECT a FROM t ORDER BY b", "1,1,2", "1,1,2", A).differences())
                .isEmpty();
    }

    @Test
    void rowsThatAreTheSameAreNotHeldAgainstEachOther() {
        assertThat(compare("SELECT a FROM t ORDER BY b", "9,1,1", "1,1,8", A).differences())
                .as("a row changed; the others come as they came")
                .extracting(Difference::type)
                .containsExactly(DifferenceClass.VALUE_NUMERIC);
    }

    @Test
    void aNameOfTwoColumnsNamesNone() {
        assertThat(leeways(compare("SELECT * FROM t, u ORDER BY a", "1 4 4,2 6 6", "2 6 6,1 4 4", ID, A, A)))
                .containsExactly(Leeway.UNKNOWN);
        assertThat(leeways(compare(
                        "SELECT t.a, u.a, id FROM t, u ORDER BY a + 1", "4 4 1,6 6 2", "6 6 2,4 4 1", A, A, ID)))
                .containsExactly(Leeway.UNKNOWN);
    }

    @Test
    void anOutputColumnIsKnownByWhatItShows() {
        Field shown = column("shown", INT4, T, 2);
        assertThat(leeways(compare("SELECT id, a AS shown FROM t ORDER BY t.a", "1 4,2 6", "2 6,1 4", ID, shown)))
                .containsExactly(Leeway.NONE);
        assertThat(leeways(compare("SELECT id, a + 1 AS shown FROM t ORDER BY a + 1", "1 4,2 6", "2 6,1 4", ID, shown)))
                .containsExactly(Leeway.NONE);
        assertThat(leeways(compare("SELECT id, f(t.a) AS shown FROM t ORDER BY t.a", "1 4,2 6", "2 6,1 4", ID, shown)))
                .as("what a function makes of it may sort otherwise")
                .containsExactly(Leeway.UNKNOWN);
    }

    @Test
    void valuesThatNobodyCanReadMaySortAlike() {
        Field unknown = column("v", 99_999);
        assertThat(leeways(compare("SELECT id, v FROM t ORDER BY v", "1 x,2 y", "2 y,1 x", ID, unknown)))
                .containsExactly(Leeway.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT a, b FROM t ORDER BY a LIMIT 2             | 5 x,6 y | 5 x,6 z | UNKNOWN",
                "SELECT a, b FROM t ORDER BY a LIMIT 2             | 5 x,6 y | 5 q,6 y | NONE",
                "SELECT a, b FROM t ORDER BY a LIMIT 2 OFFSET 1    | 5 x,6 y | 5 q,6 y | UNKNOWN",
                "SELECT DISTINCT ON (a) a, b FROM t                | 5 x,6 y | 5 q,6 y | UNKNOWN",
                "SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, c  | 5 x,6 y | 5 q,6 y | UNKNOWN",
                "SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, b  | 5 x,6 y | 5 q,6 y | NONE",
                "SELECT DISTINCT a, b FROM t                       | 5 x,6 y | 5 q,6 y | NONE",
                "SELECT a, b FROM (SELECT * FROM t LIMIT 2) s      | 5 x,6 y | 5 q,6 y | UNKNOWN",
                "SELECT a, b FROM t WHERE a = 5 LIMIT 1            | 5 x     | 5 q     | UNKNOWN",
            })
    void whatIsOpenAboutValuesOfRowsThatNothingNames(String sql, String before, String after, Leeway expected) {
        assertThat(leeways(compare(sql, before, after, A, B))).containsExactly(expected);
    }

    @Test
    void whatASubqueryChoseStandsInItsColumnOnly() {
        String sql = "SELECT id, (SELECT b FROM t LIMIT 1) AS x, a FROM t";
        Field x = column("x", TEXT);
        assertThat(leeways(compare(sql, "1 p 5,2 q 6", "1 r 5,2 q 6", ID, x, A)))
                .containsExactly(Leeway.UNKNOWN);
        assertThat(leeways(compare(sql, "1 p 5,2 q 6", "1 p 7,2 q 6", ID, x, A)))
                .as("a column of the row that the key names")
                .containsExactly(Leeway.NONE);
    }

    @Test
    void amongVeryManyRowsNobodyLooksForTheOneThatDistinctTook() {
        StringBuilder before = new StringBuilder("0 0");
        StringBuilder after = new StringBuilder("-1 1");
        for (int i = 1; i <= 1_000; i++) {
            before.append(",").append(i).append(" ").append(-i);
            after.append(",").append(-i - 1).append(" ").append(i + 1);
        }
        assertThat(leeways(compare("SELECT DISTINCT ON (a) id, a FROM t", before.toString(), after.toString(), ID, A)))
                .containsExactly(Leeway.UNKNOWN);
    }

    @Test
    void numbersThatSortAlikeAreTies() {
        Field n = column("n", NUMERIC);
        assertThat(compare("SELECT id, n FROM t ORDER BY n", "1 1.0,2 1.00", "2 1.00,1 1.0", ID, n))
                .isEqualTo(Comparison.SAME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id, a FROM t LIMIT 2                       | 1 5,2 6 | 3 7,2 6 | LIMIT",
                "SELECT id, a FROM t LIMIT 2                       | 1 5,2 6 | 3 7,4 6 | LIMIT",
                "SELECT id, a FROM t FETCH FIRST 2 ROWS ONLY       | 1 5,2 6 | 3 7,2 6 | LIMIT",
                "SELECT id, a FROM t ORDER BY random() LIMIT 2     | 1 5,2 6 | 3 7,2 6 | LIMIT",
                "SELECT id, a FROM t OFFSET 3                      | 1 5,2 6 | 3 7,2 6 | LIMIT",
                // fewer rows than the limit lets through: it cut nothing off
                "SELECT id, a FROM t LIMIT 3                       | 1 5,2 6 | 3 7,2 6 | NONE",
                // other counts, and a row with other values
                "SELECT id, a FROM t LIMIT 2                       | 1 5,2 6 | 2 6     | NONE",
                "SELECT id, a FROM t LIMIT 3                       | 1 5,2 6,4 1 | 3 7,2 9,4 1 | NONE UNKNOWN",
                // at most one row has that key
                "SELECT id, a FROM t WHERE id = 1 LIMIT 1          | 1 5 | 1 6 | NONE",
                // rows that the condition excludes are none that the limit may have taken
                "SELECT id, a FROM t WHERE a = 5 LIMIT 2           | 1 5,2 5 | 3 5,2 5 | LIMIT",
                "SELECT id, a FROM t WHERE a = 5 LIMIT 2           | 1 5,2 5 | 3 7,2 5 | NONE LIMIT",
                "SELECT id, a FROM t WHERE a = 5 LIMIT 1           | 1 5 | 3 7 | NONE LIMIT",
                "SELECT id, a FROM t WHERE b = 'x' LIMIT 2         | 1 5,2 5 | 3 7,2 5 | LIMIT",
                "SELECT id, a FROM t WHERE a = 5 LIMIT 2           | 1 5,2 6 | 3 7,2 6 | LIMIT",
                // an order that shows itself: ties at the cut only
                "SELECT id, a FROM t ORDER BY a LIMIT 2            | 1 5,2 6 | 1 5,3 6 | TIE",
                "SELECT id, a FROM t ORDER BY a LIMIT 2            | 1 5,2 6 | 1 5,3 7 | NONE",
                "SELECT id, a FROM t ORDER BY a LIMIT 3            | 1 5,2 6,3 6 | 4 5,2 6,3 6 | NONE",
                "SELECT id, a FROM t ORDER BY a LIMIT 2 OFFSET 2   | 1 5,2 6 | 3 5,2 6 | TIE",
                "SELECT id, a FROM t ORDER BY a FETCH FIRST 2 ROWS WITH TIES | 1 5,2 6 | 1 5,3 6 | NONE",
                // one that does not
                "SELECT id, a FROM t ORDER BY b LIMIT 2            | 1 5,2 6 | 1 5,3 6 | UNKNOWN",
                // drawn rows
                "SELECT id, a FROM t WHERE random() < 0.5          | 1 5,2 6 | 3 7 | DRAWN",
                "SELECT id, a FROM t TABLESAMPLE system (5)        | 1 5,2 6 | 2 6,4 9 | DRAWN",
                "SELECT id, a FROM (SELECT * FROM t LIMIT 2) s     | 1 5,2 6 | 3 7,2 6 | UNKNOWN",
                // nothing is open
                "SELECT id, a FROM t                               | 1 5,2 6 | 3 7,2 6 | NONE",
                // one of several rows
                "SELECT DISTINCT ON (a) id, a FROM t               | 1 5,2 6 | 1 5,3 6 | TIE",
                "SELECT DISTINCT ON (a) id, a FROM t               | 1 5,2 6 | 1 5,3 7 | NONE",
                "SELECT DISTINCT ON (a) id, a FROM t ORDER BY a, id| 1 5,2 6 | 1 5,3 6 | NONE",
                "SELECT DISTINCT ON (a) id, a FROM t ORDER BY a, b | 1 5,2 6 | 1 5,3 6 | UNKNOWN",
            })
    void whatIsOpenAboutRows(String sql, String before, String after, String expected) {
        Comparison comparison = compare(sql, before, after, ID, A);
        assertThat(comparison.differences()).isNotEmpty();
        assertThat(leeways(comparison)).extracting(Leeway::name).containsExactly(expected.split(" "));
    }

    @Test
    void withoutAKeyNobodyCanTellOtherRowsFromOtherValues() {
        assertThat(leeways(compare("SELECT a FROM t LIMIT 1", "5", "7", A))).containsExactly(Leeway.UNKNOWN);
        assertThat(leeways(compare("SELECT a, b FROM t LIMIT 2", "5 x,6 y", "5 x,6 z", A, B)))
                .containsExactly(Leeway.UNKNOWN);
        assertThat(leeways(compare("SELECT a FROM t WHERE id = 3 LIMIT 1", "5", "7", A)))
                .containsExactly(Leeway.NONE);
        assertThat(leeways(compare("SELECT a, b FROM t WHERE random() < 1", "5 x", "5 z", A, B)))
                .containsExactly(Leeway.UNKNOWN);
    }

    @Test
    void aLimitMayBeAnArgument() {
        String sql = "SELECT id, a FROM t WHERE a > $1 LIMIT $2";
        for (int limit = 2; limit <= 3; limit++) {
            ByteBuf request = Requests.prepared(sql, 0, "0", Integer.toString(limit));
            Comparison comparison = Comparisons.compare(
                    request,
                    Comparisons.answer(request, rows(answer().parsedAndBound().columns(ID, A), "1 5,2 6"), CATALOG),
                    Comparisons.answer(request, rows(answer().parsedAndBound().columns(ID, A), "1 5,3 6"), CATALOG));
            assertThat(leeways(comparison)).containsExactly(limit == 2 ? Leeway.LIMIT : Leeway.NONE);
        }
    }
}
