package dev.understudy.replay.blocked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.access.Schemas;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches out through the catalog's functions, triggers, views and tables. */
class CatalogObjectsTest {
    private final BlockList list = BlockList.of(
            List.of(
                    new Schemas()
                            .function("first", 'v', "BEGIN PERFORM second(); RETURN NEW; END")
                            .function("second", 'v', "BEGIN PERFORM third(); RETURN NEW; END")
                            .function("third", 'v', "BEGIN PERFORM ring(); RETURN NEW; END")
                            .function("ring", 'v', "BEGIN PERFORM dblink_exec('c', 'q'); RETURN NEW; END")
                            .function("outer_ring", 'v', "BEGIN PERFORM ring(); RETURN NEW; END")
                            .function("dynamic", 'v', "BEGIN EXECUTE 'COPY t TO ''/tmp/x'''; RETURN NEW; END")
                            .function("quoted", 'v', "BEGIN RAISE NOTICE 'dblink(%)', 1; RETURN NEW; END")
                            .table("t", "id int4")
                            .table("alarmed", "id int4")
                            .trigger("alarmed", "AFTER INSERT", "outer_ring")
                            .table("parent", "id int4")
                            .table("child", "id int4")
                            .trigger("child", "AFTER DELETE", "ring")
                            .foreignKey("child", 1, "parent", 1, "ON DELETE CASCADE")
                            .table("defaulted", "id int4", "x text outer_ring()")
                            .table("guarded", "id int4")
                            .policy("guarded", "ring() IS NOT NULL")
                            .view("far", "SELECT * FROM dblink('c', 'q') t(a int)", "a int4")
                            .view("farther", "SELECT a FROM far", "a int4")
                            .foreign("remote", List.of(), "id int4")
                            .view("through", "SELECT id FROM remote", "id int4")
                            .table("parted", "id int4")
                            .foreign("parted_1", List.of("public.parted"), "id int4")
                            .build(),
                    new Schemas()
                            .table("t", "id int4")
                            .table("newly", "id int4")
                            .function("ask", 'v', "BEGIN PERFORM pg_read_file('x'); RETURN NEW; END")
                            .trigger("newly", "BEFORE UPDATE", "ask")
                            .build()),
            Set.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dblink | SELECT ring()",
                "dblink | SELECT first()",
                "dblink | SELECT public.outer_ring()",
                "dblink | CALL outer_ring()",
                "dblink | DO $$ BEGIN PERFORM outer_ring(); END $$",
                "copy-file | SELECT dynamic()",
                "dblink | INSERT INTO alarmed VALUES (1)",
                "dblink | insert into public.\"alarmed\" select * from t",
                "dblink | COPY alarmed FROM STDIN",
                "dblink | DELETE FROM parent WHERE id = 1",
                "dblink | INSERT INTO defaulted (id) VALUES (1)",
                "dblink | SELECT * FROM guarded",
                "dblink | UPDATE guarded SET id = 1",
                "dblink | SELECT * FROM t, far",
                "dblink | SELECT * FROM t JOIN farther ON true",
                "foreign-table | INSERT INTO remote VALUES (1)",
                "foreign-table | UPDATE ONLY remote SET id = 2",
                "foreign-table | DELETE FROM remote",
                "foreign-table | TRUNCATE t, remote",
                "foreign-table | SELECT * FROM remote FOR UPDATE",
                "foreign-table | WITH x AS (DELETE FROM remote RETURNING id) SELECT * FROM x",
                "foreign-table | UPDATE through SET id = 2",
                "foreign-table | INSERT INTO parted VALUES (1)",
                "server-file | UPDATE newly SET id = 1",
                "dblink | MERGE INTO alarmed USING t ON true WHEN NOT MATCHED THEN INSERT VALUES (1)",
                "foreign-table | MERGE INTO ONLY remote USING t ON true WHEN MATCHED THEN DELETE",
                "foreign-table | INSERT INTO t SELECT 1; DELETE FROM ONLY public.remote",
                "foreign-table | TRUNCATE TABLE ONLY remote",
                "foreign-table | COPY BINARY remote FROM STDIN",
                "foreign-table | SELECT * FROM t, remote FOR NO KEY UPDATE",
                "foreign-table | SELECT * FROM remote FOR KEY SHARE",
                "dblink | SELECT 1 FROM (SELECT * FROM t) x, public.far",
                "dblink | DELETE FROM t USING t u, far",
                "dblink | COPY far TO STDOUT",
                "dblink | COPY BINARY far TO STDOUT",
                "dblink | UPDATE parent SET id = 2",
                "dblink | INSERT INTO parent SELECT ring()",
                "dblink | CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION ring()",
            })
    void reachesOut(String rule, String sql) {
        assertThat(list.rule(sql, false))
                .isNotNull()
                .extracting(BlockedRule::term)
                .isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT quoted()",
                "SELECT * FROM alarmed",
                "UPDATE alarmed SET id = 1 WHERE ring = 2",
                "DELETE FROM t USING alarmed",
                "SELECT * FROM remote",
                "SELECT id, remote, far FROM t",
                "SELECT ring FROM t",
                "INSERT INTO parent VALUES (1)",
                "TRUNCATE t",
                "INSERT INTO t VALUES (1), (2)",
                "SELECT id FROM t WHERE a = 1 AND far = 2",
                "SELECT a FROM t ORDER BY a, far",
                "SELECT a FROM t GROUP BY a, far",
                "UPDATE t SET a = 1, far = 2",
                "COPY remote TO STDOUT",
                "DELETE FROM alarmed",
                "UPDATE t SET id = 1 FROM remote",
                "TRUNCATE alarmed",
                "DELETE FROM child_of_mine",
                "INSERT INTO other.alarmed VALUES (1)",
                "SELECT other.ring()",
                "INSERT INTO t SELECT * FROM alarmed",
                "COPY alarmed TO STDOUT",
                "SELECT * FROM newly FOR UPDATE",
            })
    void stays(String sql) {
        assertThat(list.rule(sql, false)).isNull();
    }

    @Test
    void aFunctionIsKnownByItsNumberToo() {
        assertThat(list.function(51_003)).isEqualTo(BlockedRule.DBLINK);
        assertThat(list.function(51_006)).isNull();
        assertThat(list.function(2096)).isEqualTo(BlockedRule.BACKEND_SIGNAL);
    }
}
