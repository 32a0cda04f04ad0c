package dev.understudy.replay.blocked;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.schedule.AnswerFacts;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is sent of a session in which something is blocked. */
class SessionGuardTest {
    private static final String LEAVING = "SELECT pg_reload_conf()";
    private static final Treatment WITHHELD =
            new Treatment.Withhold(Disposition.FILTERED, "blocked: server-control", false);

    private final SessionGuard guard = BlockList.of(List.of(), Set.of()).session(false);

    @Test
    void theOrdinaryStaysAsItIs() {
        assertThat(treat(Frames.simple("SELECT 1"))).isSameAs(Treatment.SEND);
        assertThat(treat(frames().parse("", "SELECT $1")
                        .bind("", "1")
                        .execute()
                        .sync()
                        .bytes()))
                .isSameAs(Treatment.SEND);
    }

    @Test
    void aSingleStatementIsWithheld() {
        assertThat(treat(Frames.simple(LEAVING))).isEqualTo(WITHHELD);
        assertThat(sent(frames().parse("", LEAVING)
                        .bind("")
                        .describePortal()
                        .execute()
                        .sync()
                        .bytes()))
                .containsExactly("Parse[name=, sql=SELECT, types=[]]", "Plain[type=83]");
    }

    @Test
    void theOtherStatementsOfATextAreSent() {
        assertThat(sent(Frames.simple("BEGIN; " + LEAVING + "; INSERT INTO t VALUES (1); COMMIT")))
                .containsExactly("Query[sql=BEGIN; INSERT INTO t VALUES (1); COMMIT]");
    }

    @Test
    void aNameThatWasPreparedCanBeClosedAndIsNeverRun() {
        assertThat(sent(frames().parse("s", LEAVING)
                        .describeStatement("s")
                        .sync()
                        .bytes()))
                .containsExactly(
                        "Parse[name=s, sql=SELECT, types=[]]", "Describe[ofStatement=true, name=s]", "Plain[type=83]");
        assertThat(treat(frames().bind("s").execute().sync().bytes())).isEqualTo(WITHHELD);
        assertThat(treat(Frames.simple("EXECUTE s"))).isEqualTo(WITHHELD);
        assertThat(treat(Frames.simple("CREATE TABLE x AS EXECUTE s"))).isEqualTo(WITHHELD);
        assertThat(treat(Frames.simple("DEALLOCATE s"))).isSameAs(Treatment.SEND);
        assertThat(treat(frames().closeStatement("s").sync().bytes())).isSameAs(Treatment.SEND);
        assertThat(treat(frames().parse("s", "SELECT 1")
                        .bind("s")
                        .execute()
                        .sync()
                        .bytes()))
                .isSameAs(Treatment.SEND);
        assertThat(treat(frames().bind("s").execute().sync().bytes())).isSameAs(Treatment.SEND);
    }

    @Test
    void whatSqlPreparesHasAHarmlessNamesake() {
        assertThat(sent(Frames.simple("PREPARE p AS " + LEAVING)))
                .containsExactly("Query[sql=PREPARE \"p\" AS SELECT]");
        assertThat(treat(Frames.simple("EXECUTE p"))).isEqualTo(WITHHELD);
        assertThat(treat(frames().bind("p").execute().sync().bytes())).isEqualTo(WITHHELD);
    }

    @Test
    void aPipelineKeepsItsOtherStatements() {
        ByteBuf request = frames().parse("", "INSERT INTO t VALUES (1)")
                .bind("")
                .execute()
                .parse("", LEAVING)
                .bind("")
                .execute()
                .parse("", "SELECT 2")
                .bind("")
                .execute()
                .sync()
                .bytes();

        assertThat(sent(request)).hasSize(8).element(3).isEqualTo("Parse[name=, sql=SELECT, types=[]]");
        assertThat(sent(request).get(4)).isEqualTo("Parse[name=, sql=SELECT 2, types=[]]");
    }

