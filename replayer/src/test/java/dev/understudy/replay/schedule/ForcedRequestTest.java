package dev.understudy.replay.schedule;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
    void statementsThatWereParsedStayPrepared() {
        ByteBuf request = frames().parse("s1", "SELECT 1")
                .parse("s2", "SELECT 2")
                .bind("s1")
                .execute()
                .sync()
                .bytes();
        RecordedExchange exchange = with(request, TransactionStatus.IDLE, TransactionStatus.IDLE, 1);

        List<FrontendMessage> messages = messages(ForcedRequest.of(exchange, "57014"));

        assertThat(messages.get(0)).isEqualTo(new FrontendMessage.Parse("s1", "SELECT 1", List.of()));
        assertThat(messages).filteredOn(FrontendMessage.Parse.class::isInstance).hasSize(1);
    }

    private static List<String> queries(TransactionStatus before, TransactionStatus after) {
        return messages(ForcedRequest.of(with(frames().query("COMMIT").bytes(), before, after, 0), "40001")).stream()
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

    private static RecordedExchange with(
            ByteBuf request, TransactionStatus before, TransactionStatus after, int parses) {
        RecordedExchange plain = Works.exchange(1, 0, 0, 1, after, request, Set.of(), "40001");
        return new RecordedExchange(
                plain.id(),
                plain.doneNo(),
                plain.sentAfter(),
                before,
                after,
                plain.flags(),
                request,
                plain.answer(),
                plain.omissions(),
                plain.tags(),
                new AnswerFacts("40001", false, parses),
                0,
                0,
                true);
    }
}
