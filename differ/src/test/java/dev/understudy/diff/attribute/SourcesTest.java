package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where values come from as far as statement and catalogs prove it, and how far that excuses them. */
class SourcesTest {
    private static final int INT8 = 20;
    private static final int INT4 = 23;
    private static final int OID = 26;
    private static final int TEXT = 25;
    private static final int FLOAT8 = 701;
    private static final int T = 16_400;
    private static final int VIEW = 16_401;

    private static Catalog catalog(String viewQuery) {
        return Catalogs.catalog(T)
                .table(
                        T,
                        "t",
                        "*id int8 nextval('t_id_seq'::regclass)",
                        "v int4",
                        "ref text gen_salt('md5')",
                        "note text")
                .view(VIEW, "drawn", viewQuery, "id int8", "r float8")
                .build();
    }

    private static final Catalog CATALOG = catalog("SELECT id, random() AS r FROM t");

    private static ByteBuf one(Field column, String value) {
        return answer().columns(column).row(value).done("SELECT 1").ready();
    }

    private static JudgedDifference judged(Catalog candidate, Exchanges exchange) {
        ServerCatalog server = new ServerCatalog(CATALOG);
        List<JudgedDifference> differences = new OutcomeJudge(
                        new Servers(server, server, new ServerCatalog(candidate)), new Statements())
                .judge(exchange.build())
                .differences();
        assertThat(differences).hasSize(1);
        return differences.get(0);
    }

    /** Whose fault it is. */
    private static String fault(String sql, Field column, String recorded, String control, String candidate) {
        return judged(
                        CATALOG,
                        exchange(query(sql), one(column, recorded))
                                .control(one(column, control))
                                .candidate(one(column, candidate)))
                .attribution()
                .label();
    }

    // Sequences