    @Test
    void cursorsAndPortalsAreFollowed() {
        assertThat(treat(Frames.simple("DECLARE c CURSOR FOR " + LEAVING))).isEqualTo(WITHHELD);
        assertThat(treat(Frames.simple("FETCH FORWARD 10 FROM c"))).isEqualTo(WITHHELD);
        assertThat(treat(Frames.simple("CLOSE c;"))).isEqualTo(WITHHELD);
        assertThat(treat(Frames.simple("FETCH 1 FROM d"))).isSameAs(Treatment.SEND);
        treat(frames().parse("s", LEAVING)
                .bindPortal("p", "s")
                .execute("p", 1)
                .sync()
                .bytes());
        assertThat(treat(frames().execute("p", 1).sync().bytes())).isEqualTo(WITHHELD);
    }

    @Test
    void theErrorThatItGotIsRaisedWhereItMatters() {
        RecordedExchange inside =
                exchange(Frames.simple(LEAVING), TransactionStatus.IN_TRANSACTION, TransactionStatus.FAILED, "42501");
        RecordedExchange outside =
                exchange(Frames.simple(LEAVING), TransactionStatus.IDLE, TransactionStatus.IDLE, "42501");

        Treatment failed = guard.treat(inside, Treatment.SEND);

        assertThat(failed).isInstanceOf(Treatment.Replace.class);
        assertThat(messages(failed.request(inside)).get(0)).contains("ERRCODE = '42501'");
        assertThat(guard.treat(outside, Treatment.SEND)).isEqualTo(WITHHELD);
    }

    @Test
    void aForcedErrorIsForcedWithoutTheBlockedText() {
        RecordedExchange exchange = exchange(
                frames().parse("s", LEAVING).bind("s").execute().sync().bytes(),
                TransactionStatus.IN_TRANSACTION,
                TransactionStatus.FAILED,
                "57014");

        Treatment treatment = guard.treat(exchange, new Treatment.Force("57014"));

        assertThat(treatment)
                .isInstanceOfSatisfying(
                        Treatment.Replace.class,
                        replace -> assertThat(replace.disposition()).isEqualTo(Disposition.FORCED));
        assertThat(String.join(" ", messages(treatment.request(exchange))))
                .contains("Parse[name=s, sql=SELECT,")
                .contains("ERRCODE = '57014'")
                .doesNotContain("pg_reload_conf");
    }

    @Test
    void copyDataOfAWithheldCopyIsWithheldWithIt() {
        BlockList list = BlockList.of(
                List.of(new dev.understudy.replay.access.Schemas()
                        .foreign("remote", List.of(), "id int4")
                        .build()),
                Set.of());
        ByteBuf request = frames().query("COPY remote FROM STDIN")
                .copyData("1\n")
                .copyDone()
                .bytes();

        assertThat(list.session(false).treat(idle(request), Treatment.SEND))
                .isEqualTo(new Treatment.Withhold(Disposition.FILTERED, "blocked: foreign-table", false));
    }

    private Treatment treat(ByteBuf request) {
        return guard.treat(idle(request), Treatment.SEND);
    }

    private List<String> sent(ByteBuf request) {
        RecordedExchange exchange = idle(request);
        Treatment treatment = guard.treat(exchange, Treatment.SEND);
        assertThat(treatment).isInstanceOf(Treatment.Replace.class);
        return messages(treatment.request(exchange));
    }

