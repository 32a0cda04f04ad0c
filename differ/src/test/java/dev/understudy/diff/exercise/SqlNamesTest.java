package dev.understudy.diff.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.understudy.diff.exercise.SqlNames.Write;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlNamesTest {
    private static String sorted(Set<String> names) {
        return String.join(" ", new TreeSet<>(names));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select a, b from t                                        | t",
                "select a from t, s.u as x, only v                         | s.u t v",
                "select a from t join u on t.a = u.a, v                    | t u v",
                "select a from t left join lateral f(t.a) on true, v       | t v",
                "select a from t where b in (1, c) and d = any(array[e, f])| t",
                "select a from (select b, c from t) x, u                   | t u",
                "select a from f(1, b), t                                  | t",
                "select distinct on (a, b) c, d from t                     | t",
                "select a from t group by b, c order by d, e               | t",
                "insert into t (a, b) values (c, d) returning e, f         | t",
                "update t set a = 1, b = c where d                         | t",
                "update only t set a = 1                                   | t",
                "delete from only t using u, v where t.a = u.a             | t u v",
                "merge into t using u on t.a = u.a when matched then do nothing | t u",
                "truncate t, u                                             | t u",
                "truncate table only t                                     | t",
                "table t                                                   | t",
                "copy t to stdout                                          | t",
                "select a from t for update                                | t",
                "select a from t for update skip locked                    | t",
                "select a from t for no key update nowait                  | t",
                "insert into t (a) values (1) on conflict (a) do update set b = 2 | t",
                "select \"T\".a from \"S\".\"T\"                      | S.T",
            })
    void relationsStandWhereTheGrammarHasThem(String sql, String relations) {
        assertThat(sorted(SqlNames.of(sql).relations())).isEqualTo(relations);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update t set a = 1, b = c where d = 2                     | a b",
                "update t set a = 1 from u, v where t.b = u.b              | a",
                "update t set a = 1 returning b, c                         | a",
                "update t set a = f(b, c), d = (e = 1)                     | a d",
                "update t set (a, b) = (c, d), e = 1                       | a b e",
                "update t set (a, b) = (select c, d from u)                | a b",
                "update t as set_t set a[1] = 2                            | a",
                "update t set a = case when b then 1 else 2 end, c = 3     | a c",
                "update t set a = b is distinct from c, d = 3              | a d",
                "with x as (update t set a = 1 returning b) select b, c from x | a",
            })
    void updatesWriteWhatTheyAssign(String sql, String columns) {
        assertThat(SqlNames.of(sql).writes()).singleElement().satisfies(write -> {
            assertThat(write.relation()).isEqualTo("t");
            assertThat(write.insert()).isFalse();
            assertThat(sorted(write.columns())).isEqualTo(columns);
        });
    }

    @Test
    void whatIsOnlyAssignedIsNotRead() {
        for (String sql : List.of(
                "update t set a = 1, b = 2",
                "update t set (a, b) = (1, 2)",
                "update t set c = d is distinct from e, a = 1, b = 2",
                "insert into t (c) values (1) on conflict (c) do update set a = 1, b = 2",
                "merge into t using u on true when matched and d then update set a = 1 when matched then update set b = 2")) {
            assertThat(SqlNames.of(sql).bare()).as(sql).doesNotContain("a", "b");
        }
        assertThat(SqlNames.of("update t set x.a = 1").qualified()).isEmpty();
    }

    @Test
    void whatIsComparedIsRead() {
        for (String sql : List.of(
                "select c, a = 1 from t",
                "select c from t order by c, a = 1",
                "update t set c = 1 where a = 2",
                "update t set a = a + 1",
                "values (1, a = 1)")) {
            assertThat(SqlNames.of(sql).bare()).as(sql).contains("a");
        }
    }

    @Test
    void insertsWriteWholeRows() {
        assertThat(SqlNames.of("insert into t as x (a, b) values (c, d)").writes())
                .containsExactly(new Write("t", true, Set.of()));
        assertThat(SqlNames.of("copy t (a) from stdin").writes()).containsExactly(new Write("t", true, Set.of()));
        assertThat(SqlNames.of("copy t (a) to stdout").writes()).isEmpty();
        assertThat(SqlNames.of("insert into t values (1) on conflict do update set a = 1")
                        .writes())
                .containsExactly(new Write("t", true, Set.of()), new Write("t", false, Set.of("a")));
    }

    @Test
    void mergesWriteInEachOfTheirBranches() {
        String branches = "merge into t using u on t.a = u.a when matched and u.b then update set c = 1"
                + " when matched then update set d = 2";
        assertThat(SqlNames.of(branches).writes()).containsExactly(new Write("t", false, Set.of("c", "d")));
        assertThat(SqlNames.of(branches + " when not matched then insert values (1)")
                        .writes())
                .containsExactly(new Write("t", false, Set.of("c", "d")), new Write("t", true, Set.of()));
    }

    @Test
    void deletesAndTruncatesWriteNoColumn() {
        Write whole = new Write("t", false, Set.of());
        assertThat(SqlNames.of("delete from t using u").writes()).containsExactly(whole);
        assertThat(SqlNames.of("truncate t, u").writes()).containsExactly(whole, new Write("u", false, Set.of()));
        assertThat(SqlNames.of("truncate table only t").writes()).containsExactly(whole);
        assertThat(SqlNames.of("select a from t").writes()).isEmpty();
        assertThat(SqlNames.of("select a from t for update skip locked").writes())
                .isEmpty();
    }

    @Test
    void anInsertsListOfColumnsIsNotRead() {
        assertThat(SqlNames.of("insert into t (a, b) select c, d from u").bare())
                .contains("c", "d")
                .doesNotContain("a", "b");
        assertThat(SqlNames.of("insert into t (select c, d from u)").bare()).contains("c", "d");
        assertThat(SqlNames.of("insert into t (with x as (table u) select c from x)")
                        .bare())
                .contains("c");
    }

    @Test
    void aliasesStandForTheirRelations() {
        SqlNames names = SqlNames.of("select x.a, t.b, s.v.c from u as x join s.v y on y.d = x.e, t where f");
        assertThat(names.relationOf("x")).isEqualTo("u");
        assertThat(names.relationOf("y")).isEqualTo("s.v");
        assertThat(names.relationOf("v")).isEqualTo("s.v");
        assertThat(names.relationOf("where")).isEqualTo("where");
        assertThat(names.qualified().keySet()).containsExactlyInAnyOrder("x", "y", "t", "v");
        assertThat(names.qualified().get("x")).containsExactlyInAnyOrder("a", "e");
        assertThat(names.qualified().get("v")).containsExactly("c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select * from t                    | true  | ''",
                "select distinct * from t           | true  | ''",
                "select all * from t                | true  | ''",
                "select a, * from t                 | true  | ''",
                "delete from t returning *          | true  | ''",
                "select count(*) from t             | false | ''",
                "select 2 * a, a * b from t         | false | ''",
                "select x.*, s.t.* from t x         | false | t x",
                "*                                  | false | ''",
                "copy t to stdout                   | false | t",
                "table s.t                          | false | s.t",
            })
    void starsAskForWholeRows(String sql, boolean all, String of) {
        assertThat(SqlNames.of(sql).star()).isEqualTo(all);
        assertThat(sorted(SqlNames.of(sql).stars())).isEqualTo(of);
    }

    @Test
    void functionsAreCalledWhereverTheyStand() {
        assertThat(SqlNames.of("select f(a), s.g(b) from h(1) x, s.k(), t where t.l(2) > 1")
                        .called())
                .containsExactlyInAnyOrder("f", "g", "h", "k", "l");
        assertThat(SqlNames.of("insert into t (a) values (1)").called()).doesNotContain("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with x as (insert into s.t as y (a, b) select c.d.e, f(*) from only u, v where g = any(array[h, 1]))"
                        + " update only t as z set (a, b[1]) = (1, case when c then 1 end), d = e is distinct from f",
                "merge into t using u on t.id = u.id when matched then update set a = 1 when not matched then insert"
                        + " (b) values (1)",
                "select x.* , * from a join b using (c), lateral d(1) for no key update",
                "truncate table only t, u cascade",
                "copy t (a, b) to stdout"
            })
    void aTextThatBreaksOffAnywhereIsRead(String sql) {
        for (int end = 0; end <= sql.length(); end++) {
            String part = sql.substring(0, end);
            assertThatCode(() -> SqlNames.of(part)).as(part).doesNotThrowAnyException();
        }
    }
}
