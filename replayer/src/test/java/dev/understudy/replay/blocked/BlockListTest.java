package dev.understudy.replay.blocked;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that leave the database, and texts that merely look like it. */
class BlockListTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dblink | SELECT * FROM dblink('host=other', 'SELECT 1') AS t(x int)",
                "dblink | select DBLINK_EXEC ( 'c', 'delete from t' )",
                "dblink | SELECT public.dblink_connect('c', 'host=other')",
                "dblink | SELECT \"dblink\"('a','b')",
                "dblink | SELECT U&\"\\0064blink\"('a','b')",
                "dblink | SELECT U&\"!0064blink\" UESCAPE '!' ('a','b')",
                "dblink | SELECT dblink /* not yet */ ('a','b')",
                "dblink | INSERT INTO t SELECT * FROM dblink('h','q') AS x(a int)",
                "dblink | WITH x AS (SELECT dblink_exec('c','q')) SELECT 1",
                "dblink | EXPLAIN ANALYZE SELECT dblink_exec('c','q')",
                "dblink | DO $$ BEGIN PERFORM dblink_exec('c', 'q'); END $$",
                "dblink | DO LANGUAGE plpgsql $x$ BEGIN EXECUTE 'SELECT dblink_exec(''c'', ''q'')'; END $x$",
                "dblink | DO 'BEGIN PERFORM dblink_exec(''c'',''q''); END'",
                "dblink | DO E'BEGIN PERFORM \\x64blink_exec(\\'c\\',\\'q\\'); END'",
                "dblink | CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT dblink_exec('c','q') $$",
                "dblink | CREATE FUNCTION f() RETURNS text LANGUAGE sql RETURN dblink_exec('c','q')",
                "dblink | CREATE VIEW v AS SELECT * FROM dblink('c','q') AS t(a int)",
                "dblink | SELECT query_to_xml('select dblink_exec(''c'',''q'')', true, true, '')",
                "dblink | CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION dblink_exec('c')",
                "copy-program | COPY t FROM PROGRAM 'curl http://x'",
                "copy-program | copy public.\"T\" (a, b) to program 'sh' with (format csv)",
                "copy-program | COPY (SELECT 1) TO PROGRAM 'sh'",
                "copy-program | COPY/**/t/**/FROM/**/PROGRAM $$sh$$",
                "copy-program | COPY BINARY t FROM PROGRAM 'x'",
                "copy-program | DO $$ BEGIN COPY t FROM PROGRAM 'id'; END $$",
                "copy-program | DO $$ BEGIN EXECUTE format('COPY t FROM PROGRAM %L', 'id'); END $$",
                "copy-file | COPY t FROM '/etc/passwd'",
                "copy-file | COPY t (a) TO E'/tmp/x'",
                "copy-file | COPY (SELECT (1)) TO '/tmp/x' CSV",
                "backend-signal | SELECT pg_terminate_backend(17)",
                "backend-signal | SELECT pg_catalog.pg_cancel_backend(pid) FROM pg_stat_activity",
                "backend-signal | SELECT count(*) FROM t WHERE PG_TERMINATE_BACKEND(1)",
                "server-control | SELECT pg_reload_conf()",
                "server-control | SELECT pg_switch_wal()",
                "server-control | SELECT pg_rotate_logfile(), 1",
                "alter-system | ALTER SYSTEM SET work_mem = '1MB'",
                "alter-system | alter  system reset all",
                "replication | CREATE SUBSCRIPTION s CONNECTION 'host=p' PUBLICATION x",
                "replication | ALTER SUBSCRIPTION s ENABLE",
                "replication | DROP SUBSCRIPTION IF EXISTS s",
                "replication | SELECT * FROM pg_create_logical_replication_slot('s', 'pgoutput')",
                "replication | SELECT pg_drop_replication_slot('s')",
                "database | CREATE DATABASE x",
                "database | ALTER DATABASE shop SET understudy.target = 'x'",
                "database | DROP DATABASE x WITH (FORCE)",
                "tablespace | CREATE TABLESPACE x LOCATION '/x'",
                "role | CREATE ROLE x LOGIN PASSWORD 'x'",
                "role | ALTER USER x WITH SUPERUSER",
                "role | DROP GROUP x",
                "role | GRANT admin TO bob",
                "role | REVOKE admin FROM bob",
                "role | REASSIGN OWNED BY a TO b",
                "role | DROP OWNED BY a",
                "server-file | SELECT pg_read_file('/etc/passwd')",
                "server-file | SELECT lo_import('/etc/passwd')",
                "server-file | SELECT lo_export(17, '/tmp/x')",
                "server-file | SELECT * FROM pg_ls_dir('.')",
                "load | LOAD 'auto_explain'",
                "load | CREATE FUNCTION f() RETURNS int AS '/tmp/x.so', 'f' LANGUAGE C",
                "untrusted-language | DO LANGUAGE plpython3u $$ import os $$",
                "untrusted-language | CREATE FUNCTION f() RETURNS int LANGUAGE 'plperlu' AS $$ 1 $$",
                "foreign-table | IMPORT FOREIGN SCHEMA public FROM SERVER s INTO x",
                "remote-call | SELECT net.http_post('http://x')",
                "remote-call | SELECT content FROM http_get('http://x')",
                "alter-system | DO $$ BEGIN IF true THEN ALTER SYSTEM RESET ALL; END IF; END $$",
                "alter-system | DO $$ BEGIN IF true THEN NULL; ELSE ALTER SYSTEM RESET ALL; END IF; END $$",
                "alter-system | DO $$ BEGIN LOOP ALTER SYSTEM RESET ALL; END LOOP; END $$",
                "alter-system | DO $$ << a >> ALTER SYSTEM RESET ALL $$",
                "alter-system | DO $$ BEGIN ALTER SYSTEM RESET ALL; END $$",
                "alter-system | DO $$ BEGIN EXECUTE 'DO ''BEGIN EXECUTE ''''ALTER SYSTEM RESET ALL''''; END'''; END $$",
                "role | CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC REVOKE a FROM b; END",
                "dblink | SELECT a.b.dblink_exec('c','q')",
                "dblink | CREATE OR REPLACE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN PERFORM dblink_exec('c','q'); END $$",
                "dblink | SELECT * FROM t JOIN u ON dblink_exec('c','q') = 'x'",
                "copy-file | COPY (SELECT a FROM (VALUES (1), (2)) x(a)) TO '/x'",
                "copy-file | COPY a.b.c (d, e) FROM '/x'",
                "dblink | SELECT 1; SELECT dblink_exec('c','q')",
            })
    void leaves(String rule, String sql) {
        assertThat(rule(sql)).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT program FROM t",
                "SELECT program, copy FROM t WHERE program = 'sh'",
                "SELECT 'dblink('",
                "SELECT 'x', 'SELECT dblink_exec(''a'',''b'')'",
                "SELECT $$ dblink('a') $$, $tag$ COPY t FROM PROGRAM 'x' $tag$",
                "SELECT 1 -- dblink('a','b')",
                "SELECT /* dblink('a','b') /* nested */ pg_reload_conf() */ 1",
                "SELECT \"pg_reload_conf()\" FROM t",
                "SELECT \"DBLINK\"('a')",
                "SELECT dblink FROM t",
                "SELECT t.dblink, t.lo_import FROM t",
                "SELECT mydblink('a'), dblink2('a'), pg_reload_configuration()",
                "INSERT INTO dblink (a) VALUES (1)",
                "CREATE TABLE dblink (a int)",
                "CREATE TABLE IF NOT EXISTS lo_import (a int)",
                "CREATE INDEX i ON dblink (a)",
                "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES dblink (a)",
                "WITH dblink (a) AS (SELECT 1) SELECT a FROM dblink",
                "SELECT * FROM t AS dblink (a, b)",
                "GRANT EXECUTE ON FUNCTION dblink(text) TO bob",
                "REVOKE ALL ON FUNCTION pg_reload_conf() FROM public",
                "COMMENT ON FUNCTION dblink(text, text) IS 'x'",
                "DROP FUNCTION dblink(text)",
                "ALTER FUNCTION dblink(text) OWNER TO bob",
                "CREATE EXTENSION dblink",
                "COPY t FROM STDIN",
                "COPY t (program) TO STDOUT WITH (FORMAT csv, DELIMITER ';')",
                "COPY (SELECT a FROM t WHERE b = 'x') TO STDOUT",
                "COPY program FROM STDIN",
                "SELECT copy FROM program",
                "SELECT extract(year from '2026-01-01'::date), trim(copy from 'x')",
                "CREATE USER MAPPING FOR bob SERVER s",
                "DROP USER MAPPING FOR bob SERVER s",
                "ALTER TABLE system ADD COLUMN database int",
                "SELECT load, role, \"user\", tablespace FROM system",
                "INSERT INTO audit(statement) VALUES ('ALTER SYSTEM SET x = 1')",
                "UPDATE t SET database = 'create database x'",
                "CREATE TABLE t (load text, program text)",
                "GRANT SELECT ON t TO bob",
                "REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM bob",
                "NOTIFY jobs, 'dblink('",
                "SELECT pg_notify('jobs', 'pg_reload_conf()')",
                "LISTEN dblink",
                "CREATE PUBLICATION p FOR ALL TABLES",
                "CREATE LANGUAGE plpython3u",
                "DO $$ BEGIN RAISE NOTICE 'dblink('; END $$",
                "DO $$ BEGIN UPDATE t SET program = 'COPY t FROM ''x'''; END $$",
                "CREATE FUNCTION dblink(text) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$",
                "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'lo_import(' $$",
                "SELECT * FROM pg_stat_activity WHERE query LIKE '%pg_terminate_backend(%'",
                "SELECT E'\\'dblink(\\'', U&'\\0064blink('",
                "BEGIN",
                "SELECT alter FROM system",
                "DO LANGUAGE plpgsql 'BEGIN NULL; END'",
                "COPY t FROM",
                "COPY",
                "COPY (SELECT 1",
                "",
                "SELECT pg_size_pretty(pg_database_size(current_database()))",
                "SELECT lo_create(0), lo_open(1, 2)",
                "select case when a then revoke else b end from t",
            })
    void stays(String sql) {
        assertThat(rule(sql)).isEmpty();
    }

    @Test
    void plainStringsMayHaveBeenReadWithBackslashes() {
        String sql = "SELECT '\\'' || dblink('x') || '";
        BlockList list = BlockList.of(List.of(), Set.of());

        assertThat(list.rule(sql, false)).isNull();
        assertThat(list.rule(sql, true)).isEqualTo(BlockedRule.DBLINK);
    }

    @Test
    void aCommentToTheLinesEndHidesNothing() {
        assertThat(rule("SELECT dblink -- not yet\n ('a','b')")).isEqualTo("dblink");
        assertThat(rule("SELECT 1 -- dblink\n ('a','b')")).isEmpty();
    }

    @Test
    void anAllowedRuleDoesNotCount() {
        BlockList list = BlockList.of(List.of(), Set.of(BlockedRule.DBLINK));

        assertThat(list.rule("SELECT dblink_exec('c','q')", false)).isNull();
        assertThat(list.rule("SELECT dblink_exec('c', pg_read_file('x'))", false))
                .isEqualTo(BlockedRule.SERVER_FILE);
    }

    @Test
    void whatAWithheldStatementWouldHaveMadeIsWithheldToo() {
        BlockList list = BlockList.of(List.of(), Set.of());

        assertThat(list.rule("SELECT ask()", false)).isNull();
        assertThat(list.rule(
                        "CREATE FUNCTION ask() RETURNS text LANGUAGE sql AS $$ SELECT dblink_exec('a','b') $$", false))
                .isEqualTo(BlockedRule.DBLINK);
        assertThat(list.rule("SELECT ask()", false)).isEqualTo(BlockedRule.DBLINK);
        assertThat(list.rule("CREATE OR REPLACE VIEW s.far AS SELECT ask() AS a", false))
                .isEqualTo(BlockedRule.DBLINK);
        assertThat(list.rule("SELECT * FROM far", false)).isEqualTo(BlockedRule.DBLINK);
    }

    @Test
    void everyTermLeadsBackToItsRule() {
        for (BlockedRule rule : BlockedRule.values()) {
            assertThat(BlockedRule.of(rule.term())).isEqualTo(rule);
        }
    }

    private static String rule(String sql) {
        BlockedRule rule = BlockList.of(List.of(), Set.of()).rule(sql, false);
        return rule == null ? "" : rule.term();
    }
}