    @ParameterizedTest
    @CsvSource({
        "5, 6, 10006, explained (generated)",
        "5, 10006, 6, explained (generated)",
        "5, 6, 10007, migration",
        "5, 10007, 6, nondeterministic",
        "5, 1, 2, explained (generated)",
        "5, 0, 2, nondeterministic",
        "5, 2, 0, migration",
        "5, -1, 2, nondeterministic",
        "5, 5, 6, migration"
    })
    void numbersOfASequenceLieNear(String recorded, String control, String candidate, String fault) {
        assertThat(fault("SELECT nextval('t_id_seq') AS id", column("id", INT8), recorded, control, candidate))
                .isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5, 6, explained (generated)",
        "5, 5, 4, migration",
        "5, 6, 4, explained (generated)",
        "5, 5, 10006, migration"
    })
    void aSequenceThatFillsAColumnOnlyGoesAhead(String recorded, String control, String candidate, String fault) {
        assertThat(fault(
                        "INSERT INTO t (v) VALUES (1) RETURNING id",
                        column("id", INT8, T, 1),
                        recorded,
                        control,
                        candidate))
                .isEqualTo(fault);
    }

    // Defaults

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO t (v) VALUES (1) RETURNING ref | explained (volatile)",
                "INSERT INTO t DEFAULT VALUES RETURNING ref | explained (volatile)",
                "INSERT INTO t (v, ref) VALUES (1, 'a') RETURNING ref | migration",
                "INSERT INTO t VALUES (1, 2, 'a', 'b') RETURNING ref | migration",
                "UPDATE t SET v = 1 RETURNING ref | migration",
                "SELECT ref FROM t | migration"
            })
    void onlyAnInsertionThatLeavesTheColumnOutTakesItsDefault(String sql, String fault) {
        assertThat(fault(sql, column("ref", TEXT, T, 3), "a", "a", "c")).isEqualTo(fault);
    }

    @Test
    void aColumnWithoutDefaultOrWithAPlainOneExplainsNothing() {
        assertThat(fault("INSERT INTO t (v) VALUES (1) RETURNING note", column("note", TEXT, T, 4), "a", "a", "c"))
                .isEqualTo("migration");
        Catalog plain = Catalogs.catalog(T)
                .table(T, "t", "*id int8", "v int4", "ref text 'new'", "note text")
                .build();
        Field ref = column("ref", TEXT, T, 3);
        JudgedDifference judged = judged(
                plain,
                exchange(query("INSERT INTO t (v) VALUES (1) RETURNING ref"), one(ref, "a"))
                        .control(one(ref, "a"))
                        .candidate(one(ref, "new")));
        assertThat(judged.attribution())
                .as("the candidate's default draws nothing")
                .isEqualTo(Attribution.MIGRATION);
    }

    // Views

    @Test
    void aViewThatDrawsOnBothSidesExplains() {
        Field r = column("r", FLOAT8, VIEW, 2);
        Exchanges exchange = exchange(query("SELECT r FROM drawn"), one(r, "0.25"))
                .control(one(r, "0.5"))
                .candidate(one(r, "0.75"));
        assertThat(judged(CATALOG, exchange).attribution()).isEqualTo(Attribution.VOLATILE);
        assertThat(judged(catalog("SELECT id, v AS r FROM t"), exchange).attribution())
                .as("the candidate's view draws nothing")
                .isEqualTo(Attribution.MIGRATION);
        assertThat(judged(catalog("SELECT random() AS r, id FROM t"), exchange).attribution())
                .as("it draws another column")
                .isEqualTo(Attribution.MIGRATION);
    }

    @Test
    void anotherColumnOfSuchAViewIsExplainedByNothing() {
        assertThat(fault("SELECT id FROM drawn", column("id", INT8, VIEW, 1), "1", "1", "3"))
                .isEqualTo("migration");
    }

    // What is the server's own

    @ParameterizedTest
    @CsvSource({
        "1259, explained (volatile)",
        "1, explained (volatile)",
        "16383, explained (volatile)",
        "16384, unexplained",
        "16400, unexplained",
        "0, unexplained"
    })
    void oidsOfTheSystemsCatalogsNameWhatUsersMade(int relation, String fault) {
        assertThat(fault("SELECT oid AS v FROM pg_class", column("v", OID, relation, 1), "1", "2", "3"))
                .isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT xmin AS v FROM t, -2, explained (volatile)",
        "SELECT tableoid AS v FROM t, 0, explained (volatile)",
        "SELECT v FROM t, -1, explained (volatile)",
        "SELECT v FROM t, 2, migration",
        "SELECT v FROM t, 0, migration"
    })
    void systemColumnsHaveNegativeNumbersOrTheirNames(String sql, int number, String fault) {
        int relation = number == 0 ? 0 : T;
        assertThat(fault(sql, column("v", INT4, relation, number), "1", "1", "3"))
                .isEqualTo(fault);
    }

    @Test
    void aSystemColumnIsOneOnBothSides() {
        Field system = column("v", INT4, T, -2);
        JudgedDifference judged = judged(
                CATALOG,
                exchange(query("SELECT v FROM t"), one(system, "1"))
                        .control(one(system, "1"))
                        .candidate(one(column("v", INT4, 0, 0), "3")));
        assertThat(judged.attribution()).isEqualTo(Attribution.MIGRATION);
    }

    // EXPLAIN

    @Test
    void aPlansLinesAreTheServersChoiceItsErrorsAreNot() {
        Field plan = column("QUERY PLAN", TEXT);
        String sql = "EXPLAIN SELECT v FROM t";
        assertThat(fault(sql, plan, "Seq Scan", "Seq Scan", "Index Scan")).isEqualTo("explained (volatile)");
        ByteBuf scan = one(plan, "Seq Scan");
        assertThat(judged(
                                CATALOG,
                                exchange(query(sql), scan)
                                        .control(scan)
                                        .candidate(answer().error("42P01", "no such table")
                                                .ready()))
                        .attribution())
                .isEqualTo(Attribution.MIGRATION);
        assertThat(judged(
                                CATALOG,
                                exchange(query(sql), scan)
                                        .control(scan)
                                        .candidate(answer().columns(plan)
                                                .done("SELECT 0")
                                                .ready()))
                        .attribution())
                .as("a line less")
                .isEqualTo(Attribution.VOLATILE);
    }

    // Origins

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT sum(v) AS n FROM t | computed from public.t.v",
                "SELECT v + 1 AS n FROM t | computed from public.t.v",
                "SELECT v + id AS n FROM t | ''",
                "SELECT 7 AS n FROM t | ''",
                "SELECT sum(v) AS n FROM nowhere | ''"
            })
    void anExpressionsOriginIsTheOnlyColumnThatItNames(String sql, String origin) {
        Field n = column("n", INT4);
        assertThat(judged(
                                CATALOG,
                                exchange(query(sql), one(n, "1"))
                                        .control(one(n, "1"))
                                        .candidate(one(n, "3")))
                        .origin())
                .isEqualTo(origin);
    }

    @Test
    void whatIsNoValueHasNoComputedOrigin() {
        Field n = column("n", INT4);
        assertThat(judged(
                                CATALOG,
                                exchange(query("SELECT v + 1 AS n FROM t"), one(n, "1"))
                                        .control(one(n, "1"))
                                        .candidate(answer().columns(n)
                                                .done("SELECT 0")
                                                .ready()))
                        .origin())
                .isEmpty();
    }
}
