package dev.understudy.pgwire.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1 | []",
                "select * from Public.\"T\" x, u as y join v on true where a = 1 | [public.T, u, v]",
                "select * from a, b | [a, b]",
                "select * from (select * from inner_t) x | [inner_t]",
                "insert into t (a) select b from u | [t, u]",
                "insert into t values (1) on conflict do update set a = 1 | [t]",
                "update only t set a = 1 from u where a = 2 | [t, u]",
                "delete from t using u | [t]",
                "create table if not exists s.t (a int) | [s.t]",
                "truncate table t | [t]",
                "copy t from stdin | [t]",
                "copy (select * from t) to stdout | [t]",
                "select * from t for update of t | [t]",
                "select * from | []",
            })
    void goldens(String sql, String expected) {
        assertThat(TableNames.of(sql)).hasToString(expected);
    }
}
