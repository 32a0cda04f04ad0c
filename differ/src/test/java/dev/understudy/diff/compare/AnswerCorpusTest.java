package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Columns.modified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Comparisons;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pairs of whole answers and what their differences must be called: shapes, rows, errors, tags, transaction status, COPY.
 * Written from chapters 55 (protocol), 7 (queries), 6 (DML) and appendix A (SQLSTATEs).
 */
class AnswerCorpusTest {
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int INT8 = 20;
    private static final int TEXT = 25;
    private static final int VARCHAR = 1043;
    private static final int NUMERIC = 1700;

    private static final int USERS = 16_400;
    private static final int USERS_COPY = 26_400;
    private static final Catalog PRODUCTION = Catalogs.catalog(16_390)
            .table(USERS, "users", "*id int4", "name text", "score int4")
            .enumeration(16_500, "mood", "sad", "ok")
            .domain(16_501, "email", TEXT)
            .build();
    private static final Catalog COPY = Catalogs.catalog(26_390)
            .table(USERS_COPY, "users", "*id int4", "name text", "score int4")
            .enumeration(26_500, "mood", "sad", "ok")
            .enumeration(26_502, "feeling", "sad", "ok")
            .domain(26_501, "email", TEXT)
            .build();

    record Case(String name, String sql, ByteBuf before, ByteBuf after, String... classes) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Case> cases = new ArrayList<>();

    private void expect(String name, String sql, ByteBuf before, ByteBuf after, String... classes) {
        cases.add(new Case(name, sql, before, after, classes));
    }

