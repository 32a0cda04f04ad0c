package dev.understudy.replay.schedule;

import static dev.understudy.replay.recorder.Frames.frames;
import static dev.understudy.replay.recorder.Frames.simple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForcedRequestTest {
    @Test
    void raisesTheSameErrorInsideTheTransaction() {
        assertThat(queries(TransactionStatus.IN_TRANSACTION, TransactionStatus.FAILED))
                .containsExactly("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$");
    }

    @Test
    void anErrorThatEndedTheTransactionEndsItToo() {
        assertThat(queries(TransactionStatus.IN_TRANSACTION, TransactionStatus.IDLE))
                .endsWith("ROLLBACK");
    }

    @Test
    void anErrorInATransactionOfItsOwnMakingLeavesOne() {
        assertThat(queries(TransactionStatus.IDLE, TransactionStatus.FAILED)).startsWith("BEGIN");
    }

    @Test
    void whatWasDoneBeforeTheErrorIsDoneAndTheRestIsNot() {
        ByteBuf request = frames().parse("s1", "SELECT 1")
                .parse("s2", "SELECT 2")
                .bind("s1")
                .describePortal()
                .execute()
                .bind("s2")
                .execute()
                .sync()
                .bytes();

        assertThat(types(request, "112TDC2E")).isEqualTo("PPBDEB" + "CPBES" + "CS");
        assertThat(types(request, "112E")).isEqualTo("PPB" + "CPBES" + "CS");
        assertThat(types(request, "1E")).isEqualTo("P" + "CPBES" + "CS");
        assertThat(types(request, "112TDC2CE")).as("the commit at Sync failed").isEqualTo("PPBDEBE" + "CPBES" + "CS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "E | RAISE",
                "CE | INSERT INTO t VALUES ('é;'); ; RAISE",
                "CCE | INSERT INTO t VALUES ('é;'); ; COMMIT ; RAISE",
                "CCTDCE | INSERT INTO t VALUES ('é;'); ; COMMIT ; SELECT 1~;RAISE"
            })
    void theStatementsOfATextThatWereCompletedAreRun(String answer, String expected) {
        ByteBuf request = frames().query("INSERT INTO t VALUES ('é;'); ; COMMIT ; SELECT 1")
                .bytes();

        FrontendMessage message = messages(forced(request, answer)).get(0);

        String raise = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$";
        assertThat(((FrontendMessage.Query) message).sql())
                .isEqualTo(expected.replace("RAISE", raise).replace("~", "\n"));
    }

    @Test
    void aTransactionThatTheExchangeItselfBeganIsNotBegunTwice() {
        RecordedExchange plain = with(
                frames().query("BEGIN; SELECT 1").bytes(),
                "CE",
                TransactionStatus.IDLE,
                TransactionStatus.FAILED,
                "BEGIN");

        assertThat(messages(ForcedRequest.of(plain, "40001"))).hasSize(1);
    }

    @Test
    void onlyPartOfTheRequestKeepsItsStatements() {
        ByteBuf request =
                frames().parse("s1", "SELECT 1").parse("s2", "SELECT 2").bytes();

        List<FrontendMessage> messages =
                messages(ForcedRequest.of(request, 1, TransactionStatus.IDLE, TransactionStatus.IDLE, "57014"));

        assertThat(messages.get(0)).isEqualTo(new FrontendMessage.Parse("s1", "SELECT 1", List.of()));
        assertThat(messages).filteredOn(FrontendMessage.Parse.class::isInstance).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"IDLE, IDLE, 1", "IDLE, FAILED, 2", "IN_TRANSACTION, FAILED, 1", "IN_TRANSACTION, IDLE, 2"})
    void partOfARequestLeavesTheTransactionAsItWas(TransactionStatus before, TransactionStatus after, int messages) {
        List<FrontendMessage> sent = messages(ForcedRequest.of(simple("UPDATE"), 0, before, after, "57014"));

        assertThat(sent).hasSize(messages);
        assertThat(sent.get(0).equals(new FrontendMessage.Query("BEGIN")))
                .isEqualTo(after == TransactionStatus.FAILED && messages == 2);
        assertThat(sent.contains(new FrontendMessage.Query("ROLLBACK")))
                .isEqualTo(after == TransactionStatus.IDLE && messages == 2);
    }

    @Test
    void aTransactionThatTheExchangeBeganAndLeftIsLeft() {
        RecordedExchange failed =
                with(simple("BEGIN; COMMIT"), "CE", TransactionStatus.IDLE, TransactionStatus.IDLE, "BEGIN");

        assertThat(messages(ForcedRequest.of(failed, "40001"))).last().isEqualTo(new FrontendMessage.Query("ROLLBACK"));
    }

    @Test
    void aFunctionCallIsReplacedAsAWhole() {
        ByteBuf request = frames().functionCall(1, Unpooled.copyInt(1)).bytes();

        assertThat(types(request, "E")).isEqualTo("Q");
    }

    @Test
    void theStatementThatFailedIsTold() {
        ByteBuf request = frames().parse("a", "CALL a()")
                .parse("b", "CALL b(); ")
                .bind("b")
                .execute()
                .sync()
                .bytes();

        assertThat(failed(request, "112E")).isEqualTo("CALL b()");
        assertThat(failed(request, "11E")).as("it did not run").isNull();
        assertThat(failed(simple("CALL a()"), "E")).isEqualTo("CALL a()");
        assertThat(failed(simple("CALL a(); CALL b()"), "CE")).as("one of two").isNull();
    }

    private static String failed(ByteBuf request, String answer) {
        return Interruption.of(request, answer(answer)).statement(request);
    }

    private static ByteBuf answer(String types) {
        ByteBuf frames = Unpooled.buffer();
        types.chars().forEach(type -> frames.writeByte(type).writeInt(4));
        return frames;
    }

    private static String types(ByteBuf request, String answer) {
        StringBuilder types = new StringBuilder();
        for (FrameCursor frame = new FrameCursor(forced(request, answer)); frame.next(); ) {
            types.append((char) frame.type());
        }
        return types.toString();
    }

    private static ByteBuf forced(ByteBuf request, String answer) {
        return ForcedRequest.of(with(request, answer, TransactionStatus.IDLE, TransactionStatus.IDLE), "40001");
    }

    private static List<String> queries(TransactionStatus before, TransactionStatus after) {
        return messages(ForcedRequest.of(with(frames().query("COMMIT").bytes(), "E", before, after), "40001")).stream()
                .map(message -> ((FrontendMessage.Query) message).sql())
                .toList();
    }

    private static List<FrontendMessage> messages(ByteBuf request) {
        List<FrontendMessage> messages = new ArrayList<>();
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            messages.add(FrontendMessage.decode(frame.type(), frame.body()));
        }
        return messages;
    }

    /** An exchange whose answer has messages of these types. */
    private static RecordedExchange with(
            ByteBuf request, String answer, TransactionStatus before, TransactionStatus after, String... tags) {
        RecordedExchange plain = Works.exchange(1, 0, 0, 1, after, request, Set.of(), "40001", tags);
        return new RecordedExchange(
                plain.id(),
                plain.doneNo(),
                plain.sentAfter(),
                before,
                after,
                plain.flags(),
                request,
                answer(answer),
                plain.omissions(),
                plain.tags(),
                plain.facts(),
                0,
                0,
                true);
    }
}
