package dev.understudy.pgwire.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatementKindTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | EMPTY",
                "; -- x | EMPTY",
                "BEGIN isolation level serializable | BEGIN",
                "start transaction read only | BEGIN",
                "start slave | UNKNOWN",
                "commit and chain | COMMIT",
                "end | COMMIT",
                "commit; | COMMIT",
                "commit prepared 'x' | COMMIT_PREPARED",
                "rollback | ROLLBACK",
                "abort | ROLLBACK",
                "rollback work and chain | ROLLBACK",
                "rollback transaction to savepoint x | ROLLBACK_TO_SAVEPOINT",
                "rollback to x | ROLLBACK_TO_SAVEPOINT",
                "rollback prepared 'x' | ROLLBACK_PREPARED",
                "savepoint x | SAVEPOINT",
                "release x | RELEASE_SAVEPOINT",
                "prepare transaction 'x' | PREPARE_TRANSACTION",
                "prepare x as select 1 | PREPARE",
                "/* c */ Select a from t | SELECT",
                "((select a)) union (select b) | SELECT",
                "(select a into t) | UNKNOWN",
                "( insert | UNKNOWN",
                "select a as into from t | SELECT",
                "select a into t from u | DDL",
                "values (1) | SELECT",
                "table t | SELECT",
                "select 1 | PING",
                "select 'x' as ok; | PING",
                "select 1 ok | PING",
                "select | PING",
                "select 1 from t | SELECT",
                "select 1 from | PING",
                "select 1 as a from t | SELECT",
                "select 1, 2 | SELECT",
                "select $1 | SELECT",
                "select now() | SELECT",
                "select a | SELECT",
                "with a as (select 1) select * from a | WITH",
                "insert into t values (1) | INSERT",
                "update t set a = 1 | UPDATE",
                "delete from t | DELETE",
                "merge into t using u on true when matched then delete | MERGE",
                "copy t from stdin | COPY",
                "set local x = 1 | SET",
                "reset all | RESET",
                "show all | SHOW",
                "discard all | DISCARD",
                "create function f() returns int begin atomic select 1; select 2; end | DDL",
                "create rule r as on insert to t do (delete from u; notify c) | DDL",
                "truncate t | TRUNCATE",
                "lock t | LOCK",
                "call p() | CALL",
                "do $$ begin; end $$ | DO",
                "execute x | EXECUTE",
                "vacuum full t | VACUUM",
                "analyse t | ANALYZE",
                "explain analyze delete from t | EXPLAIN",
                "select 1; select 2 | UNKNOWN",
                "begin; delete from t; commit | UNKNOWN",
                "selekt 1 | UNKNOWN",
                "\"select\" 1 | UNKNOWN",
                "1 | UNKNOWN",
            })
    void kinds(String sql, StatementKind expected) {
        assertThat(StatementKind.of(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(StatementKind.class)
    void transactionControlCarriesNoData(StatementKind kind) {
        assertThat(kind.isTransactionControl() && kind.carriesData()).isFalse();
    }

    @Test
    void theUnknownCarriesData() {
        assertThat(StatementKind.UNKNOWN.carriesData()).isTrue();
        assertThat(StatementKind.WITH.carriesData()).isTrue();
        assertThat(StatementKind.FETCH.carriesData()).isTrue();
        assertThat(StatementKind.PING.carriesData()).isFalse();
        assertThat(StatementKind.EMPTY.carriesData()).isFalse();
        assertThat(StatementKind.SET.carriesData()).isFalse();
    }
}
