package dev.understudy.diff.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.diff.statement.StatementFacts.SortKey;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
    private final Statements statements = new Statements();

    @Test
    void itemsStandWhereTheirColumnsDo() {
        StatementFacts facts = statements.of("SELECT DISTINCT ON (a) a, count(*) AS n, now() - b, t.* FROM t");
        assertThat(facts.items())
                .extracting(SelectItem::text)
                .containsExactly("a", "count ( * )", "now ( ) - b", "t . *");
        assertThat(facts.items()).extracting(SelectItem::star).containsExactly(false, false, false, true);
        assertThat(facts.items().get(2).functions()).containsExactly("now");
    }

    @Test
    void returningHasItemsToo() {
        StatementFacts facts = statements.of("INSERT INTO t (a) VALUES (gen_random_uuid()) RETURNING id, now()");
        assertThat(facts.verb()).isEqualTo("insert");
        assertThat(facts.isDml()).isTrue();
        assertThat(facts.items()).extracting(SelectItem::text).containsExactly("id", "now ( )");
        assertThat(facts.items()).extracting(SelectItem::functions).containsExactly(Set.of(), Set.of("now"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT random() FROM t UNION SELECT 1",
                "(SELECT random() FROM t) UNION (SELECT 1)",
                "((SELECT random() FROM t) EXCEPT (SELECT 1)) ORDER BY 1",
                "SELECT random() FROM t INTERSECT (SELECT 1)"
            })
    void aSetOperationsColumnsAreNoItems(String sql) {
        assertThat(statements.of(sql).items()).isEmpty();
    }

    @Test
    void aSetOperationOfASubqueryIsAnotherQuerys() {
        assertThat(statements
                        .of("SELECT a FROM t WHERE b IN (SELECT 1 UNION SELECT 2)")
                        .items())
                .extracting(SelectItem::text)
                .containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT a AS b, c FROM t            | a; c",
                "SELECT ALL a FROM t                | a",
                "SELECT DISTINCT a FROM t           | a",
                "SELECT a, b;                       | a; b",
                "(SELECT a, b)                      | a; b",
                "SELECT a, b INTO u FROM t          | a; b",
                "SELECT CAST(a AS int) FROM t       | cast ( a as int )",
                "SELECT FROM t                      | ''",
                "VALUES (1, 2)                      | ''",
                "TABLE t                            | ''",
                "DELETE FROM t RETURNING t.*, a     | t . *; a",
                "UPDATE t SET a = 1                 | ''",
            })
    void itemsStandBetweenCommasWithoutTheirNames(String sql, String texts) {
        assertThat(String.join(
                        "; ",
                        statements.of(sql).items().stream()
                                .map(SelectItem::text)
                                .toList()))
                .isEqualTo(texts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "t.*", "s.t.*", "shop.s.t.*", "(t).*"})
    void starsStandForSeveralColumns(String item) {
        assertThat(statements.of("SELECT " + item + " FROM t").items())
                .extracting(SelectItem::star)
                .containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"count(*)", "2 * a", "a"})
    void whatOnlyHoldsAStarIsOneColumn(String item) {
        assertThat(statements.of("SELECT " + item + " FROM t").items())
                .extracting(SelectItem::star)
                .containsExactly(false);
    }

    @Test
    void anAggregateMayOrderWhatItGathers() {
        assertThat(statements
                        .of("SELECT array_agg(a ORDER BY b), array_agg(a) FROM t ORDER BY 1")
                        .items())
                .extracting(SelectItem::isOrdered)
                .containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1                                                       | select | false",
                "insert into t values (1)                                       | insert | true",
                "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE          | merge  | true",
                "(SELECT a FROM t)                                              | select | false",
                "((VALUES (1)))                                                 | values | false",
                "; DELETE FROM t                                                | delete | true",
                "(WITH x AS (DELETE FROM t RETURNING a) SELECT a FROM x)        | select | false",
                "WITH x AS (SELECT 1) DELETE FROM t                             | delete | true",
                "VACUUM t                                                       | vacuum | false",
                "WITH x AS (SELECT 1)                                           | ''     | false",
                "((                                                             | ''     | false",
                "1                                                              | ''     | false",
            })
    void theVerbSaysWhetherRowsChange(String sql, String verb, boolean changes) {
        assertThat(statements.of(sql).verb()).isEqualTo(verb);
        assertThat(statements.of(sql).isDml()).isEqualTo(changes);
    }

    @Test
    void theVerbStandsBehindWith() {
        assertThat(statements.of("WITH x AS (SELECT 1) UPDATE t SET a = 1").verb())
                .isEqualTo("update");
        assertThat(statements
                        .of("WITH x AS (DELETE FROM t RETURNING a) SELECT a FROM x")
                        .verb())
                .isEqualTo("select");
    }

    @Test
    void sortKeysAreNamesNumbersOrExpressions() {
        StatementFacts facts = statements.of("SELECT a, b FROM t ORDER BY a DESC NULLS LAST, 2, t.c, lower(d) USING <");
        assertThat(facts.isOrdered()).isTrue();
        assertThat(facts.order())
                .containsExactly(
                        new SortKey(0, "a", "a", Set.of(), Set.of("a")),
                        new SortKey(2, "", "2", Set.of(), Set.of()),
                        new SortKey(0, "c", "t . c", Set.of(), Set.of("t", "c")),
                        new SortKey(0, "", "lower ( d )", Set.of("lower"), Set.of("d")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10                | 10",
                "9                 | 9",
                "1664              | 1664", // as many columns as a result can have
                "16640             | 0",
                "1.5               | 0",
                "'x'               | 0",
                "a                 | 0",
                "1 + 1             | 0",
            })
    void anOrdinalIsAPlainNumber(String expression, int ordinal) {
        assertThat(statements.of("SELECT a FROM t ORDER BY " + expression).order())
                .extracting(SortKey::ordinal)
                .containsExactly(ordinal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a                 | a   | false",
                "t.a               | a   | true",
                "s.t.a DESC        | a   | true",
                "\"t\".\"A\"   | A   | true",
                "b + t.a           | ''  | false",
                "(r).a             | ''  | false",
                "f(a)              | ''  | false",
                "a + b             | ''  | false",
            })
    void aSortKeyIsAColumnOnlyIfItIsNothingElse(String expression, String name, boolean qualified) {
        assertThat(statements.of("SELECT a FROM t ORDER BY " + expression).order())
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.name()).isEqualTo(name);
                    assertThat(key.isQualified()).isEqualTo(qualified);
                });
    }

    @Test
    void quotedNamesAreRead() {
        assertThat(statements.of("SELECT \"A b\" FROM t ORDER BY \"A b\"").order())
                .containsExactly(new SortKey(0, "A b", "\"A b\"", Set.of(), Set.of("A b")));
    }

    @Test
    void aStarsColumnsLieBetweenTheItemsAroundIt() {
        StatementFacts facts = statements.of("SELECT id, t.*, random() AS r FROM t");
        assertThat(facts.itemAt(0, 5)).isEqualTo(facts.items().get(0));
        assertThat(facts.itemAt(1, 5)).isNull();
        assertThat(facts.itemAt(3, 5)).isNull();
        assertThat(facts.itemAt(4, 5)).isEqualTo(facts.items().get(2));
        StatementFacts two = statements.of("SELECT a.*, random(), b.* FROM a, b");
        assertThat(two.itemAt(1, 3)).isNull();
        assertThat(two.itemAt(2, 3)).isNull();
        StatementFacts behind = statements.of("SELECT id, a.*, random(), b.* FROM a, b");
        assertThat(behind.itemAt(0, 9)).isEqualTo(behind.items().get(0));
        assertThat(behind.itemAt(1, 9)).as("the first star's").isNull();
        assertThat(statements.of("SELECT t.*, random() FROM t").itemAt(0, 3)).isNull();
    }

    @Test
    void aResultMayHaveColumnsThatTheTextDoesNotTell() {
        assertThat(statements.of("SELECT a FROM t").itemAt(1, 2)).isNull();
        assertThat(statements.of("SELECT a, t.* FROM t").itemAt(3, 3)).isNull();
        assertThat(statements.of("TABLE t").itemAt(0, 2)).isNull();
    }

    /** A client may send what the server refuses; its errors are compared too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT DISTINCT ON (a, f(b)) a AS x, \"B\", t.*, c[1] FROM ONLY s.t AS y, (u) TABLESAMPLE system (5)"
                        + " WHERE a = $1 AND y.b IN (SELECT 1 LIMIT 2) GROUP BY a HAVING random() < 1"
                        + " ORDER BY s.t.a DESC, 2 USING < OFFSET $2 ROWS FETCH FIRST 3 ROWS WITH TIES",
                "WITH q AS MATERIALIZED (UPDATE ONLY s.t AS x SET (a, b[2]) = (SELECT 1), c = CASE WHEN a THEN 1 END"
                        + " WHERE d RETURNING *) SELECT a LIMIT $1 FOR UPDATE SKIP LOCKED",
                "INSERT INTO s.\"T\" AS x (a, b[1]) OVERRIDING USER VALUE VALUES (1, f(2)) ON CONFLICT (a) DO UPDATE"
                        + " SET (a) = ROW (1), b = excluded.b IS DISTINCT FROM 2, c = 3 WHERE true RETURNING x.*, now()",
                "MERGE INTO ONLY t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = 1, (b) = (2)"
                        + " WHEN NOT MATCHED THEN INSERT (id, b) VALUES (u.id, 1)",
                "COPY s.t (a, \"b\") FROM STDIN WITH (FORMAT csv)",
                "COPY (SELECT a FROM t ORDER BY a LIMIT 3) TO STDOUT"
            })
    void aTextThatBreaksOffAnywhereIsRead(String sql) {
        String verb = statements.of(sql).verb();
        for (int end = 0; end <= sql.length(); end++) {
            String part = sql.substring(0, end);
            assertThat(statements.of(part).verb())
                    .as(part)
                    .matches(read ->
                            verb.equals(read) || part.toLowerCase(Locale.ROOT).startsWith(read));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"locked", "by", "limit", ")", "(((", "]]", ".", "\"", "$", "as", "', '", "SELECT (,", "* *"})
    void whatIsNoSqlHasNoRowsOfItsOwnChoice(String sql) {
        assertThat(statements.of(sql).choice()).isEqualTo(RowChoice.ALL);
        assertThat(statements.of(sql).writes()).isEmpty();
    }

    @Test
    void noTextIsNoStatement() {
        assertThat(statements.of("")).isEqualTo(StatementFacts.NONE);
        assertThat(statements.of("-- nothing").carriesData()).isFalse();
    }

    @Test
    void textsThatDifferInConstantsHaveOneFingerprintAndTheirOwnFacts() {
        StatementFacts one = statements.of("SELECT a FROM t WHERE b = 1 ORDER BY 1");
        StatementFacts other = statements.of("SELECT a FROM t WHERE b = 2 ORDER BY 1");
        assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    }
}
