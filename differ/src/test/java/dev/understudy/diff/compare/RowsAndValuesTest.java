package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Comparisons;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows belong together, and what is said of rows and values that differ. */
class RowsAndValuesTest {
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int JSONB = 3802;
    private static final int T = 16_400;
    private static final Catalog CATALOG = Catalogs.catalog(T)
            .table(T, "t", "*id int4", "a int4", "b text", "c int4")
            .build();
    private static final Field ID = column("id", INT4, T, 1);
    private static final Field A = column("a", INT4);
    private static final Field B = column("b", TEXT);
    private static final Field C = column("c", INT4);

    private static ByteBuf rows(Field[] columns, String... rows) {
        return returned(columns, "SELECT " + rows.length, rows);
    }

    private static ByteBuf returned(Field[] columns, String tag, String... rows) {
        Answers answer = answer().columns(columns);
        for (String row : rows) {
            answer.row(row.split(" "));
        }
        return answer.done(tag).ready();
    }

    private static Field[] columns(Field... columns) {
        return columns;
    }

    private static List<Difference> differences(String sql, ByteBuf before, ByteBuf after) {
        Comparison comparison = Comparisons.compare(sql, before, CATALOG, after, CATALOG);
        assertThat(comparison.uncovered()).isEmpty();
        return comparison.differences();
    }

    private static List<String> types(List<Difference> differences) {
        return differences.stream().map(each -> each.type().name()).toList();
    }

    // Which rows are one

    @Test
    void aRowIsTheOneThatSharesAtLeastHalfOfItsValues() {
        Field[] three = columns(A, B, C);
        assertThat(types(differences(
                        "SELECT a, b, c FROM t", rows(three, "1 x 5", "2 y 6"), rows(three, "2 y 6", "1 q 5"))))
                .as("two of three")
                .containsExactly("VALUE_TEXT");
        assertThat(types(differences(
                        "SELECT a, b, c FROM t", rows(three, "1 x 5", "2 y 6"), rows(three, "2 y 6", "1 q 7"))))
                .as("one of three")
                .containsExactly("ROW_MISSING", "ROW_EXTRA");
    }

    @Test
    void theMostSimilarRowIsTakenAndNoneTwice() {
        Field[] four = columns(A, B, C, column("d", INT4));
        List<Difference> found = differences(
                "SELECT a, b, c, d FROM t",
                rows(four, "1 x 5 9", "1 x 5 8", "0 z 0 0"),
                rows(four, "1 x 7 7", "1 x 5 7", "0 z 0 0"));
        assertThat(found)
                .extracting(each -> each.place().leftRow(), each -> each.place().rightRow(), Difference::path)
                .containsExactlyInAnyOrder(tuple(0, 1, "d"), tuple(1, 0, "c"), tuple(1, 0, "d"));
    }

    @Test
    void ofVeryManyRowsThoseInOnePlaceAreHeldTogether() {
        int count = 600;
        assertThat((long) count * count).isGreaterThan(RowMatching.MAX_SIMILARITY_COMPARISONS);
        Field[] two = columns(A, B);
        String[] before = IntStream.range(0, count).mapToObj(i -> i + " x" + i).toArray(String[]::new);
        String[] after = IntStream.range(0, count).mapToObj(i -> i + " y" + i).toArray(String[]::new);
        assertThat(types(differences("SELECT a, b FROM t", rows(two, before), rows(two, after))))
                .hasSize(count)
                .containsOnly("VALUE_TEXT");
        String[] others =
                IntStream.range(0, count).mapToObj(i -> -i - 1 + " y" + i).toArray(String[]::new);
        assertThat(types(differences("SELECT a, b FROM t", rows(two, before), rows(two, others))))
                .hasSize(2 * count)
                .containsOnly("ROW_MISSING", "ROW_EXTRA");
    }

    @Test
    void aKeyThatAResultRepeatsNamesNoRow() {
        Field[] two = columns(ID, B);
        assertThat(types(differences(
                        "SELECT id, b FROM t JOIN u USING (id)", rows(two, "1 x", "1 y"), rows(two, "1 y", "1 q"))))
                .containsExactly("VALUE_TEXT");
        assertThat(types(differences("SELECT id, b FROM t", rows(two, "1 x", "2 y"), rows(two, "2 q", "1 r"))))
                .as("it names each row once")
                .containsExactly("VALUE_TEXT", "VALUE_TEXT");
    }

    @Test
    void whereAKeyIsRepeatedALimitLeavesOpenWhichRowsItChose() {
        Field[] two = columns(ID, B);
        assertThat(differences(
                        "SELECT id, b FROM t JOIN u USING (id) LIMIT 2",
                        rows(two, "1 x", "1 y"),
                        rows(two, "1 p", "1 q")))
                .extracting(Difference::leeway)
                .containsOnly(Leeway.UNKNOWN);
        assertThat(differences("SELECT id, b FROM t LIMIT 2", rows(two, "1 x", "2 y"), rows(two, "1 p", "2 q")))
                .as("each row is named")
                .extracting(Difference::type, Difference::leeway)
                .containsOnly(tuple(DifferenceClass.VALUE_TEXT, Leeway.NONE));
    }

