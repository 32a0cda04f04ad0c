package dev.understudy.diff.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows a statement chooses: chapters 7.3.3, 7.5, 7.6 and SELECT's reference page. */
class RowChoiceTest {
    private final Statements statements = new Statements();

    private RowChoice choice(String sql) {
        return statements.of(sql).choice();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT a FROM t                                                  | false | -1 | 0 | false | false",
                "SELECT a FROM t LIMIT 10                                         | true  | 10 | 0 | false | false",
                "SELECT a FROM t LIMIT ALL                                        | false | -1 | 0 | false | false",
                "SELECT a FROM t ORDER BY a LIMIT $2 OFFSET $3                    | true  | -1 | 2 | true  | false",
                "SELECT a FROM t OFFSET 0                                         | true  | -1 | 0 | false | false",
                "SELECT a FROM t OFFSET 5 ROWS FETCH NEXT 3 ROWS ONLY             | true  | 3  | 0 | true  | false",
                "SELECT a FROM t FETCH FIRST ROW ONLY                             | true  | 1  | 0 | false | false",
                "SELECT a FROM t ORDER BY a FETCH FIRST $1 ROWS WITH TIES         | true  | -1 | 1 | false | true",
                "SELECT a FROM t LIMIT 2 + 3                                      | true  | 2  | 0 | false | false",
                "SELECT a FROM (SELECT a FROM t ORDER BY a LIMIT 3) s             | false | -1 | 0 | false | false",
                "(SELECT a FROM t) UNION (SELECT b FROM u) LIMIT 4                | true  | 4  | 0 | false | false",
                "(SELECT a FROM t LIMIT 7)                                        | true  | 7  | 0 | false | false",
                "(SELECT a FROM t LIMIT 7);                                       | true  | 7  | 0 | false | false",
                "SELECT a FROM t LIMIT 19                                         | true  | 19 | 0 | false | false",
                "SELECT a FROM t LIMIT 999999999999999999                         | true  | 999999999999999999 | 0 | false | false",
                "SELECT a FROM t LIMIT 9223372036854775807                        | true  | -1 | 0 | false | false",
                "SELECT a FROM t LIMIT 1e3                                        | true  | -1 | 0 | false | false",
                "SELECT a FROM t LIMIT 1/2                                        | true  | 1  | 0 | false | false",
                "SELECT a FROM t LIMIT $65535                                     | true  | -1 | 65535 | false | false",
                "SELECT a FROM t LIMIT $1000000                                   | true  | -1 | 0 | false | false",
                "SELECT a FROM t FETCH FIRST ROWS ONLY                            | true  | 1  | 0 | false | false",
                "SELECT a AS offset FROM t LIMIT 7                                | true  | 7  | 0 | false | false",
                "SELECT t.offset FROM t LIMIT 7                                   | true  | 7  | 0 | false | false",
                "SELECT a AS limit FROM t                                         | false | -1 | 0 | false | false",
            })
    void limits(String sql, boolean limited, long limit, int parameter, boolean offset, boolean ties) {
        RowChoice choice = choice(sql);
        assertThat(choice.limited()).isEqualTo(limited);
        assertThat(choice.offset()).isEqualTo(offset);
        assertThat(choice.withTies()).isEqualTo(ties);
        if (limited && !sql.contains("+")) {
            assertThat(choice.limit()).isEqualTo(limit);
            assertThat(choice.limitParameter()).isEqualTo(parameter);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t WHERE random() < 0.1",
                "SELECT a FROM t WHERE b = 1 AND (c > random() OR d)",
                "SELECT a FROM t TABLESAMPLE system (10)",
                "SELECT a FROM t JOIN u ON t.a = u.a AND random() < 0.5",
                "SELECT a FROM t WHERE pg_catalog.random() < 0.1",
                "SELECT a FROM t GROUP BY a HAVING count(*) > random()"
            })
    void chanceChooses(String sql) {
        assertThat(choice(sql).drawn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT random() FROM t",
                "SELECT a FROM t ORDER BY random() LIMIT 3",
                "SELECT a FROM t WHERE b < 0.1",
                "SELECT a FROM t TABLESAMPLE system (10) REPEATABLE (7)",
                "INSERT INTO t VALUES (random()) RETURNING a",
                "SELECT a FROM t WHERE random = 1",
                "SELECT a FROM t WHERE a = random",
                "SELECT a FROM t WHERE b ORDER BY random()",
                "SELECT a FROM t WHERE app.random() = 1"
            })
    void chanceDoesNotChoose(String sql) {
        assertThat(choice(sql).drawn()).isFalse();
    }

    @Test
    void anOrderByChanceIsNone() {
        assertThat(statements.of("SELECT a FROM t ORDER BY random()").isOrdered())
                .isFalse();
        assertThat(statements.of("SELECT a FROM t ORDER BY a, random()").order())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM (SELECT a FROM t LIMIT 3) s",
                "UPDATE q SET taken = true WHERE id = (SELECT id FROM q LIMIT 1) RETURNING id",
                "SELECT id FROM q ORDER BY id FOR UPDATE SKIP LOCKED",
                "WITH s AS (SELECT a FROM t FETCH FIRST 2 ROWS ONLY) SELECT a FROM s",
                "WITH s AS (SELECT random() AS a) SELECT t.a FROM t, s WHERE t.a < s.a",
                "SELECT a FROM (SELECT a FROM t TABLESAMPLE bernoulli (1)) s",
                "SELECT a FROM t WHERE b IN (SELECT b FROM u ORDER BY c) AND d IN (SELECT d FROM v LIMIT 1)"
            })
    void aSubqueryLeavesItOpen(String sql) {
        assertThat(choice(sql).openInside()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t LIMIT 3",
                "SELECT a FROM (SELECT a FROM t ORDER BY a LIMIT 3) s",
                "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u LIMIT 1)",
                "(SELECT a FROM t LIMIT 3)",
                "(SELECT a FROM t TABLESAMPLE system (10))",
                "SELECT a FROM t WHERE b IN (SELECT b FROM u)",
                "SELECT a FROM (SELECT a, b AS limit FROM t) s",
                "SELECT a FROM (SELECT a, t.fetch FROM t) s",
                "SELECT a FROM (SELECT a FROM t TABLESAMPLE bernoulli (1) REPEATABLE (7)) s",
                "WITH s AS (SELECT random AS a FROM t) SELECT a FROM s",
                "SELECT locked FROM q ORDER BY id FOR UPDATE NOWAIT"
            })
    void noSubqueryLeavesItOpen(String sql) {
        assertThat(choice(sql).openInside()).isFalse();
    }

    @Test
    void distinctOnHasItsExpressions() {
        assertThat(choice("SELECT DISTINCT ON (a, lower(b)) a, c FROM t").distinctOn())
                .extracting(StatementFacts.SortKey::text)
                .containsExactly("a", "lower ( b )");
        assertThat(choice("SELECT DISTINCT a FROM t").distinctOn()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT a FROM t WHERE id = 1 LIMIT 1                          | id",
                "SELECT a FROM t WHERE t.id = $1 AND kind = 'x' LIMIT 1        | id kind",
                "SELECT a FROM t WHERE id = $1::int AND b > 2                  | id",
                "SELECT a FROM t WHERE id = 1 OR id = 2                        | ''",
                "SELECT a FROM t WHERE id = other                              | ''",
                "SELECT a FROM t WHERE id = $1 + 1                             | ''",
                "SELECT a FROM t, u WHERE id = 1                               | ''",
                "SELECT a FROM t JOIN u ON t.id = u.id WHERE t.id = 1          | ''",
                "SELECT a FROM t WHERE (id = 1) IS NOT TRUE                    | ''",
                "SELECT a FROM t                                               | ''",
                "SELECT a FROM t WHERE id = 1 ORDER BY a LIMIT 1               | id",
                "SELECT a FROM t WHERE id = 1;                                 | id",
                "SELECT a FROM t WHERE id = 1 ORDER BY a OR b                  | id",
                "SELECT a, b FROM t WHERE id = 1 ORDER BY a, b                 | id",
                "SELECT a FROM t WHERE s.t.id = 'x'                            | id",
                "SELECT a FROM t WHERE \"Id\" = 1                            | Id",
                "SELECT a FROM t WHERE kind = 'x' AND id = 1 OR id = 2         | ''",
                "SELECT a FROM t WHERE id > 1                                  | ''",
                "SELECT a FROM t WHERE id                                      | ''",
                "SELECT a FROM t WHERE 1 = id                                  | ''",
                "SELECT b.a FROM t JOIN t b ON t.p = b.id WHERE t.id = 1       | ''",
                "SELECT b.a FROM t, t b WHERE t.id = 1                         | ''",
                "SELECT a FROM t WHERE id = 1 UNION SELECT a FROM t WHERE id = 2 | ''",
                "SELECT a FROM t EXCEPT SELECT a FROM t WHERE id = 2           | ''",
                "UPDATE t SET a = 1, b = 2 WHERE id = 1 RETURNING a, b         | id",
            })
    void conditionsPinColumns(String sql, String columns) {
        assertThat(String.join(" ", choice(sql).pinned().stream().sorted().toList()))
                .isEqualTo(columns);
    }
}
