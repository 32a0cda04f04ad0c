package dev.understudy.pgwire.exchange;

import static dev.understudy.pgwire.exchange.ExchangeAssertions.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.pgwire.server.ServerConnection;
import dev.understudy.pgwire.sql.SqlSplitter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interpreter against what a server really answers. */
class InterpreterIT {
    private final StatementBook book = new StatementBook();
    private ServerConnection connection;

    @BeforeEach
    void connect() throws IOException {
        connection = ServerConnection.open();
        query("create temp table t (a int primary key, b text)");
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
    }

    private Interpretation exchange(Request request, int readies) throws IOException {
        ByteBuf answer = connection.exchange(request.bytes(), readies);
        Interpretation found = Interpreter.interpret(request.bytes(), answer, book);
        assertThat(found.unexplained())
                .as(() -> ByteBufUtil.prettyHexDump(answer))
                .isZero();
        return found;
    }

    private Interpretation exchange(Request request) throws IOException {
        return exchange(request, 1);
    }

    private Interpretation query(String sql) throws IOException {
        return exchange(new Request().query(sql));
    }

    @Test
    void simpleStatements() throws IOException {
        Interpretation found =
                query("begin; insert into t values (1,'x'),(2,null); /* ; */ select * from t order by a; commit");
        assertThat(lines(found))
                .containsExactly(
                        "q begin -> BEGIN",
                        "q insert into t values (1,'x'),(2,null) -> INSERT 0 2",
                        "q select * from t order by a [a/0 b/0] (1,x) (2,null) -> SELECT 2",
                        "q commit -> COMMIT");
    }

