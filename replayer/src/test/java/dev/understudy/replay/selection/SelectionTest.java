package dev.understudy.replay.selection;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.schedule.AnswerFacts;
import dev.understudy.replay.schedule.Place;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a selection lets through, and what it sends of the rest for a session's sake. */
class SelectionTest {
    private static final SessionInfo WEB =
            new SessionInfo(7, 3, "clerk", "shop", Map.of("application_name", "web"), null);

    private final List<Work> out = new ArrayList<>();
    private long ordinal;

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0/2", "3/2", "1/0", "a/b", "1/2/3", "1/1001"})
    void aShareIsOneOfSome(String text) {
        assertThatThrownBy(() -> Share.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("share=")
                .hasMessageContaining("expected I/N");
    }

    @Test
    void everyLaneIsInOneShare() {
        for (int lane = 0; lane < 10; lane++) {
            int partition = lane;
            assertThat(List.of(1, 2, 3))
                    .filteredOn(i -> new Share(i, 3).has(partition))
                    .hasSize(1);
        }
        assertThat(Share.parse("2/3")).isEqualTo(new Share(2, 3)).hasToString("2/3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "user=", "role=x", "=x"})
    void aFilterNamesItsKind(String term) {
        assertThatThrownBy(() -> Filter.parse(List.of(term)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("filter=" + term + ": expected user=");
    }

    @ParameterizedTest
    @CsvSource({
        "user=clerk,true",
        "user=other,false",
        "user=other;user=clerk,true",
        "user=clerk;application=jobs,false",
        "database=shop;application=web,true",
        "fingerprint=q_1,true"
    })
    void kindsMustAllMatchAndValuesOneOf(String terms, boolean wanted) {
        Filter filter = Filter.parse(List.of(terms.split(";")));

        assertThat(Selection.WHOLE.matching(filter).mayWant(WEB)).isEqualTo(wanted);
    }

    @Test
    void aWindowHasTwoEnds() {
        assertThatThrownBy(() -> Selection.WHOLE.within(5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Selection.WHOLE.within(4, 5).isWhole()).isFalse();
        assertThat(Selection.WHOLE.within(4, 5).voidsOrder()).isFalse();
        assertThat(Selection.WHOLE.of(new Share(1, 2)).voidsOrder()).isTrue();
        assertThat(Selection.WHOLE.isWhole()).isTrue();
    }

    @Test
    void nothingOfASessionThatIsNeverWantedComesThrough() {
        SelectionGate gate = gate(Selection.WHOLE.within(100, 200));
        gate.accept(run(10, Frames.simple("SET x = 1")));
        gate.accept(run(20, Frames.simple("SELECT 1")));
        gate.accept(run(300, Frames.simple("SELECT 2")));
        gate.accept(new Work.Close(WEB, Place.ofAny(99, Place.FIRST), 98, 400));

        assertThat(out).isEmpty();
        assertThat(gate.leftOut()).isEqualTo(Map.of(LeftOut.BEFORE_FROM, 2L, LeftOut.AFTER_UNTIL, 1L));
    }

    @Test
    void aSessionIsOpenedAndSetUpWhereItIsFirstWanted() {
        SelectionGate gate = gate(Selection.WHOLE.within(100, 200));
        gate.accept(run(10, Frames.simple("SET x = 1")));
        gate.accept(run(11, Frames.simple("SET x = 1")));
        gate.accept(run(
                12, frames().parse("s", "SELECT 1").bind("s").execute().sync().bytes()));
        gate.accept(run(150, Frames.simple("SELECT 2")));
        gate.accept(new Work.Close(WEB, Place.ofAny(99, Place.FIRST), 98, 400));

        assertThat(out).hasSize(5);
        assertThat(out.get(0)).isInstanceOf(Work.Open.class);
        assertThat(out).allMatch(work -> work.startWallMicros() >= 150, "nothing is earlier than what is wanted");
        assertThat(sent(out.get(1))).containsExactly("Query[sql=SET x = 1]");
        assertThat(sent(out.get(2))).containsExactly("Parse[name=s, sql=SELECT 1, types=[]]", "Plain[type=83]");
        assertThat(((Work.Run) out.get(3)).treatment()).isEqualTo(Treatment.SEND);
        assertThat(out.get(4)).isInstanceOf(Work.Close.class);
        assertThat(gate.leftOut()).isEqualTo(Map.of(LeftOut.BEFORE_FROM, 1L));
        for (int i = 1; i < out.size() - 1; i++) {
            assertThat(out.get(i).place()).isGreaterThan(out.get(i - 1).place());
        }
    }

    @Test
    void aTransactionIsInTheWindowAsAWholeOrNotAtAll() {
        SelectionGate gate = gate(Selection.WHOLE.within(100, 200));
        gate.accept(run(90, Frames.simple("BEGIN"), TransactionStatus.IDLE, TransactionStatus.IN_TRANSACTION));
        gate.accept(run(
                110, Frames.simple("SELECT 1"), TransactionStatus.IN_TRANSACTION, TransactionStatus.IN_TRANSACTION));
        gate.accept(run(120, Frames.simple("COMMIT"), TransactionStatus.IN_TRANSACTION, TransactionStatus.IDLE));
        gate.accept(run(190, Frames.simple("BEGIN"), TransactionStatus.IDLE, TransactionStatus.IN_TRANSACTION));
        gate.accept(run(210, Frames.simple("COMMIT"), TransactionStatus.IN_TRANSACTION, TransactionStatus.IDLE));

        assertThat(out).hasSize(3);
        assertThat(gate.leftOut()).isEqualTo(Map.of(LeftOut.BEFORE_FROM, 3L));
    }

    @ParameterizedTest
    @CsvSource({
        "SET x = 1,true",
        "SET LOCAL x = 1,false",
        "SET TRANSACTION READ ONLY,false",
        "RESET ALL,true",
        "DISCARD ALL,true",
        "LISTEN a,true",
        "PREPARE p AS SELECT 1,true",
        "DEALLOCATE p,true",
        "SELECT 1,false",
        "INSERT INTO t VALUES (1),false",
        "BEGIN,false"
    })
    void settingsAreCarriedAndNothingElse(String sql, boolean carried) {
        ByteBuf state = StateRequest.of(run(1, Frames.simple(sql)).exchange());

        assertThat(state != null).isEqualTo(carried);
    }

    private SelectionGate gate(Selection selection) {
        SelectionGate gate = new SelectionGate(selection, out::add);
        gate.accept(new Work.Open(WEB, Place.ofAny(0, Place.FIRST), 0, 1));
        return gate;
    }

    private Work.Run run(long startMicros, ByteBuf request) {
        return run(startMicros, request, TransactionStatus.IDLE, TransactionStatus.IDLE);
    }

    private Work.Run run(long startMicros, ByteBuf request, TransactionStatus before, TransactionStatus after) {
        long number = ++ordinal;
        RecordedExchange exchange = new RecordedExchange(
                new ExchangeId(7, number),
                number,
                number - 1,
                before,
                after,
                Set.of(),
                request,
                Unpooled.EMPTY_BUFFER,
                List.of(),
                List.of(),
                AnswerFacts.NONE,
                startMicros,
                startMicros,
                true);
        return new Work.Run(WEB, Place.ofAny(number, Place.FIRST), exchange, Treatment.SEND);
    }

    private static List<String> sent(Work work) {
        Work.Run run = (Work.Run) work;
        assertThat(run.treatment()).isInstanceOf(Treatment.Replace.class);
        List<String> messages = new ArrayList<>();
        for (FrameCursor frame = new FrameCursor(run.treatment().request(run.exchange())); frame.next(); ) {
            messages.add(FrontendMessage.decode(frame.type(), frame.body()).toString());
        }
        return messages;
    }
}