    @Test
    void rowsThatAnInsertReturnsBelongTogetherAsTheyCome() {
        Field[] two = columns(ID, B);
        assertThat(types(differences(
                        "INSERT INTO t (b) VALUES ('x'), ('y') RETURNING id, b",
                        returned(two, "INSERT 0 2", "1 x", "2 y"),
                        returned(two, "INSERT 0 2", "7 x", "8 y"))))
                .containsExactly("VALUE_NUMERIC", "VALUE_NUMERIC");
        assertThat(types(differences(
                        "UPDATE t SET b = 'z' RETURNING id, b",
                        returned(two, "UPDATE 2", "1 x", "2 y"),
                        returned(two, "UPDATE 2", "7 x", "8 y"))))
                .containsOnly("DML_RETURNING");
    }

    @Test
    void aColumnAloneIsHeldAgainstTheOtherSidesInOrder() {
        Field[] one = columns(A);
        assertThat(types(differences("SELECT a FROM t", rows(one, "1", "2", "3"), rows(one, "3", "8", "9"))))
                .containsExactly("VALUE_NUMERIC", "VALUE_NUMERIC");
        assertThat(types(differences("SELECT a FROM t", rows(one, "1", "2", "3"), rows(one, "3", "8"))))
                .as("a row is lost: nobody knows which")
                .containsExactlyInAnyOrder("ROW_MISSING", "ROW_MISSING", "ROW_EXTRA");
        Field[] key = columns(ID);
        assertThat(types(differences("SELECT id FROM t", rows(key, "1", "2"), rows(key, "2", "3"))))
                .as("another key is another row")
                .containsExactly("ROW_MISSING", "ROW_EXTRA");
    }

    @Test
    void rowsThatComeOnceMoreAreDuplicates() {
        Field[] two = columns(A, B);
        assertThat(types(differences(
                        "SELECT a, b FROM t",
                        rows(two, "1 x", "2 y"),
                        rows(two, "1 x", "1 x", "1 x", "2 y", "2 y", "3 z"))))
                .containsExactlyInAnyOrder("ROW_DUPLICATED", "ROW_DUPLICATED", "ROW_DUPLICATED", "ROW_EXTRA");
    }

    @Test
    void rowsOfOtherColumnsInAnotherOrderAreStillTheSame() {
        ByteBuf before = rows(columns(A, B), "1 x", "2 y");
        ByteBuf after = rows(columns(B, A), "y 2", "x 1");
        assertThat(types(differences("SELECT * FROM t", before, after))).containsExactly("SHAPE_COLUMN_REORDERED");
        ByteBuf wider = rows(columns(column("a", 20), B), "2 y", "1 x");
        assertThat(types(differences("SELECT * FROM t", before, wider))).containsExactly("SHAPE_TYPE_WIDENED");
        ByteBuf more = rows(columns(A, B, C), "2 y 0", "1 x 0", "1 x 0");
        assertThat(types(differences("SELECT * FROM t", before, more)))
                .containsExactly("SHAPE_COLUMN_ADDED", "ROW_DUPLICATED");
    }

    // What is said of them

    @Test
    void aRowOfOneSideIsShownWithItsFirstColumnsAndItsKey() {
        Field[] five = columns(ID, A, B, C, column("d", INT4));
        List<Difference> found = differences(
                "SELECT id, a, b, c, d FROM t",
                rows(five, "1 5 abc 7 8", "2 5 abc 7 8"),
                rows(five, "2 5 abc 7 8", "3 5 abc 7 8"));
        assertThat(found)
                .extracting(Difference::transition, Difference::before, Difference::after, Difference::row)
                .containsExactly(
                        tuple("only_in_baseline", "id = 1, a = 5, b = 'xxx', c = 7, …", "no such row", "id = 1"),
                        tuple("only_in_candidate", "no such row", "id = 3, a = 5, b = 'xxx', c = 7, …", "id = 3"));
        assertThat(found).extracting(Difference::place).containsExactly(Place.ofRow(0, 0, -1), Place.ofRow(0, -1, 1));
    }