    /** As many answers as the splitter finds statements. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; select ';'; select $$;$$; select E'\\';'; select $a$ $b$ ; $a$",
                "select 1 /* ; /* ; */ */; -- ;\n select 2",
                "create temp view v as select 1 as \";\"; select * from v",
                "create function pg_temp.f(a int) returns int begin atomic select case when a > 0 then 1 end; end; select pg_temp.f(1)",
                "create or replace procedure pg_temp.p() begin atomic select 1; select 2; end; call pg_temp.p()",
                "create temp table r (a int); create rule x as on insert to r do also (notify c; notify d); insert into r values (1)",
                "do $$ begin null; end $$; select U&'d\\0061t;' ; select 'a'\n';'; select 1.e1, .5;",
                "select 1;;;select 2;",
                "select 'a' --\n ';' ; select 2",
                "select 5-- ;\n -1; select 2*/**/3; select '\\'; select 4",
                "select (array[1,2])[1]; select 1 as a$b$; select 2 as c$b$",
            })
    void theServerSplitsAlike(String sql) throws IOException {
        Interpretation found = query(sql);
        assertThat(found.errors()).isEmpty();
        assertThat(found.steps()).hasSameSizeAs(SqlSplitter.split(sql));
        assertThat(found.steps()).allMatch(step -> step.tag() != null);
    }

    @Test
    void errors() throws IOException {
        assertThat(lines(query("select 1; select 1/0; select 3")))
                .containsExactly("q select 1 [?column?/0] (1) -> SELECT 1", "q select 1/0 !22012");
        assertThat(lines(query("select 1; select 'é'; selct 3"))).containsExactly("q selct 3 !42601");
        assertThat(lines(query("select 1/(3-a) from generate_series(1,5) a")))
                .containsExactly("q select 1/(3-a) from generate_series(1,5) a [?column?/0] (0) (1) !22012");
    }

    @Test
    void emptyQueries() throws IOException {
        assertThat(query("").steps()).extracting(Step::tag).containsExactly("");
        assertThat(query(" ; -- x").steps()).extracting(Step::tag).containsExactly("");
        Interpretation extended = exchange(new Request()
                .parse("", "--")
                .bind("", "")
                .describePortal("")
                .execute("")
                .sync());
        assertThat(extended.steps()).extracting(Step::tag).containsExactly("");
    }

    @Test
    void copyInAndOut() throws IOException {
        Interpretation in = exchange(new Request()
                .query("copy t from stdin; select count(*) from t")
                .copyData("1\ta\n2")
                .copyData("\tb\n")
                .copyDone());
        assertThat(lines(in))
                .containsExactly("q copy t from stdin -> COPY 2", "q select count(*) from t [count/0] (2) -> SELECT 1");
        assertThat(in.copyIn()).isTrue();
        assertThat(lines(query("copy t to stdout"))).containsExactly("q copy t to stdout d:1\ta\n d:2\tb\n -> COPY 2");
        Interpretation failed = exchange(new Request()
                .query("copy t from stdin")
                .copyData("x\n")
                .copyData("y\n")
                .copyDone());
        assertThat(lines(failed)).containsExactly("q copy t from stdin !22P02");
        Interpretation given = exchange(new Request().query("copy t from stdin").copyFail("enough"));
        assertThat(lines(given)).containsExactly("q copy t from stdin !57014");
    }

    @Test
    void aSyncInsideCopy() throws IOException {
        Request copy = new Request()
                .parse("", "copy t from stdin")
                .bind("", "")
                .execute("")
                .sync();
        assertThat(lines(exchange(copy.copyData("1\ta\n").flush().copyDone().sync())))
                .containsExactly("x copy t from stdin -> COPY 1");
        Request failing = new Request()
                .parse("", "copy t from stdin")
                .bind("", "")
                .execute("")
                .sync();
        assertThat(lines(exchange(
                        failing.copyData("x\n").copyData("y\n").copyDone().sync())))
                .containsExactly("x copy t from stdin !22P02");
        Request early = new Request()
                .parse("", "copy nowhere from stdin")
                .bind("", "")
                .execute("")
                .sync();
        assertThat(lines(exchange(early.copyData("x\n").copyDone().sync(), 2)))
                .containsExactly("x copy nowhere from stdin !42P01");
        assertThat(lines(query("select 1"))).hasSize(1);
    }

    @Test
    void aPipeline() throws IOException {
        Interpretation found = exchange(new Request()
                .parse("s", "insert into t values ($1, $2) returning a")
                .describeStatement("s")
                .bind("", "s", "1", "x")
                .execute("")
                .bind("", "s", List.of(1), "2", null)
                .execute("")
                .parse("", "delete from t where a > $1", 23)
                .bind("", "", "0")
                .describePortal("")
                .execute("")
                .sync());
        assertThat(lines(found))
                .containsExactly(
                        "x insert into t values ($1, $2) returning a $23=1 $25=x [a/0] (1) -> INSERT 0 1",
                        "x insert into t values ($1, $2) returning a $23=2 $25=null [a/1] (\0\0\0\2) -> INSERT 0 1",
                        "x delete from t where a > $1 $23=0 -> DELETE 2");
        assertThat(found.statementsBefore()).isEmpty();
        Interpretation next =
                exchange(new Request().bind("", "s", "3", "z").execute("").sync());
        assertThat(lines(next))
                .containsExactly("x insert into t values ($1, $2) returning a $23=3 $25=z [a/0] (3) -> INSERT 0 1");
        assertThat(next.statementsBefore()).extracting(PreparedStatement::name).containsExactly("s");
    }

    @Test
    void anErrorInAPipelineSkipsToSync() throws IOException {
        Interpretation found = exchange(
                new Request()
                        .parse("", "select 1/0")
                        .bind("", "")
                        .execute("")
                        .parse("never", "select 1")
                        .query("select 2")
                        .sync()
                        .parse("", "select 3")
                        .bind("", "")
                        .execute("")
                        .sync(),
                2);
        assertThat(lines(found)).containsExactly("x select 1/0 !22012", "x select 3 (3) -> SELECT 1");
        assertThat(book.statement("never")).isNull();
        assertThat(lines(exchange(new Request().describeStatement("never").sync())))
                .containsExactly("x  !26000");
    }

    @Test
    void portalsOverExchanges() throws IOException {
        query("insert into t select i, 'x' from generate_series(1, 5) i; begin");
        Interpretation first = exchange(new Request()
                .parse("", "select a from t order by a")
                .bind("c", "")
                .describePortal("c")
                .execute("c", 2)
                .sync());
        assertThat(first.steps()).extracting(Step::suspended).containsExactly(true);
        Interpretation rest = exchange(
                new Request().execute("c", 2).execute("c").closePortal("c").sync());
        assertThat(lines(rest))
                .containsExactly(
                        "x select a from t order by a [a/0] (3) (4) suspended",
                        "x select a from t order by a [a/0] (5) -> SELECT 1");
        assertThat(rest.portalsBefore()).extracting(Portal::name).containsExactly("c");
        query("commit");
        assertThat(exchange(new Request().execute("c").sync()).errors()).hasSize(1);
    }

    @Test
    void aDeferredConstraintFailsAtSync() throws IOException {
        query("create temp table u (a int references t deferrable initially deferred)");
        Interpretation extended = exchange(new Request()
                .parse("", "insert into u values (9)")
                .bind("", "")
                .execute("")
                .sync());
        assertThat(lines(extended)).containsExactly("x insert into u values (9) -> INSERT 0 1", "x  !23503");
        assertThat(lines(query("insert into u values (9)"))).containsExactly("q insert into u values (9) !23503");
        assertThat(lines(query("begin; insert into u values (9); commit; select 1")))
                .containsExactly("q begin -> BEGIN", "q insert into u values (9) -> INSERT 0 1", "q commit !23503");
    }

    @Test
    void unnamedStatementsAreReplacedAndDestroyed() throws IOException {
        exchange(new Request().parse("", "select 1").sync());
        assertThat(book.statement("")).isNotNull();
        exchange(new Request().parse("", "selct").sync());
        assertThat(book.statement("")).isNull();
        assertThat(exchange(new Request().bind("", "").sync()).errors().get(0).sqlState())
                .isEqualTo("26000");
        exchange(new Request().parse("", "select 1").sync());
        query("select 1");
        assertThat(book.statement("")).isNull();
        assertThat(exchange(new Request().bind("", "").sync()).errors().get(0).sqlState())
                .isEqualTo("26000");
    }

    @Test
    void aNamedStatementIsNotReplaced() throws IOException {
        exchange(new Request().parse("s", "select 1").sync());
        assertThat(lines(exchange(new Request().parse("s", "select 2").sync()))).containsExactly("x select 2 !42P05");
        assertThat(book.statement("s")).extracting(PreparedStatement::sql).isEqualTo("select 1");
    }

    /** The book and pg_prepared_statements name the same statements. */
    @Test
    void theBookKnowsWhatTheServerKnows() throws IOException {
        String[] texts = {
            "prepare a as select 1; prepare \"B\"\"c\"(int, varchar(3)) as select $1, $2",
            "deallocate a",
            "prepare a(int) as select $1; prepare d as select 1/0",
            "deallocate prepare d",
            "prepare e as select 1; select 1/0; prepare f as select 1",
            "begin; prepare g as select 1; rollback",
            "deallocate nowhere",
            "deallocate all; prepare h as select 1",
            "prepare transaction 'x'",
            "discard all",
        };
        for (String text : texts) {
            query(text);
            theBookIsRight();
        }
        exchange(new Request()
                .parse("p", "prepare i as select 1")
                .bind("", "p")
                .execute("")
                .sync());
        theBookIsRight();
        exchange(new Request()
                .parse("", "deallocate all")
                .bind("", "")
                .execute("")
                .sync());
        assertThat(exchange(new Request().bind("", "").execute("").sync()).errors())
                .isEmpty();
        theBookIsRight();
    }

    private void theBookIsRight() throws IOException {
        Interpretation found = query("select name from pg_prepared_statements");
        List<String> names = found.steps().get(0).dataRows().stream()
                .map(row -> dev.understudy.pgwire.message.DataRow.columns(row).get(0))
                .map(name -> name.toString(StandardCharsets.UTF_8))
                .toList();
        assertThat(book.statements()).extracting(PreparedStatement::name).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void asynchronousMessages() throws IOException {
        query("listen c");
        Interpretation found = query("set application_name to x; notify c; do $$ begin raise notice 'hi'; end $$");
        assertThat(found.steps()).hasSize(3);
        assertThat(found.notices()).extracting(n -> n.text()).containsExactly("hi");
    }

    @Test
    void aRuleThatAnswersToo() throws IOException {
        query("create temp table w (a int); create rule r as on insert to w do also select 7 as b");
        Interpretation found = query("insert into w values (1)");
        assertThat(found.steps()).isNotEmpty();
        assertThat(found.steps().get(found.steps().size() - 1).tag()).isEqualTo("INSERT 0 1");
    }

    @Test
    void functionCall() throws IOException {
        // int4pl(2, 3), binary
        byte[] call = {0, 0, 0, (byte) 177, 0, 1, 0, 1, 0, 2, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 3, 0, 1};
        Interpretation found = exchange(new Request().frame('F', call));
        assertThat(found.steps()).hasSize(1);
        assertThat(ByteBufUtil.hexDump(found.steps().get(0).copyOut().get(0))).isEqualTo("0000000400000005");
        byte[] unknown = {127, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThat(exchange(new Request().frame('F', unknown).query("select 1"), 2)
                        .steps())
                .hasSize(2);
    }

    @Test
    void malformedMessages() throws IOException {
        Interpretation found =
                exchange(new Request().frame('P', (byte) 'x').bind("", "").sync());
        assertThat(lines(found)).containsExactly("x  !08P01");
        Interpretation bind = exchange(
                new Request().parse("", "select $1::int").bind("", "", "x").sync());
        assertThat(lines(bind)).containsExactly("x select $1::int $0=x !22P02");
    }

    @Test
    void aKilledConnection() throws IOException {
        Interpretation found = exchange(new Request().query("select 1; select pg_terminate_backend(pg_backend_pid())"));
        assertThat(found.steps()).hasSize(2);
        assertThat(found.steps().get(1).error()).isNotNull();
        assertThat(found.errors().get(0).isFatal()).isTrue();
        assertThat(found.status()).isEqualTo(TransactionStatus.UNKNOWN);
    }
}