    private static List<String> messages(ByteBuf request) {
        List<String> messages = new ArrayList<>();
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            messages.add(FrontendMessage.decode(frame.type(), frame.body()).toString());
        }
        return messages;
    }

    private static RecordedExchange idle(ByteBuf request) {
        return exchange(request, TransactionStatus.IDLE, TransactionStatus.IDLE, null);
    }

    private static RecordedExchange exchange(
            ByteBuf request, TransactionStatus before, TransactionStatus after, String sqlState) {
        return new RecordedExchange(
                new ExchangeId(1, 1),
                1,
                0,
                before,
                after,
                Set.<ExchangeFlag>of(),
                request,
                Unpooled.EMPTY_BUFFER,
                List.of(),
                List.of(),
                new AnswerFacts(sqlState, false, request.getByte(0) == 'P' ? 1 : 0),
                0,
                0,
                true);
    }

    @Test
    void whatWasBrokenOffIsWithheldAndEndsTheSessionIfTheServerDid() {
        RecordedExchange client = brokenOff(Frames.simple(LEAVING), false);
        RecordedExchange server = brokenOff(Frames.simple(LEAVING), true);

        assertThat(guard.treat(client, new Treatment.SendOnly("broken-off-in-production")))
                .isEqualTo(WITHHELD);
        assertThat(guard.treat(server, new Treatment.SendOnly("broken-off-in-production")))
                .isEqualTo(new Treatment.Withhold(Disposition.FILTERED, "blocked: server-control", true));
        Treatment already = new Treatment.Withhold(Disposition.GAP, "pieces-missing", false);
        assertThat(guard.treat(idle(Frames.simple(LEAVING)), already)).isSameAs(already);
    }

    @Test
    void aSnapshotBringsNothingBlockedAndItsNamesAreKnown() {
        SessionSnapshot snapshot = guard.treat(new SessionSnapshot(
                1,
                7,
                3,
                false,
                TransactionStatus.IDLE,
                Map.of(),
                Map.of(
                        "s", frames().parse("s", LEAVING).bytes(),
                        "t", frames().parse("t", "SELECT 1").bytes()),
                List.of(Frames.simple("SET a = 1"), Frames.simple(LEAVING))));

        assertThat(messages(snapshot.statements().get("s"))).containsExactly("Parse[name=s, sql=SELECT, types=[]]");
        assertThat(messages(snapshot.statements().get("t"))).containsExactly("Parse[name=t, sql=SELECT 1, types=[]]");
        assertThat(snapshot.state()).hasSize(1);
        assertThat(treat(frames().bind("s").execute().sync().bytes())).isEqualTo(WITHHELD);
        assertThat(treat(frames().bind("t").execute().sync().bytes())).isSameAs(Treatment.SEND);
    }

    @Test
    void aCallByNumberIsJudgedToo() {
        assertThat(treat(frames().functionCall(2621).bytes())).isEqualTo(WITHHELD);
        assertThat(treat(frames().functionCall(1598).bytes())).isSameAs(Treatment.SEND);
    }

    @Test
    void stringsMayBeReadOtherwiseOnceTheSessionSaysSo() {
        String hidden = "SELECT '\\'' || pg_reload_conf() || '";

        assertThat(treat(Frames.simple(hidden))).isSameAs(Treatment.SEND);
        treat(Frames.simple("SET standard_conforming_strings = off"));
        assertThat(treat(Frames.simple(hidden))).isEqualTo(WITHHELD);
    }

    @Test
    void whereStringsMayEndOtherwiseTheTextCountsAsAWhole() {
        String text = "SELECT 'x\\'; ', pg_reload_conf(), 'y'";
        BlockList list = BlockList.of(List.of(), Set.of());

        assertThat(list.session(false).treat(idle(Frames.simple(text)), Treatment.SEND))
                .isSameAs(Treatment.SEND);
        assertThat(list.session(true).treat(idle(Frames.simple(text)), Treatment.SEND))
                .isEqualTo(WITHHELD);
    }

    @Test
    void dataOfACopyThatIsSentGoesWithIt() {
        ByteBuf request = frames().query(LEAVING + "; COPY t FROM STDIN")
                .copyData("1\n")
                .copyDone()
                .bytes();

        assertThat(sent(request)).containsExactly("Query[sql=COPY t FROM STDIN]", "Plain[type=100]", "Plain[type=99]");
    }

    private static RecordedExchange brokenOff(ByteBuf request, boolean fatal) {
        return new RecordedExchange(
                new ExchangeId(1, 1),
                1,
                0,
                TransactionStatus.IDLE,
                TransactionStatus.UNKNOWN,
                Set.of(ExchangeFlag.BROKEN_OFF),
                request,
                Unpooled.EMPTY_BUFFER,
                List.of(),
                List.of(),
                new AnswerFacts(fatal ? "57P01" : null, fatal, 0),
                0,
                0,
                true);
    }
}
