package dev.understudy.pgwire.exchange;

import static dev.understudy.pgwire.exchange.ExchangeAssertions.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtendedQueryTest {
    private final StatementBook book = new StatementBook();

    private Interpretation interpret(Request request, ServerAnswer answer) {
        return Interpreter.interpret(request.bytes(), answer.bytes(), book);
    }

    private void prepare(String name, String sql, ServerAnswer description) {
        interpret(
                new Request().parse(name, sql).describeStatement(name).sync(),
                new ServerAnswer()
                        .parseComplete()
                        .frame('t', Unpooled.buffer().writeShort(1).writeInt(23))
                        .frame(
                                (char) description.bytes().getByte(0),
                                description.bytes().slice(5, description.bytes().readableBytes() - 5))
                        .ready('I'));
    }

    @Test
    void unnamedStatementAndPortal() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "select a from t where id = $1", 23)
                        .bind("", "", "7")
                        .describePortal("")
                        .execute("")
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .columns("a")
                        .row("x")
                        .tag("SELECT 1")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("x select a from t where id = $1 $23=7 [a/0] (x) -> SELECT 1");
        assertThat(found.unexplained()).isZero();
        assertThat(found.statementsBefore()).isEmpty();
        assertThat(found.portalsBefore()).isEmpty();
        assertThat(book.statement("")).isNotNull();
        assertThat(book.portal("")).isNull();
    }

    @Test
    void aPipelineOfSeveralExecutesUnderOneSync() {
        prepare("s", "select a from t where id = $1", new ServerAnswer().columns("a"));
        Interpretation found = interpret(
                new Request()
                        .bind("", "s", "1")
                        .execute("")
                        .bind("", "s", "2")
                        .execute("")
                        .parse("", "delete from t")
                        .bind("", "")
                        .describePortal("")
                        .execute("")
                        .flush()
                        .sync(),
                new ServerAnswer()
                        .bindComplete()
                        .row("x")
                        .tag("SELECT 1")
                        .bindComplete()
                        .tag("SELECT 0")
                        .parseComplete()
                        .bindComplete()
                        .noData()
                        .tag("DELETE 9")
                        .ready('I'));
        assertThat(lines(found))
                .containsExactly(
                        "x select a from t where id = $1 $23=1 [a/0] (x) -> SELECT 1",
                        "x select a from t where id = $1 $23=2 [a/0] -> SELECT 0",
                        "x delete from t -> DELETE 9");
        assertThat(found.statementsBefore()).extracting(PreparedStatement::name).containsExactly("s");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void formatsOfAStatementsDescriptionComeFromBind() {
        prepare("s", "select a, b from t where id = $1", new ServerAnswer().columns("a", "b"));
        for (List<Integer> formats : List.of(List.<Integer>of(), List.of(0), List.of(1), List.of(0, 1))) {
            Interpretation found = interpret(
                    new Request().bind("", "s", formats, "1").execute("").sync(),
                    new ServerAnswer()
                            .bindComplete()
                            .row("x", "y")
                            .tag("SELECT 1")
                            .ready('I'));
            String expected = switch (formats.toString()) {
                case "[1]" -> "[a/1 b/1]";
                case "[0, 1]" -> "[a/0 b/1]";
                default -> "[a/0 b/0]";
            };
            assertThat(lines(found).get(0)).contains(expected);
        }
    }

    @Test
    void columnsThatAnEarlierPortalShowedHoldForTheStatement() {
        interpret(
                new Request()
                        .parse("s", "select a from t")
                        .bind("", "s", List.of(1))
                        .describePortal("")
                        .execute("")
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .columns(1, "a")
                        .tag("SELECT 0")
                        .ready('I'));
        Interpretation found = interpret(
                new Request().bind("", "s").execute("").sync(),
                new ServerAnswer().bindComplete().row("x").tag("SELECT 1").ready('I'));
        assertThat(lines(found)).containsExactly("x select a from t [a/0] (x) -> SELECT 1");
    }

    @Test
    void aDescribeOfTheStatementBehindTheBindCountsToo() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "select a from t")
                        .bind("", "", List.of(1))
                        .describeStatement("")
                        .execute("")
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .parameterDescription()
                        .columns("a")
                        .row("x")
                        .tag("SELECT 1")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("x select a from t [a/1] (x) -> SELECT 1");
    }

    @Test
    void withoutAnyDescriptionThereAreNoColumns() {
        Interpretation found = interpret(
                new Request().bind("", "before").execute("").sync(),
                new ServerAnswer().bindComplete().row("x").tag("SELECT 1").ready('I'));
        assertThat(lines(found)).containsExactly("x  (x) -> SELECT 1");
        assertThat(found.statementsBefore()).isEmpty();
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aSuspendedPortalGoesOnInTheNextExchange() {
        interpret(new Request().query("begin"), new ServerAnswer().tag("BEGIN").ready('T'));
        Interpretation first = interpret(
                new Request()
                        .parse("s", "select a from t")
                        .bind("c", "s")
                        .describePortal("c")
                        .execute("c", 2)
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .columns("a")
                        .row("1")
                        .row("2")
                        .suspended()
                        .ready('T'));
        assertThat(lines(first)).containsExactly("x select a from t [a/0] (1) (2) suspended");
        Interpretation second = interpret(
                new Request().execute("c", 2).sync(),
                new ServerAnswer().row("3").tag("SELECT 1").ready('T'));
        assertThat(lines(second)).containsExactly("x select a from t [a/0] (3) -> SELECT 1");
        assertThat(second.portalsBefore()).extracting(Portal::name).containsExactly("c");
        assertThat(second.portalsBefore().get(0).rows()).isNotNull();

        interpret(
                new Request().closePortal("c").sync(),
                new ServerAnswer().closeComplete().ready('T'));
        assertThat(book.portal("c")).isNull();
    }

    @Test
    void aPortalKeepsTheColumnsOfItsStatementForLaterExchanges() {
        prepare("s", "select a from t where id = $1", new ServerAnswer().columns("a"));
        interpret(
                new Request().bind("c", "s", "1").execute("c", 1).sync(),
                new ServerAnswer().bindComplete().row("1").suspended().ready('T'));
        Interpretation second = interpret(
                new Request().execute("c", 1).sync(),
                new ServerAnswer().row("2").tag("SELECT 1").ready('T'));
        assertThat(second.portalsBefore())
                .singleElement()
                .satisfies(portal -> assertThat(portal.rows()).isNotNull());
        assertThat(second.statementsBefore()).isEmpty();
    }

    @Test
    void portalsEndWithTheTransaction() {
        interpret(
                new Request().parse("s", "select a").bind("c", "s").sync(),
                new ServerAnswer().parseComplete().bindComplete().ready('T'));
        assertThat(book.portal("c")).isNotNull();
        interpret(
                new Request().query("select x"),
                new ServerAnswer().error("42703").ready('E'));
        assertThat(book.portal("c")).isNotNull();
        interpret(
                new Request().query("rollback"),
                new ServerAnswer().tag("ROLLBACK").ready('I'));
        assertThat(book.portal("c")).isNull();
        assertThat(book.statement("s")).isNotNull();
    }

    @Test
    void anErrorSkipsToTheNextSync() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "select 1/0")
                        .bind("", "")
                        .execute("")
                        .parse("never", "select 2")
                        .bind("", "never")
                        .execute("")
                        .query("select 3")
                        .sync()
                        .parse("", "select 4")
                        .bind("", "")
                        .execute("")
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .error("22012")
                        .ready('I')
                        .parseComplete()
                        .bindComplete()
                        .row("4")
                        .tag("SELECT 1")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("x select 1/0 !22012", "x select 4 (4) -> SELECT 1");
        assertThat(book.statement("never")).isNull();
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aFailedParseDoesNotRegisterAndDestroysTheUnnamedOne() {
        book.put(new PreparedStatement("", "select 1", List.of(), null));
        Interpretation found = interpret(
                new Request().parse("", "selct").bind("", "").execute("").sync(),
                new ServerAnswer().error("42601").ready('I'));
        assertThat(lines(found)).containsExactly("x selct !42601");
        assertThat(book.statement("")).isNull();

        interpret(
                new Request().parse("s", "selct").sync(),
                new ServerAnswer().error("42601").ready('I'));
        assertThat(book.statement("s")).isNull();
    }

    @Test
    void aFailedParseLeavesTheNamedStatementAsItIs() {
        book.put(new PreparedStatement("s", "select 1", List.of(), null));
        interpret(
                new Request().parse("s", "select 2").sync(),
                new ServerAnswer().error("42P05").ready('I'));
        assertThat(book.statement("s")).extracting(PreparedStatement::sql).isEqualTo("select 1");
    }

    @Test
    void errorsInBindAndDescribeNameTheStatement() {
        prepare("s", "select a from t where id = $1", new ServerAnswer().columns("a"));
        Interpretation bind = interpret(
                new Request().bind("", "s", "x").execute("").sync(),
                new ServerAnswer().error("22P02").ready('I'));
        assertThat(lines(bind)).containsExactly("x select a from t where id = $1 $23=x !22P02");

        Interpretation describe = interpret(
                new Request().describeStatement("s").sync(),
                new ServerAnswer().error("0A000").ready('I'));
        assertThat(lines(describe)).containsExactly("x select a from t where id = $1 !0A000");
        assertThat(describe.errors()).hasSize(1);
    }

    @Test
    void aDeferredConstraintFailsAtSync() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "insert into t values (1)")
                        .bind("", "")
                        .execute("")
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .tag("INSERT 0 1")
                        .error("23503")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("x insert into t values (1) -> INSERT 0 1", "x  !23503");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void severalSyncs() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "select 1")
                        .sync()
                        .sync()
                        .bind("", "")
                        .execute("")
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .ready('I')
                        .ready('I')
                        .bindComplete()
                        .row("1")
                        .tag("SELECT 1")
                        .ready('T'));
        assertThat(lines(found)).containsExactly("x select 1 (1) -> SELECT 1");
        assertThat(found.status()).isEqualTo(TransactionStatus.IN_TRANSACTION);
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aSyncInsideCopyIsNotAnswered() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "copy t from stdin")
                        .bind("", "")
                        .execute("")
                        .sync()
                        .copyData("1\n")
                        .flush()
                        .copyData("2\n")
                        .copyDone()
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .copyInResponse()
                        .tag("COPY 2")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("x copy t from stdin -> COPY 2");
        assertThat(found.copyIn()).isTrue();
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aCopyThatFailsBeforeItBeginsAnswersBothSyncs() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "copy nowhere from stdin")
                        .bind("", "")
                        .execute("")
                        .sync()
                        .copyData("1\n")
                        .copyDone()
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .error("42P01")
                        .ready('I')
                        .ready('I'));
        assertThat(lines(found)).containsExactly("x copy nowhere from stdin !42P01");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aCopyThatFailsOnItsDataSkipsToTheSyncBehind() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "copy t from stdin")
                        .bind("", "")
                        .execute("")
                        .sync()
                        .copyData("x\n")
                        .copyDone()
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .copyInResponse()
                        .error("22P02")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("x copy t from stdin !22P02");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aClientThatStopsItsCopyAtTheErrorSendsOnlySync() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "copy t from stdin")
                        .bind("", "")
                        .execute("")
                        .copyData("x\n")
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .copyInResponse()
                        .error("22P02")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("x copy t from stdin !22P02");
        assertThat(found.status()).isEqualTo(TransactionStatus.IDLE);
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void copyOut() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "copy t to stdout")
                        .bind("", "")
                        .execute("")
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .copyOutResponse()
                        .copyData("1\n")
                        .copyDone()
                        .tag("COPY 1")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("x copy t to stdout d:1\n -> COPY 1");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void closeForgetsTheStatement() {
        book.put(new PreparedStatement("s", "select 1", List.of(), null));
        Interpretation found = interpret(
                new Request().closeStatement("s").closeStatement("unknown").sync(),
                new ServerAnswer().closeComplete().closeComplete().ready('I'));
        assertThat(book.statement("s")).isNull();
        assertThat(found.steps()).isEmpty();
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aStatementUsedThenReparsedWasBefore() {
        book.put(new PreparedStatement("s", "select 1", List.of(), null));
        Interpretation found = interpret(
                new Request()
                        .bind("", "s")
                        .execute("")
                        .closeStatement("s")
                        .parse("s", "select 2")
                        .bind("", "s")
                        .execute("")
                        .sync(),
                new ServerAnswer()
                        .bindComplete()
                        .tag("SELECT 1")
                        .closeComplete()
                        .parseComplete()
                        .bindComplete()
                        .tag("SELECT 1")
                        .ready('I'));
        assertThat(lines(found)).containsExactly("x select 1 -> SELECT 1", "x select 2 -> SELECT 1");
        assertThat(found.statementsBefore()).extracting(PreparedStatement::sql).containsExactly("select 1");
    }

    @Test
    void emptyQuery() {
        Interpretation found = interpret(
                new Request().parse("", "").bind("", "").execute("").sync(),
                new ServerAnswer().parseComplete().bindComplete().emptyQuery().ready('I'));
        assertThat(lines(found)).containsExactly("x  -> ");
    }

    @Test
    void functionCall() {
        byte[] call = {0, 0, 3, (byte) 0xb8, 0, 1, 0, 1, 0, 1, 0, 0, 0, 4, 0, 0, 0, 5, 0, 1};
        Interpretation found = interpret(
                new Request().frame('F', call),
                new ServerAnswer()
                        .frame('V', Unpooled.buffer().writeInt(2).writeBytes(new byte[] {'h', 'i'}))
                        .ready('I'));
        assertThat(found.steps()).hasSize(1);
        Step step = found.steps().get(0);
        assertThat(step.sql()).isEqualTo("FUNCTION CALL 952");
        assertThat(step.parameters()).hasSize(1);
        assertThat(step.tag()).isEqualTo("FUNCTION CALL");
        assertThat(step.copyOut()).hasSize(1);
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aFailedFunctionCallSkipsNothing() {
        Interpretation found = interpret(
                new Request().frame('F', (byte) 0, (byte) 0, (byte) 0, (byte) 1).query("select 1"),
                new ServerAnswer().error("42883").ready('I').tag("SELECT 1").ready('I'));
        assertThat(lines(found)).containsExactly("x FUNCTION CALL 1 !42883", "q select 1 -> SELECT 1");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void theConnectionEndsInsideAPipeline() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "select 1")
                        .bind("", "")
                        .execute("")
                        .parse("", "select 2")
                        .bind("", "")
                        .execute("")
                        .sync(),
                new ServerAnswer().parseComplete().bindComplete().row("1"));
        assertThat(lines(found)).containsExactly("x select 1 (1)");
        assertThat(found.status()).isEqualTo(TransactionStatus.UNKNOWN);
    }

    @Test
    void theServerGoesDownWhileItIsIdle() {
        Interpretation found = interpret(
                new Request().parse("", "select 1").flush(),
                new ServerAnswer().parseComplete().fatal("57P01"));
        assertThat(lines(found)).containsExactly("x  !57P01");
        assertThat(found.errors()).extracting(ServerMessage::isFatal).containsExactly(true);
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void terminateIsNoStep() {
        Interpretation found = interpret(new Request().terminate(), new ServerAnswer());
        assertThat(found.steps()).isEmpty();
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void anAnswerToAnotherRequestIsCountedNotBelieved() {
        Interpretation found = interpret(
                new Request().parse("", "select 1").bind("", "").execute("").sync(),
                new ServerAnswer().row("1").tag("SELECT 1").ready('I'));
        assertThat(found.steps()).isEmpty();
        assertThat(found.unexplained()).isPositive();
        assertThat(book.statement("")).isNull();
    }

    @Test
    void aMalformedMessageIsRefusedByTheServer() {
        Interpretation found = interpret(
                new Request().frame('P', (byte) 'x').bind("", "x").sync(),
                new ServerAnswer().error("08P01").ready('I'));
        assertThat(lines(found)).containsExactly("x  !08P01");
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void aFailedBindDestroysTheUnnamedPortal() {
        interpret(
                new Request().parse("s", "select 1").bind("", "s").sync(),
                new ServerAnswer().parseComplete().bindComplete().ready('T'));
        assertThat(book.portal("")).isNotNull();
        interpret(
                new Request().bind("", "s", "x").sync(),
                new ServerAnswer().error("08P01").ready('E'));
        assertThat(book.portal("")).isNull();
    }

    @Test
    void portalsEndWithTheTransactionThoughAnotherBegins() {
        interpret(
                new Request().parse("s", "select a").bind("c", "s").sync(),
                new ServerAnswer().parseComplete().bindComplete().ready('T'));
        interpret(
                new Request().query("commit and chain"),
                new ServerAnswer().tag("COMMIT").ready('T'));
        assertThat(book.portal("c")).isNull();
    }

    @Test
    void aSyncInsideASuccessfulCopyExplainsNoFurtherAnswer() {
        Interpretation found = interpret(
                new Request()
                        .parse("", "copy t from stdin")
                        .bind("", "")
                        .execute("")
                        .sync()
                        .copyDone()
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .copyInResponse()
                        .tag("COPY 0")
                        .ready('I')
                        .ready('I'));
        assertThat(found.unexplained()).isEqualTo(1);
    }

    @Test
    void aStatementsColumnsHaveNoFormatOfTheirOwn() {
        interpret(
                new Request()
                        .parse("s", "select a")
                        .bind("", "s", List.of(1))
                        .describePortal("")
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .columns(1, "a")
                        .ready('T'));
        assertThat(book.statement("s").rows().fields().get(0).format()).isZero();
        assertThat(book.portal("").rows().fields().get(0).format()).isEqualTo(1);
    }

    @Test
    void deallocateAllLeavesTheUnnamedStatement() {
        book.put(new PreparedStatement("s", "select 1", List.of(), null));
        interpret(
                new Request()
                        .parse("", "deallocate all")
                        .bind("", "")
                        .execute("")
                        .sync(),
                new ServerAnswer()
                        .parseComplete()
                        .bindComplete()
                        .tag("DEALLOCATE ALL")
                        .ready('I'));
        assertThat(book.statements()).extracting(PreparedStatement::name).containsExactly("");
    }
}
