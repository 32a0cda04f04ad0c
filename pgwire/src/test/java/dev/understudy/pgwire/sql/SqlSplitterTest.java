package dev.understudy.pgwire.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlSplitterTest {
    private static List<String> split(String sql) {
        return SqlSplitter.split(sql).stream().map(SqlPart::sql).toList();
    }

    @Test
    void atSemicolons() {
        assertThat(split("a; b ;c")).containsExactly("a", "b", "c");
        assertThat(split("a")).containsExactly("a");
        assertThat(split("a;")).containsExactly("a");
    }

    @Test
    void emptyStatementsAreLeftOut() {
        assertThat(split("")).isEmpty();
        assertThat(split(";; -- x\n ; /* y */")).isEmpty();
        assertThat(split(";a;;b;")).containsExactly("a", "b");
    }

    @Test
    void notInsideQuotesAndComments() {
        assertThat(split("select ';', \";\", $$;$$, E'\\';' /* ; */ -- ;\n; b"))
                .containsExactly("select ';', \";\", $$;$$, E'\\';'", "b");
    }

    @Test
    void notInsideParentheses() {
        String rule = "create rule r as on insert to t do also (delete from u; notify c;)";
        assertThat(split(rule + "; b")).containsExactly(rule, "b");
        assertThat(split("a); b")).containsExactly("a)", "b");
    }

    @Test
    void notInsideAnSqlBody() {
        String function = "CREATE OR REPLACE FUNCTION f(begin int) RETURNS int BEGIN ATOMIC"
                + " SELECT CASE WHEN a THEN 1 ELSE 2 END; SELECT 2; END";
        assertThat(split(function + "; select 1")).containsExactly(function, "select 1");
        String procedure = "create procedure p() begin atomic insert into t values (1); end";
        assertThat(split(procedure + ";" + procedure)).containsExactly(procedure, procedure);
    }

    @Test
    void transactionsAreNoSqlBodies() {
        assertThat(split("begin; select 1; end")).containsExactly("begin", "select 1", "end");
        assertThat(split("create function f() returns int language sql as $$select 1;$$; begin; atomic; end"))
                .hasSize(4);
        assertThat(split("create table t (a int); begin; end")).hasSize(3);
        assertThat(split("create function f(begin atomic) returns int language sql as 'x'; select 1"))
                .hasSize(2);
    }

    @Test
    void positionsPointIntoTheText() {
        String sql = " /* x */ a b; c";
        for (SqlPart part : SqlSplitter.split(sql)) {
            assertThat(sql.substring(part.start(), part.end())).isEqualTo(part.sql());
        }
        assertThat(SqlSplitter.split(sql)).extracting(SqlPart::start).containsExactly(9, 14);
    }
}
