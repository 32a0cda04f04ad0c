package dev.understudy.trace.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Segment;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExchangeAssemblerTest {
    private final ExchangeAssembler assembler = new ExchangeAssembler(1000);

    @Test
    void tellsABegunBeforeItsAnswerIsKnown() {
        Begun begun = begun(1, 0, "SELECT");
        assertThat(assembler.accept(begun)).isEqualTo(begun);
        assertThat(assembler.open()).containsExactly(begun);

        Entry whole = assembler.accept(done(1, 0, " 1"));

        assertThat(whole).isInstanceOfSatisfying(Exchange.class, exchange -> {
            assertThat(exchange.request()).isEqualTo(bytes("SELECT 1"));
            assertThat(exchange.sentAfter()).isEqualTo(3);
            assertThat(exchange.doneNo()).isEqualTo(8);
            assertThat(exchange.segments()).hasSize(2);
        });
        assertThat(assembler.open()).isEmpty();
    }

    @Test
    void keepsPipelinedExchangesOfOneSessionApart() {
        assembler.accept(begun(1, 0, "a"));
        assembler.accept(begun(1, 1, "b"));
        assertThat(request(assembler.accept(done(1, 0, "")))).isEqualTo("a");
        assertThat(request(assembler.accept(done(1, 1, "")))).isEqualTo("b");
    }

    @Test
    void handsOutADoneWhoseBegunIsNotKnown() {
        Done orphan = done(1, 0, "rest");
        assertThat(assembler.accept(orphan)).isSameAs(orphan);
    }

    @Test
    void forgetsWhatWillNeverBeDone() {
        assembler.accept(begun(1, 0, "lost"));
        assembler.accept(begun(2, 0, "open"));
        assembler.accept(done(1, 1, ""));
        assertThat(assembler.open()).containsExactly(begun(2, 0, "open"));
        assembler.accept(new SessionEnd(9, 2, 8, 9, 0, SessionEnd.Reason.SERVER_CLOSED, 1));
        assertThat(assembler.open()).isEmpty();
    }

    @Test
    void holdsNoMoreThanItsBound() {
        assembler.accept(begun(1, 0, "x".repeat(700)));
        assertThat(assembler.accept(begun(2, 0, "y"))).isEqualTo(begun(2, 0, "y"));
        assertThat(assembler.open()).hasSize(1);
        assertThat(assembler.forgotten()).isEqualTo(1);
        assertThat(assembler.accept(done(2, 0, ""))).isInstanceOf(Done.class);
        assembler.accept(done(1, 0, ""));
        assembler.accept(begun(2, 1, "y".repeat(700)));
        assertThat(assembler.open()).hasSize(1);
    }

    @Test
    void saysThatPartsOfTheRequestAreMissing() {
        Begun begun = begun(1, 0, "");
        assembler.accept(new Begun(1, begun.id(), begun.before(), begun.segments(), Unpooled.EMPTY_BUFFER, 4));
        assertThat(assembler.accept(done(1, 0, "rest"))).isInstanceOfSatisfying(Exchange.class, exchange -> {
            assertThat(exchange.requestParts()).isEqualTo(4);
            assertThat(exchange.request().isReadable()).isFalse();
        });
    }

    private static String request(Entry entry) {
        return ((Exchange) entry).request().toString(StandardCharsets.UTF_8);
    }

    private static Begun begun(long session, long ordinal, String request) {
        return new Begun(
                4,
                new ExchangeId(session, ordinal),
                TransactionStatus.IDLE,
                List.of(new Segment(0, 0, 3, 100)),
                bytes(request),
                0);
    }

    private static Done done(long session, long ordinal, String rest) {
        return new Done(
                8,
                new ExchangeId(session, ordinal),
                8,
                Set.of(),
                List.of(new Segment(6, 0, 5, 200)),
                bytes(rest),
                0,
                new Answer(bytes("1"), 0, List.of(), List.of("SELECT 1"), TransactionStatus.IDLE, 300, 400));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