    @Test
    void aBrokenOrderShowsWhichRowsCameTheOtherWayRound() {
        Field[] two = columns(A, B);
        assertThat(differences("SELECT a, b FROM t ORDER BY a", rows(two, "1 x", "2 y"), rows(two, "2 y", "1 x")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.transition()).isEqualTo("order broken");
                    assertThat(found.before()).isEqualTo("a = 1, b = 'x' before a = 2, b = 'x'");
                    assertThat(found.after()).isEqualTo("a = 2, b = 'x' before a = 1, b = 'x'");
                });
        assertThat(differences(
                        "SELECT a, b FROM (SELECT * FROM t LIMIT 2) s ORDER BY a",
                        rows(two, "1 x", "2 y"),
                        rows(two, "2 y", "1 x")))
                .extracting(Difference::leeway)
                .as("other rows may have stood there")
                .containsExactly(Leeway.UNKNOWN);
    }

    @Test
    void aPlaceWithinAValueStandsBehindItsColumn() {
        Field doc = column("doc", JSONB);
        assertThat(differences("SELECT doc FROM t", json(doc, "{\"a\": {\"b\": 1}}"), json(doc, "{\"a\": {\"b\": 2}}")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.path()).isEqualTo("doc.a.b");
                    assertThat(found.inside()).isEqualTo(".a.b");
                    assertThat(found.column()).isEqualTo("doc");
                });
    }

    @Test
    void ofVeryManyChangesOfOneValueTheRestIsSaidInOne() {
        Field doc = column("doc", JSONB);
        List<Difference> found = differences("SELECT doc FROM t", json(doc, numbers(0)), json(doc, numbers(1)));
        assertThat(found).extracting(Difference::transition).contains("further changes");
        assertThat(found).filteredOn(each -> each.path().equals("doc")).hasSize(1);
        assertThat(found).hasSizeLessThan(30);
    }

    private static String numbers(int more) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 30; i++) {
            json.append(i == 0 ? "" : ", ").append("\"k" + i + "\": " + (i + more));
        }
        return json.append("}").toString();
    }

    private static ByteBuf json(Field column, String text) {
        return answer().columns(column).row(text).done("SELECT 1").ready();
    }

    @Test
    void aValueThatCannotBeComparedIsUncovered() {
        Field stamp = column("at", 1114);
        Field other = column("at", 1114);
        Comparison comparison = Comparisons.compare(
                "SELECT at FROM t", json(stamp, "2020-02-03 00:00:00"), json(other, "02/03/2020 00:00:00"));
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.uncovered())
                .extracting(Uncovered::type, Uncovered::step)
                .containsExactly(tuple(DifferenceClass.RUN_COVERAGE, 0));
    }

    // Copied rows

    private static ByteBuf copied(String... lines) {
        return answer().copyOut(lines).done("COPY " + lines.length).ready();
    }

    @Test
    void copiedLinesAreCutAtTabsWhereEveryLineHasAsMany() {
        List<Difference> found =
                differences("COPY t TO STDOUT", copied("1\ta\tx\n", "2\tb\ty\n"), copied("1\ta\tx\n", "2\tc\ty\n"));
        assertThat(found).extracting(Difference::column).containsExactly("column 2");
        assertThat(differences("COPY t TO STDOUT", copied("1\ta\n", "2\n"), copied("1\ta\n", "3\n")))
                .extracting(Difference::column)
                .containsExactly("line");
        assertThat(differences("COPY t TO STDOUT", copied("1\ta"), copied("1\tb")))
                .as("without the line's end")
                .extracting(Difference::column, Difference::before)
                .containsExactly(tuple("column 2", "'a'"));
    }

    @Test
    void aLineOfOneColumnIsALine() {
        assertThat(differences("COPY t TO STDOUT", copied("a\n"), copied("b\n")))
                .extracting(Difference::column)
                .containsExactly("line");
        assertThat(differences("COPY t TO STDOUT", copied("\ta\n"), copied("\tb\n")))
                .as("the first column is empty")
                .extracting(Difference::column)
                .containsExactly("column 2");
        assertThat(types(differences("COPY t TO STDOUT", copied("\n"), copied(""))))
                .as("an empty line, and none at all")
                .isNotEmpty();
    }

    @Test
    void aCopiedNullIsNoTextOfThatSpelling() {
        assertThat(types(differences("COPY t TO STDOUT", copied("1\t\\N\n"), copied("1\t\n"))))
                .containsExactly("VALUE_EMPTY_NULL_SWAP");
        assertThat(types(differences("COPY t TO STDOUT", copied("1\t\\N\n"), copied("1\t\\M\n"))))
                .containsExactly("VALUE_NULL_TO_VALUE");
        assertThat(types(differences("COPY t TO STDOUT", copied("1\t\\Nx\n"), copied("1\t\\Ny\n"))))
                .containsExactly("VALUE_TEXT");
    }

    @Test
    void aBinaryCopyIsBytes() {
        ByteBuf before = binary("a\tb");
        ByteBuf after = binary("a\tc");
        assertThat(differences("COPY t TO STDOUT (FORMAT binary)", before, after))
                .extracting(Difference::type, Difference::column)
                .containsExactly(tuple(DifferenceClass.VALUE_BYTES, "line"));
        assertThat(differences("COPY t TO STDOUT (FORMAT binary)", before, before))
                .isEmpty();
    }

    private static ByteBuf binary(String row) {
        byte[] head = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] first = Arrays.copyOf(head, head.length + 8);
        return answer().copyOutRaw(first, row.getBytes(StandardCharsets.ISO_8859_1))
                .done("COPY 1")
                .ready();
    }
}
