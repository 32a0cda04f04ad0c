package dev.understudy.pgwire.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizedSqlTest {
    private static String normal(String sql) {
        return NormalizedSql.of(sql).text();
    }

    /** Goldens: a change here changes fingerprints, and needs a new {@link Fingerprint#VERSION}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1 | select ?",
                "select A.\"B\" , count(*)  from T a | select a.\"B\", count(*) from t a",
                "SELECT * FROM t WHERE id=$1 AND n = 'x' | select * from t where id = ? and n = ?",
                "select 'x'::text, E'a'::varchar(10), date '2020-01-01' | select ?::text, ?::varchar(?), date ?",
                "select a from t where b in (1, 2, 3) | select a from t where b in (?)",
                "select a from t where b in ($1) | select a from t where b in (?)",
                "select a from t where b in (1, c, 2, 3) | select a from t where b in (?, c, ?)",
                "select a from t where (b, c) in ((1,2),(3,4)) | select a from t where (b, c) in ((?, ?))",
                "select a from t where b in (select 1, 1, 1, 1 from u) | select a from t where b in (select ?, ?, ?, ? from u)",
                "select a from t where b in (values (1),(2)) | select a from t where b in (values (?))",
                "select a = any(array[1,2,3]), ARRAY[[1,2],[3,4]] | select a = any(array[?]), array[[?]]",
                "insert into t(a,b) values (1,'x'),(2,'y') , (3,null) returning id | insert into t(a, b) values (?, ?) returning id",
                "insert into t values (1, now()), (2, default), (3, default) | insert into t values (?, now()), (?, default)",
                "with v as (values (1),(2)) select * from v | with v as (values (?)) select * from v",
                "select f(1, 2, 3), g(a, a) | select f(?, ?, ?), g(a, a)",
                "update t set a = a + -5, b = b - 1, c = -1 where d between -1 and -2 | update t set a = a + ?, b = b - ?, c = ? where d between ? and ?",
                "select -1, - 1, a -1, -a, (-1), a*-1, x[-1] | select ?, ?, a - ?, - a, (?), a * ?, x[?]",
                "select a is null, coalesce(b, NULL, true), c = false | select a is null, coalesce(b, ?, ?), c = ?",
                "select a from t order by 1 limit 10 offset $2; | select a from t order by ? limit ? offset ?",
                "SAVEPOINT s_17 | savepoint ?",
                "release savepoint \"S1\" | release savepoint ?",
                "release s1 | release ?",
                "rollback to savepoint s1 | rollback to savepoint ?",
                "ROLLBACK WORK TO s1 | rollback work to ?",
                "deallocate pdo_stmt_00000001 | deallocate ?",
                "deallocate all | deallocate all",
                "begin; savepoint x ;commit; | begin; savepoint ?; commit",
                "set search_path to a, public | set search_path to a, public",
                "select a->>'b' from t where j ? 'k' | select a ->> ? from t where j ? ?",
                "copy t (a, b) from stdin with (format csv) | copy t(a, b) from stdin with (format csv)",
                "select /*+ hint */ x /* y */ from t | select x from t",
                "select $tag$ ; $tag$ | select ?",
                "select sum(a) filter (where b > 1) over (partition by c order by d) from t | select sum(a) filter (where b > ?) over (partition by c order by d) from t",
            })
    void goldens(String sql, String expected) {
        assertThat(normal(sql)).isEqualTo(expected);
    }

    @Test
    void textsOfSeveralLines() {
        assertThat(normal("select 'a'\n  'b'\n , c -- d\n from e")).isEqualTo("select ?, c from e");
    }

    @Test
    void whatIsDifferentStaysDifferent() {
        assertThat(normal("select \"a\"")).isNotEqualTo(normal("select a"));
        assertThat(normal("select a, b")).isNotEqualTo(normal("select b, a"));
        assertThat(normal("select a from t")).isNotEqualTo(normal("select a from s.t"));
        assertThat(normal("select 1, 2")).isNotEqualTo(normal("select 1, 2, 3"));
        assertThat(normal("select a is null")).isNotEqualTo(normal("select a is true"));
        assertThat(normal("select a::int")).isNotEqualTo(normal("select a::text"));
        assertThat(normal("select 'É' as É")).isNotEqualTo(normal("select 'É' as é"));
    }

    @Test
    void nothingIsNothing() {
        assertThat(normal("")).isEmpty();
        assertThat(normal(" ;; -- x")).isEmpty();
    }

    @Test
    void fingerprintsHaveTheirForm() {
        assertThat(Fingerprint.of("select 1")).matches("q_[0-9a-f]{16}");
        assertThat(Fingerprint.of("select 1")).isEqualTo(Fingerprint.of("SELECT  2 ; "));
        assertThat(Fingerprint.of("select a")).isNotEqualTo(Fingerprint.of("select b"));
    }

    /** Fingerprints stand in reports and in files that people keep: the same text must always have the same. */
    @Test
    void fingerprintGolden() {
        assertThat(Fingerprint.of("SELECT abalance FROM pgbench_accounts WHERE aid = 42"))
                .isEqualTo(GOLDEN);
    }

    private static final String GOLDEN = "q_fd59fb85041006cc";

    @Test
    void unbalancedTextsEnd() {
        assertThat(normal("select (1, (2")).isEqualTo("select (?, (?");
        assertThat(normal("select 1)) , ]")).startsWith("select ?)),");
        assertThat(normal("values values (1) values")).isEqualTo("values values (?) values");
        assertThat(normal("in (")).isEqualTo("in (");
        assertThat(normal("a - ;")).isEqualTo("a -");
        assertThat(normal("- ")).isEqualTo("-");
    }
}
