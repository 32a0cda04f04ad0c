package dev.understudy.pgwire.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OuterClausesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select a from t | true | [] | false",
                "select a from t order by a | true | [a] | false",
                "select a from t order by a desc nulls last, lower(b, 'x') , 3 limit 5 | true | [a desc nulls last, lower(b, 'x'), 3] | true",
                "select a from t order by (a) for update | true | [(a)] | false",
                "select a from t order by a offset 2 | true | [a] | true",
                "select a from t fetch first row only | true | [] | true",
                "select a from t limit all | true | [] | false",
                "select a from t limit (select 1) | true | [] | true",
                "select a from t limit $1 | true | [] | true",
                "select * from (select a from t order by a limit 3) x | true | [] | false",
                "select rank() over (order by a), array_agg(b order by c) from t | true | [] | false",
                "select a from t union select b from u order by 1 | true | [1] | false",
                "(select a from t order by a) union (select b from u order by b limit 1) | true | [] | false",
                "(select a from t) union (select b from u) order by 1 | true | [1] | false",
                "(select a from t order by a limit 2); | true | [a] | true",
                "((select a from t order by a)) | true | [a] | false",
                "(select a from t order by a) limit 3 | true | [] | true",
                "with x as (select 1 order by 1) select * from x | true | [] | false",
                "with recursive x(a) as (select 1 limit 3), insert as (select 1) select * from x order by a | true | [a] | false",
                "with x as (select 1) insert into t select * from x order by 1 limit 1 returning a | false | [] | false",
                "with update as (select 1) delete from t | false | [] | false",
                "insert into t select a from u order by a | false | [] | false",
                "update t set a = 1 | false | [] | false",
                "values (2), (1) order by 1 | true | [1] | false",
                "table t order by a using > | true | [a using >] | false",
                "select a as order, t.limit, b as by from t | true | [] | false",
                "select substring(a from 1 for 2) x from t order by x | true | [x] | false",
                "`` | false | [] | false",
                "( | false | [] | false",
            })
    void goldens(String sql, boolean query, String orderBy, boolean limited) {
        OuterClauses clauses = OuterClauses.of(sql);
        assertThat(clauses.query()).isEqualTo(query);
        assertThat(clauses.orderBy()).hasToString(orderBy);
        assertThat(clauses.limited()).isEqualTo(limited);
        assertThat(clauses.hasOrderBy()).isEqualTo(!orderBy.equals("[]"));
    }

    @Test
    void wordsInQuotesAreNoClauses() {
        assertThat(OuterClauses.of("select 'order by a limit 1' from \"limit\"").limited())
                .isFalse();
        assertThat(OuterClauses.of("select \"order\" by from t").hasOrderBy()).isFalse();
    }
}