    static Stream<Case> corpus() {
        AnswerCorpusTest corpus = new AnswerCorpusTest();
        corpus.shapes();
        corpus.types();
        corpus.rowsInAnyOrder();
        corpus.keyedRows();
        corpus.orderedRows();
        corpus.errors();
        corpus.changes();
        corpus.copies();
        corpus.several();
        return corpus.cases.stream();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void namesTheDifferences(Case each) {
        Comparison comparison = Comparisons.compare(each.sql(), each.before(), PRODUCTION, each.after(), COPY);
        assertThat(comparison.uncovered()).isEmpty();
        assertThat(comparison.differences())
                .extracting(difference -> difference.type().name())
                .containsExactlyInAnyOrder(each.classes());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void findsNothingAgainstItself(Case each) {
        assertThat(Comparisons.compare(each.sql(), each.before(), PRODUCTION, each.before(), PRODUCTION))
                .isEqualTo(Comparison.SAME);
        assertThat(Comparisons.compare(each.sql(), each.after(), COPY, each.after(), COPY))
                .isEqualTo(Comparison.SAME);
    }

    // Shapes: columns by name

    private void shapes() {
        String sql = "SELECT * FROM users";
        Field id = column("id", INT4);
        Field name = column("name", TEXT);
        Field mail = column("mail", TEXT);
        ByteBuf idName =
                answer().columns(id, name).row("1", "a").done("SELECT 1").ready();
        expect(
                "column added",
                sql,
                idName,
                answer().columns(id, name, mail)
                        .row("1", "a", "x")
                        .done("SELECT 1")
                        .ready(),
                "SHAPE_COLUMN_ADDED");
        expect(
                "column dropped",
                sql,
                idName,
                answer().columns(id).row("1").done("SELECT 1").ready(),
                "SHAPE_COLUMN_DROPPED");
        expect(
                "column renamed",
                sql,
                idName,
                answer().columns(id, column("label", TEXT))
                        .row("1", "a")
                        .done("SELECT 1")
                        .ready(),
                "SHAPE_COLUMN_RENAMED");
        expect(
                "column renamed and value changed",
                sql,
                idName,
                answer().columns(id, column("label", TEXT))
                        .row("1", "b")
                        .done("SELECT 1")
                        .ready(),
                "SHAPE_COLUMN_RENAMED",
                "VALUE_TEXT");
        expect(
                "columns reordered",
                sql,
                idName,
                answer().columns(name, id).row("a", "1").done("SELECT 1").ready(),
                "SHAPE_COLUMN_REORDERED");
        expect(
                "columns reordered and value changed",
                sql,
                idName,
                answer().columns(name, id).row("a", "2").done("SELECT 1").ready(),
                "SHAPE_COLUMN_REORDERED",
                "VALUE_NUMERIC");
        expect(
                "column replaced by one of another type",
                sql,
                idName,
                answer().columns(id, column("code", INT4))
                        .row("1", "7")
                        .done("SELECT 1")
                        .ready(),
                "SHAPE_COLUMN_DROPPED",
                "SHAPE_COLUMN_ADDED");
        expect(
                "two columns of one name, the second changed",
                "SELECT a.id, b.id FROM a, b",
                answer().columns(id, id).row("1", "2").done("SELECT 1").ready(),
                answer().columns(id, id).row("1", "3").done("SELECT 1").ready(),
                "VALUE_NUMERIC");
        expect(
                "one of two columns of one name dropped",
                "SELECT a.id, b.id FROM a, b",
                answer().columns(id, id).row("1", "2").done("SELECT 1").ready(),
                answer().columns(id).row("1").done("SELECT 1").ready(),
                "SHAPE_COLUMN_DROPPED");
        expect(
                "shape of an empty result",
                sql,
                answer().columns(id, name).done("SELECT 0").ready(),
                answer().columns(id).done("SELECT 0").ready(),
                "SHAPE_COLUMN_DROPPED");
    }

    private void types() {
        String sql = "SELECT v FROM t";
        expect("int4 to int8", sql, one(column("v", INT4), "5"), one(column("v", INT8), "5"), "SHAPE_TYPE_WIDENED");
        expect("int8 to int2", sql, one(column("v", INT8), "5"), one(column("v", INT2), "5"), "SHAPE_TYPE_NARROWED");
        expect(
                "int4 to numeric, scale shown",
                sql,
                one(column("v", INT4), "5"),
                one(column("v", NUMERIC), "5.00"),
                "SHAPE_TYPE_WIDENED",
                "VALUE_NUMERIC_SCALE");
        expect(
                "int4 to text, the same digits",
                sql,
                one(column("v", INT4), "5"),
                one(column("v", TEXT), "5"),
                "SHAPE_TYPE_CHANGED");
        expect(
                "int4 to text, other digits",
                sql,
                one(column("v", INT4), "5"),
                one(column("v", TEXT), "05"),
                "SHAPE_TYPE_CHANGED",
                "VALUE_TEXT");
        expect(
                "varchar(20) to varchar(10)",
                sql,
                one(modified(column("v", VARCHAR), 24), "abc"),
                one(modified(column("v", VARCHAR), 14), "abc"),
                "SHAPE_TYPE_NARROWED");
        expect(
                "varchar(10) to varchar",
                sql,
                one(modified(column("v", VARCHAR), 14), "abc"),
                one(column("v", VARCHAR), "abc"),
                "SHAPE_TYPE_WIDENED");
        expect(
                "varchar to text",
                sql,
                one(column("v", VARCHAR), "abc"),
                one(column("v", TEXT), "abc"),
                "SHAPE_TYPE_WIDENED");
        expect(
                "numeric(10,2) to numeric(12,2)",
                sql,
                one(modified(column("v", NUMERIC), (10 << 16 | 2) + 4), "1.00"),
                one(modified(column("v", NUMERIC), (12 << 16 | 2) + 4), "1.00"),
                "SHAPE_TYPE_WIDENED");
        expect(
                "numeric(10,2) to numeric(10,3): fewer digits before the point",
                sql,
                one(modified(column("v", NUMERIC), (10 << 16 | 2) + 4), "1.00"),
                one(modified(column("v", NUMERIC), (10 << 16 | 3) + 4), "1.000"),
                "SHAPE_TYPE_CHANGED",
                "VALUE_NUMERIC_SCALE");
        expect("an enumeration under another OID", sql, one(column("v", 16_500), "ok"), one(column("v", 26_500), "ok"));
        expect(
                "another enumeration",
                sql,
                one(column("v", 16_500), "ok"),
                one(column("v", 26_502), "ok"),
                "SHAPE_TYPE_CHANGED");
        expect(
                "a label of an enumeration",
                sql,
                one(column("v", 16_500), "ok"),
                one(column("v", 26_500), "sad"),
                "VALUE_ENUM_LABEL");
        expect("a domain under another OID", sql, one(column("v", 16_501), "a@b"), one(column("v", 26_501), "a@b"));
        expect(
                "a domain's value in another case",
                sql,
                one(column("v", 16_501), "A@b"),
                one(column("v", 26_501), "a@b"),
                "VALUE_CASE_ONLY");
    }

    private static ByteBuf one(Field column, String value) {
        return answer().columns(column).row(value).done("SELECT 1").ready();
    }

    // Rows: a multiset, unless the outermost ORDER BY decides

    private void rowsInAnyOrder() {
        String sql = "SELECT a, b FROM t";
        expect("another order without ORDER BY", sql, ab("1 x", "2 y", "3 z"), ab("3 z", "1 x", "2 y"));
        expect("a row is missing", sql, ab("1 x", "2 y"), ab("1 x"), "ROW_MISSING");
        expect("a row is more", sql, ab("1 x"), ab("2 y", "1 x"), "ROW_EXTRA");
        expect("a row twice", sql, ab("1 x", "2 y"), ab("1 x", "2 y", "2 y"), "ROW_DUPLICATED");
        expect("a row twice becomes once", sql, ab("1 x", "1 x"), ab("1 x"), "ROW_MISSING");
        expect("nothing where rows were", sql, ab("1 x", "2 y"), ab(), "ROW_MISSING", "ROW_MISSING");
        expect(
                "a changed value is no missing row",
                sql,
                ab("1 x", "2 y", "3 z"),
                ab("3 z", "2 q", "1 x"),
                "VALUE_TEXT");
        expect(
                "rows of nothing in common",
                sql,
                ab("1 x", "2 y"),
                ab("7 q", "8 r"),
                "ROW_MISSING",
                "ROW_MISSING",
                "ROW_EXTRA",
                "ROW_EXTRA");
        expect("the single row changed wholly", sql, ab("1 x"), ab("7 q"), "VALUE_NUMERIC", "VALUE_TEXT");
        expect(
                "ORDER BY of a subquery binds nothing",
                "SELECT a, b FROM (SELECT a, b FROM t ORDER BY a) s",
                ab("1 x", "2 y"),
                ab("2 y", "1 x"));
        expect(
                "ORDER BY of a window binds nothing",
                "SELECT a, row_number() OVER (ORDER BY a) AS b FROM t",
                ab("1 x", "2 y"),
                ab("2 y", "1 x"));
        expect(
                "scale of every row, in another order",
                "SELECT a, n FROM t",
                an("1 1.0", "2 2.0", "3 3.0"),
                an("3 3.00", "2 2.00", "1 1.00"),
                "VALUE_NUMERIC_SCALE",
                "VALUE_NUMERIC_SCALE",
                "VALUE_NUMERIC_SCALE");
    }

    private static ByteBuf ab(String... rows) {
        return rows(answer().columns(column("a", INT4), column("b", TEXT)), rows);
    }

    private static ByteBuf an(String... rows) {
        return rows(answer().columns(column("a", INT4), column("n", NUMERIC)), rows);
    }

    private static ByteBuf rows(Answers answer, String... rows) {
        for (String row : rows) {
            answer.row(row.split(" "));
        }
        return answer.done("SELECT " + rows.length).ready();
    }

    private void keyedRows() {
        String sql = "SELECT id, name, score FROM users";
        expect(
                "by key: two of three values changed",
                sql,
                users(USERS, "1 a 10", "2 b 20"),
                users(USERS_COPY, "2 b 20", "1 q 11"),
                "VALUE_TEXT",
                "VALUE_NUMERIC");
        expect(
                "by key: another key is another row",
                sql,
                users(USERS, "1 a 10", "2 b 20"),
                users(USERS_COPY, "1 a 10", "3 b 20"),
                "ROW_MISSING",
                "ROW_EXTRA");
        expect(
                "by key: values swapped between rows",
                sql,
                users(USERS, "1 a 10", "2 b 20"),
                users(USERS_COPY, "1 b 10", "2 a 20"),
                "VALUE_TEXT",
                "VALUE_TEXT");
        expect("by key: only OIDs differ", sql, users(USERS, "1 a 10"), users(USERS_COPY, "1 a 10"));
    }

    private static ByteBuf users(int relation, String... rows) {
        return rows(
                answer().columns(
                                column("id", INT4, relation, 1),
                                column("name", TEXT, relation, 2),
                                column("score", INT4, relation, 3)),
                rows);
    }

    private void orderedRows() {
        expect(
                "ORDER BY broken",
                "SELECT a, b FROM t ORDER BY a",
                ab("1 x", "2 y"),
                ab("2 y", "1 x"),
                "ROW_ORDER_CHANGED");
        expect("ties apart", "SELECT a, b FROM t ORDER BY a", ab("1 x", "1 y", "2 z"), ab("1 y", "1 x", "2 z"));
        expect(
                "ties apart, by number",
                "SELECT a, b FROM t ORDER BY 1 DESC",
                ab("2 z", "1 x", "1 y"),
                ab("2 z", "1 y", "1 x"));
        expect(
                "no tie, by number",
                "SELECT a, b FROM t ORDER BY 1, 2",
                ab("1 x", "1 y"),
                ab("1 y", "1 x"),
                "ROW_ORDER_CHANGED");
        expect(
                "no tie, by expression",
                "SELECT a + 1 AS a, b FROM t ORDER BY a + 1",
                ab("2 x", "3 y"),
                ab("3 y", "2 x"),
                "ROW_ORDER_CHANGED");
        expect(
                "a key that the result does not show",
                "SELECT a, b FROM t ORDER BY c",
                ab("1 x", "2 y"),
                ab("2 y", "1 x"),
                "ROW_ORDER_CHANGED");
        expect(
                "a changed value moves its row",
                "SELECT id, name, score FROM users ORDER BY score",
                users(USERS, "1 a 10", "2 b 20", "3 c 30"),
                users(USERS_COPY, "2 b 20", "3 c 30", "1 a 40"),
                "VALUE_NUMERIC");
        expect(
                "a missing row breaks no order",
                "SELECT a, b FROM t ORDER BY a",
                ab("1 x", "2 y", "3 z"),
                ab("1 x", "3 z"),
                "ROW_MISSING");
    }

    // Errors: by SQLSTATE, then by words

    private void errors() {
        String sql = "SELECT v FROM t";
        ByteBuf fine = one(column("v", INT4), "1");
        ByteBuf noTable = failed("42P01", "relation \"t\" does not exist");
        expect("new error", sql, fine, noTable, "ERROR_NEW");
        expect("error gone", sql, noTable, fine, "ERROR_GONE");
        expect(
                "another error",
                sql,
                noTable,
                failed("42501", "permission denied for table t"),
                "ERROR_SQLSTATE_CHANGED");
        expect("other words", sql, noTable, failed("42P01", "Relation »t« existiert nicht"), "ERROR_MESSAGE_ONLY");
        expect("the same error", sql, noTable, failed("42P01", "relation \"t\" does not exist"));
        expect("timeout", sql, fine, failed("57014", "canceling statement due to statement timeout"), "ERROR_TIMEOUT");
        expect("lock timeout", sql, fine, failed("55P03", "canceling statement due to lock timeout"), "ERROR_TIMEOUT");
        expect("stale plan", sql, fine, failed("0A000", "cached plan must not change result type"), "ERROR_STALE_PLAN");
        expect("feature not supported is no stale plan", sql, fine, failed("0A000", "cannot do that"), "ERROR_NEW");
        expect(
                "another constraint violated",
                "INSERT INTO t VALUES (1)",
                answer().error("23505", "duplicate key", Map.of('n', "t_pkey")).ready(),
                answer().error("23505", "duplicate key", Map.of('n', "t_mail_key"))
                        .ready(),
                "ERROR_MESSAGE_ONLY");
        expect(
                "deadlocks name other processes each time",
                sql,
                answer().error("40P01", "deadlock detected", Map.of('D', "Process 1 waits"))
                        .ready(),
                answer().error("40P01", "deadlock detected", Map.of('D', "Process 2 waits"))
                        .ready());
        expect(
                "a failing row is quoted with what the server made up for it",
                "INSERT INTO t VALUES (NULL)",
                answer().error("23502", "null value", Map.of('c', "v", 'D', "Failing row contains (null, 10:00)."))
                        .ready(),
                answer().error("23502", "null value", Map.of('c', "v", 'D', "Failing row contains (null, 10:01)."))
                        .ready());
        expect(
                "the key that is there already is told by DETAIL",
                "INSERT INTO t VALUES (1)",
                answer().error("23505", "duplicate key", Map.of('D', "Key (id)=(1) already exists."))
                        .ready(),
                answer().error("23505", "duplicate key", Map.of('D', "Key (id)=(2) already exists."))
                        .ready(),
                "ERROR_MESSAGE_ONLY");
        expect(
                "the place in the server's source is no difference",
                sql,
                answer().error("42P01", "relation \"t\" does not exist", Map.of('F', "a.c", 'L', "1", 'P', "15"))
                        .ready(),
                answer().error("42P01", "relation \"t\" does not exist", Map.of('F', "b.c", 'L', "2", 'P', "15"))
                        .ready());
        expect(
                "error after some rows",
                sql,
                answer().columns(column("v", INT4))
                        .row("1")
                        .row("2")
                        .done("SELECT 2")
                        .ready(),
                answer().columns(column("v", INT4))
                        .row("1")
                        .error("22012", "division by zero")
                        .ready(),
                "ERROR_NEW");
        expect(
                "only the transaction status differs",
                "SELECT 1 FROM t",
                answer().done("SELECT 0").ready('T'),
                answer().done("SELECT 0").ready('I'),
                "ERROR_SQLSTATE_CHANGED");
    }

    private static ByteBuf failed(String sqlState, String message) {
        return answer().error(sqlState, message).ready();
    }

    // What statements change: command tags (chapter 55.7, CommandComplete)

    private void changes() {
        expect(
                "fewer rows updated",
                "UPDATE t SET v = 1",
                answer().done("UPDATE 3").ready(),
                answer().done("UPDATE 2").ready(),
                "DML_AFFECTED_ROWS");
        expect(
                "no row inserted",
                "INSERT INTO t SELECT 1",
                answer().done("INSERT 0 1").ready(),
                answer().done("INSERT 0 0").ready(),
                "DML_AFFECTED_ROWS");
        expect(
                "rows deleted where none were",
                "DELETE FROM t",
                answer().done("DELETE 0").ready(),
                answer().done("DELETE 12").ready(),
                "DML_AFFECTED_ROWS");
        expect(
                "fewer rows copied in",
                "COPY t FROM STDIN",
                answer().done("COPY 5").ready(),
                answer().done("COPY 4").ready(),
                "DML_AFFECTED_ROWS");
        expect(
                "fewer rows in a table made by a query",
                "CREATE TABLE n AS SELECT 1",
                answer().done("SELECT 5").ready(),
                answer().done("SELECT 4").ready(),
                "DML_AFFECTED_ROWS");
        expect(
                "fewer rows updated and returned: one finding",
                "UPDATE t SET v = 1 RETURNING v",
                returned("UPDATE 2", "1", "1"),
                returned("UPDATE 1", "1"),
                "DML_AFFECTED_ROWS");
        expect(
                "other rows returned",
                "UPDATE t SET v = 1 RETURNING v, w",
                answer().columns(column("v", INT4), column("w", TEXT))
                        .row("1", "a")
                        .row("2", "b")
                        .done("UPDATE 2")
                        .ready(),
                answer().columns(column("v", INT4), column("w", TEXT))
                        .row("1", "a")
                        .row("7", "z")
                        .done("UPDATE 2")
                        .ready(),
                "DML_RETURNING",
                "DML_RETURNING");
        expect(
                "another value returned",
                "INSERT INTO t DEFAULT VALUES RETURNING v",
                returned("INSERT 0 1", "17"),
                returned("INSERT 0 1", "18"),
                "VALUE_NUMERIC");
        expect(
                "SELECT's tag only counts its rows",
                "SELECT v FROM t",
                returned("SELECT 2", "1", "2"),
                returned("SELECT 1", "1"),
                "ROW_MISSING");
    }

    private static ByteBuf returned(String tag, String... values) {
        Answers answer = answer().columns(column("v", INT4));
        for (String value : values) {
            answer.row(value);
        }
        return answer.done(tag).ready();
    }

    // COPY TO STDOUT: one message for each row

    private void copies() {
        String sql = "COPY t TO STDOUT";
        expect("copied alike", sql, copied("1\ta\n", "2\tb\n"), copied("1\ta\n", "2\tb\n"));
        expect("copied in another order", sql, copied("1\ta\n", "2\tb\n"), copied("2\tb\n", "1\ta\n"));
        expect("a column of a copied line", sql, copied("1\ta\n", "2\tb\n"), copied("1\ta\n", "2\tc\n"), "VALUE_TEXT");
        expect("a copied NULL", sql, copied("1\t\\N\n", "2\tb\n"), copied("1\ta\n", "2\tb\n"), "VALUE_NULL_TO_VALUE");
        expect("a line less", sql, copied("1\ta\n", "2\tb\n"), copied("1\ta\n"), "ROW_MISSING");
        expect("lines of another width", sql, copied("1\ta\n"), copied("1\ta\tx\n"), "VALUE_TEXT");
        expect("no lines at all", sql, copied(), copied());
    }

    private static ByteBuf copied(String... lines) {
        return answer().copyOut(lines).done("COPY " + lines.length).ready();
    }

    private void several() {
        String sql = "SELECT 1 AS v; SELECT v FROM t; UPDATE t SET v = 2";
        Field v = column("v", INT4);
        ByteBuf fine = answer().columns(v)
                .row("1")
                .done("SELECT 1")
                .columns(v)
                .row("5")
                .done("SELECT 1")
                .done("UPDATE 1")
                .ready();
        expect(
                "the second of three statements",
                sql,
                fine,
                answer().columns(v)
                        .row("1")
                        .done("SELECT 1")
                        .columns(v)
                        .row("6")
                        .done("SELECT 1")
                        .done("UPDATE 1")
                        .ready(),
                "VALUE_NUMERIC");
        expect(
                "the third fails",
                sql,
                fine,
                answer().columns(v)
                        .row("1")
                        .done("SELECT 1")
                        .columns(v)
                        .row("5")
                        .done("SELECT 1")
                        .error("42501", "permission denied")
                        .ready(),
                "ERROR_NEW");
        expect(
                "what an error keeps from running is no further finding",
                sql,
                fine,
                answer().columns(v)
                        .row("1")
                        .done("SELECT 1")
                        .error("42P01", "no table")
                        .ready(),
                "ERROR_NEW");
    }
}
