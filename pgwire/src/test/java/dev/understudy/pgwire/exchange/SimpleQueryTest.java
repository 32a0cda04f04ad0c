package dev.understudy.pgwire.exchange;

import static dev.understudy.pgwire.exchange.ExchangeAssertions.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimpleQueryTest {
    private final StatementBook book = new StatementBook();

    private Interpretation interpret(Request request, ServerAnswer answer) {
        return Interpreter.interpret(request.bytes(), answer.bytes(), book);
    }

    @Test
    void oneStatementWithRows() {
        Interpretation found = interpret(
                new Request().query("select a, b from t;"),
                new ServerAnswer()
                        .columns("a", "b")
                        .row("1", null)
                        .row("2", "")
                        .tag("SELECT 2")
                        .ready('T'));
        assertThat(lines(found)).containsExactly("q select a, b from t [a/0 b/0] (1,null) (2,) -> SELECT 2");
        assertThat(found.status()).isEqualTo(TransactionStatus.IN_TRANSACTION);
        assertThat(found.unexplained()).isZero();
        assertThat(found.copyIn()).isFalse();
    }

    @Test
    void severalStatementsHaveOneStepEach() {
        Interpretation found = interpret(
                new Request().query("begin; select ';' as x;; update t set a = 1; ;commit"),
                new ServerAnswer()
                        .tag("BEGIN")
                        .columns("x")
                        .row(";")
                        .tag("SELECT 1")
                        .tag("UPDATE 5")
                        .tag("COMMIT")
                        .ready('I'));
        assertThat(lines(found))
                .containsExactly(
                        "q begin -> BEGIN",
                        "q select ';' as x [x/0] (;) -> SELECT 1",
                        "q update t set a = 1 -> UPDATE 5",
                        "q commit -> COMMIT");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void anErrorEndsTheRestOfTheText() {
        Interpretation found = interpret(
                new Request().query("select 1; select 1/0; select 3"),
                new ServerAnswer()
                        .columns("a")
                        .row("1")
                        .tag("SELECT 1")
                        .error("22012")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("q select 1 [a/0] (1) -> SELECT 1", "q select 1/0 !22012");
        assertThat(found.errors()).extracting(ServerMessage::sqlState).containsExactly("22012");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void anErrorAfterRowsBelongsToTheStatementThatSentThem() {
        Interpretation found = interpret(
                new Request().query("select 1/x from t; select 2"),
                new ServerAnswer().columns("a").row("1").errorAt("22012", 22).ready('I'));
        assertThat(lines(found)).containsExactly("q select 1/x from t [a/0] (1) !22012");
    }

    @Test
    void aSyntaxErrorIsFoundByItsPosition() {
        Interpretation found = interpret(
                new Request().query("select '\uD83D\uDE00'; selct 2; select 3"),
                new ServerAnswer().errorAt("42601", 13).ready('I'));
        assertThat(lines(found)).containsExactly("q selct 2 !42601");
    }

    @Test
    void anEmptyTextIsOneEmptyStep() {
        Interpretation found = interpret(
                new Request().query(" -- nothing\n;"),
                new ServerAnswer().emptyQuery().ready('I'));
        assertThat(lines(found)).containsExactly("q  -- nothing\n; -> ");
        assertThat(found.steps().get(0).tag()).isEmpty();
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void asynchronousMessagesStandAnywhere() {
        Interpretation found = interpret(
                new Request().query("set x = 1; select 1"),
                new ServerAnswer()
                        .notification("c", "p")
                        .parameterStatus("x", "1")
                        .tag("SET")
                        .notice("one")
                        .columns("a")
                        .parameterStatus("x", "2")
                        .row("1")
                        .notice("two")
                        .tag("SELECT 1")
                        .notification("c", "q")
                        .ready('I')
                        .parameterStatus("x", "3"));
        assertThat(lines(found)).containsExactly("q set x = 1 -> SET", "q select 1 [a/0] (1) -> SELECT 1");
        assertThat(found.notices()).extracting(ServerMessage::text).containsExactly("one", "two");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void copyInSwallowsItsDataAndTheNextStatementFollows() {
        Interpretation found = interpret(
                new Request()
                        .query("copy t from stdin; select 1")
                        .copyData("1\n")
                        .copyData("2\n")
                        .copyDone(),
                new ServerAnswer()
                        .copyInResponse()
                        .tag("COPY 2")
                        .columns("a")
                        .row("1")
                        .tag("SELECT 1")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("q copy t from stdin -> COPY 2", "q select 1 [a/0] (1) -> SELECT 1");
        assertThat(found.copyIn()).isTrue();
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void twoCopiesInOneText() {
        Interpretation found = interpret(
                new Request()
                        .query("copy t from stdin; copy u from stdin")
                        .copyData("1\n")
                        .copyDone()
                        .copyData("2\n")
                        .copyFail("enough"),
                new ServerAnswer()
                        .copyInResponse()
                        .tag("COPY 1")
                        .copyInResponse()
                        .error("57014")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("q copy t from stdin -> COPY 1", "q copy u from stdin !57014");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void copyOutKeepsItsData() {
        Interpretation found = interpret(
                new Request().query("copy t to stdout"),
                new ServerAnswer()
                        .copyOutResponse()
                        .copyData("1\n")
                        .copyData("2\n")
                        .copyDone()
                        .tag("COPY 2")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("q copy t to stdout d:1\n d:2\n -> COPY 2");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void copyBothIsIgnored() {
        Interpretation found = interpret(
                new Request().query("start_replication 0/0").copyData("r").copyDone(),
                new ServerAnswer()
                        .copyBothResponse()
                        .copyData("w")
                        .copyDone()
                        .tag("START_STREAMING")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("q start_replication 0/0 -> START_STREAMING");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aSimpleQueryDestroysTheUnnamedStatementAndPortal() {
        PreparedStatement unnamed = new PreparedStatement("", "select 1", List.of(), null);
        book.put(unnamed);
        book.put(new PreparedStatement("s", "select 2", List.of(), null));
        book.put(new Portal("", unnamed, Unpooled.EMPTY_BUFFER, null));
        interpret(new Request().query("x"), new ServerAnswer().error("42601").ready('T'));
        assertThat(book.statement("")).isNull();
        assertThat(book.portal("")).isNull();
        assertThat(book.statement("s")).isNotNull();
    }

    @Test
    void preparedBySqlIsKnownAndForgotten() {
        interpret(
                new Request().query("PREPARE \"S\"\"1\" (int, varchar(3)) AS select $1; prepare b as delete from t"),
                new ServerAnswer().tag("PREPARE").tag("PREPARE").ready('I'));
        assertThat(book.statement("S\"1")).extracting(PreparedStatement::sql).isEqualTo("select $1");
        assertThat(book.statement("b")).extracting(PreparedStatement::sql).isEqualTo("delete from t");

        Interpretation executed = interpret(
                new Request().query("EXECUTE b"),
                new ServerAnswer().tag("DELETE 3").ready('I'));
        assertThat(executed.statementsBefore())
                .extracting(PreparedStatement::name)
                .containsExactly("b");

        interpret(
                new Request().query("deallocate prepare B"),
                new ServerAnswer().tag("DEALLOCATE").ready('I'));
        assertThat(book.statement("b")).isNull();
        assertThat(book.statement("S\"1")).isNotNull();

        interpret(
                new Request().query("deallocate all"),
                new ServerAnswer().tag("DEALLOCATE ALL").ready('I'));
        assertThat(book.statements()).isEmpty();
    }

    @Test
    void aFailedDeallocateChangesNothing() {
        book.put(new PreparedStatement("b", "select 2", List.of(), null));
        interpret(
                new Request().query("deallocate b"),
                new ServerAnswer().error("25P02").ready('E'));
        assertThat(book.statement("b")).isNotNull();
    }

    @Test
    void discardAllForgetsStatements() {
        book.put(new PreparedStatement("b", "select 2", List.of(), null));
        interpret(
                new Request().query("DISCARD ALL"),
                new ServerAnswer().tag("DISCARD ALL").ready('I'));
        assertThat(book.statements()).isEmpty();
    }

    @Test
    void aStatementNamedPrepareCanBeDeallocated() {
        book.put(new PreparedStatement("prepare", "select 2", List.of(), null));
        interpret(
                new Request().query("deallocate prepare"),
                new ServerAnswer().tag("DEALLOCATE").ready('I'));
        assertThat(book.statement("prepare")).isNull();
    }

    @Test
    void aResultThatARuleAddsIsAStepOfItsOwn() {
        Interpretation found = interpret(
                new Request().query("insert into v values (1)"),
                new ServerAnswer()
                        .columns("a")
                        .row("1")
                        .columns("b")
                        .row("2")
                        .tag("INSERT 0 1")
                        .ready('I'));
        assertThat(lines(found))
                .containsExactly(
                        "q insert into v values (1) [a/0] (1)", "q insert into v values (1) [b/0] (2) -> INSERT 0 1");
    }

    @Test
    void moreCompletionsThanStatementsAreCounted() {
        Interpretation found = interpret(
                new Request().query("select 1"),
                new ServerAnswer().tag("SELECT 1").tag("SELECT 2").ready('I'));
        assertThat(found.unexplained()).isEqualTo(1);
        assertThat(found.steps()).hasSize(2);
    }

    @Test
    void severalQueriesInOneRequest() {
        Interpretation found = interpret(
                new Request().query("select 1").query("select 2"),
                new ServerAnswer().tag("SELECT 1").ready('I').tag("SELECT 1").ready('T'));
        assertThat(lines(found)).containsExactly("q select 1 -> SELECT 1", "q select 2 -> SELECT 1");
        assertThat(found.status()).isEqualTo(TransactionStatus.IN_TRANSACTION);
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aBrokenOffQueryHasAStepWithoutAnEnd() {
        Interpretation found =
                interpret(new Request().query("update t set a = 1; select 2"), new ServerAnswer().tag("UPDATE 1"));
        assertThat(lines(found)).containsExactly("q update t set a = 1 -> UPDATE 1", "q select 2");
        assertThat(found.status()).isEqualTo(TransactionStatus.UNKNOWN);
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aKilledConnectionEndsWithAFatalError() {
        Interpretation found = interpret(new Request().query("select pg_sleep(9)"), new ServerAnswer().fatal("57P01"));
        assertThat(lines(found)).containsExactly("q select pg_sleep(9) !57P01");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void noAnswerAtAll() {
        Interpretation found = interpret(new Request().query("select 1"), new ServerAnswer());
        assertThat(lines(found)).containsExactly("q select 1");
    }

    @Test
    void theConnectionEndsBehindTheLastStatement() {
        Interpretation found = interpret(new Request().query("update t set a = 1"), new ServerAnswer().tag("UPDATE 1"));
        assertThat(lines(found)).containsExactly("q update t set a = 1 -> UPDATE 1");
        assertThat(found.status()).isEqualTo(TransactionStatus.UNKNOWN);
    }
}
