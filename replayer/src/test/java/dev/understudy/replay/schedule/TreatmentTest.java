package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreatmentTest {
    @Test
    void theOrdinaryIsSent() {
        assertThat(treat(Set.of(), null, false, true)).isEqualTo(Treatment.SEND);
        assertThat(treat(Set.of(), "23505", false, true)).isEqualTo(Treatment.SEND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "57014"})
    void errorsThatCameFromWaitingAreForced(String sqlState) {
        assertThat(treat(Set.of(), sqlState, false, true)).isEqualTo(new Treatment.Force(sqlState));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CALL steps()", "DO $$ BEGIN COMMIT; END $$"})
    void whatMayHaveCommittedInsideIsSentAndStopped(String sql) {
        RecordedExchange plain = exchange(Set.of(), "57014", false, true);
        RecordedExchange stopped = new RecordedExchange(
                plain.id(),
                plain.doneNo(),
                plain.sentAfter(),
                TransactionStatus.IDLE,
                TransactionStatus.IDLE,
                plain.flags(),
                Frames.simple(sql),
                plain.answer(),
                plain.omissions(),
                plain.tags(),
                plain.facts(),
                1_000,
                3_000,
                true);

        assertThat(Treatment.of(stopped)).isEqualTo(new Treatment.Interrupt("57014", 2_000_000));
    }

    @Test
    void aTimeoutThatEndedTheConnectionEndsTheSession() {
        assertThat(treat(Set.of(ExchangeFlag.BROKEN_OFF), "25P03", true, true))
                .isEqualTo(new Treatment.Withhold(Disposition.FORCED, "25P03", true));
    }

    @Test
    void whatBrokeOffIsSentOnlyIfItIsWholeAndTheServerDidNotEndIt() {
        assertThat(treat(Set.of(ExchangeFlag.BROKEN_OFF), null, false, true))
                .isEqualTo(new Treatment.SendOnly("broken-off-in-production"));
        assertThat(treat(Set.of(ExchangeFlag.BROKEN_OFF), null, false, false))
                .isEqualTo(new Treatment.Withhold(Disposition.NOT_COMPARABLE, "broken-off-in-production", false));
        assertThat(treat(Set.of(ExchangeFlag.BROKEN_OFF), "57P01", true, true))
                .isEqualTo(new Treatment.Withhold(Disposition.NOT_COMPARABLE, "broken-off-in-production", true));
    }

    @Test
    void withoutAnAnswerInWhatWasReadItIsSentAlone() {
        assertThat(Treatment.of(unanswered(Frames.simple("SELECT 1"))))
                .isEqualTo(new Treatment.SendOnly("answer-outside-window"));
        assertThat(Treatment.of(unanswered(Frames.frames().parse("", "SELECT 1").bytes())))
                .isEqualTo(new Treatment.Withhold(Disposition.NOT_COMPARABLE, "answer-outside-window", false));
    }

    @Test
    void aCopyThatItsClientGaveUpIsSentAsItWas() {
        ByteBuf givenUp =
                Frames.frames().query("COPY t FROM STDIN").copyFail("enough").bytes();
        RecordedExchange exchange = Works.exchange(
                1, 0, 0, 1, TransactionStatus.IDLE, givenUp, Set.of(ExchangeFlag.COPY_IN), Treatment.CANCELLED);

        assertThat(Treatment.of(exchange)).isEqualTo(Treatment.SEND);
        assertThat(Treatment.of(Works.exchange(
                        1, 0, 0, 1, TransactionStatus.IDLE, givenUp, Set.of(ExchangeFlag.COPY_IN), "40001")))
                .as("another error is another cause")
                .isEqualTo(new Treatment.Force("40001"));
        assertThat(Treatment.of(
                        Works.exchange(1, 0, 0, 1, TransactionStatus.IDLE, givenUp, Set.of(), Treatment.CANCELLED)))
                .as("the server never copied")
                .isEqualTo(new Treatment.Force(Treatment.CANCELLED));
        assertThat(Treatment.of(Works.exchange(
                        1,
                        0,
                        0,
                        1,
                        TransactionStatus.IDLE,
                        Frames.frames().query("COPY t FROM STDIN").copyDone().bytes(),
                        Set.of(ExchangeFlag.COPY_IN),
                        Treatment.CANCELLED)))
                .as("the client went through with it")
                .isEqualTo(new Treatment.Force(Treatment.CANCELLED));
    }

    @Test
    void whatIsSentIsTheRecordedUnlessSomethingStandsInItsPlace() {
        RecordedExchange exchange = exchange(Set.of(), null, false, true);
        ByteBuf other = Frames.simple("SELECT 2");

        assertThat(Treatment.SEND.request(exchange)).isSameAs(exchange.request());
        assertThat(new Treatment.SendOnly("x").request(exchange)).isSameAs(exchange.request());
        assertThat(new Treatment.Replace(Disposition.FILTERED, "x", other).request(exchange))
                .isSameAs(other);
        assertThat(new Treatment.Force("40001").request(exchange))
                .isEqualTo(ForcedRequest.of(exchange, "40001"))
                .isNotEqualTo(exchange.request());
    }

    @Test
    void answersAreKeptOfWhatWasSentAsRecorded() {
        assertThat(List.of(Treatment.SEND, new Treatment.SendOnly("x"), new Treatment.Interrupt("57014", 1)))
                .allMatch(Treatment::isAsRecorded);
        assertThat(List.of(
                        new Treatment.Force("40001"),
                        new Treatment.Replace(Disposition.FILTERED, "x", Frames.simple("")),
                        Treatment.OTHER_DATABASE))
                .noneMatch(Treatment::isAsRecorded);
    }

    private static RecordedExchange unanswered(ByteBuf request) {
        RecordedExchange plain = Works.exchange(1, 0, 0, 1, TransactionStatus.IDLE, request, Set.of(), null);
        return new RecordedExchange(
                plain.id(),
                -1,
                plain.sentAfter(),
                plain.before(),
                TransactionStatus.UNKNOWN,
                plain.flags(),
                plain.request(),
                plain.answer(),
                plain.omissions(),
                plain.tags(),
                plain.facts(),
                0,
                0,
                false);
    }

    private static Treatment treat(Set<ExchangeFlag> flags, String sqlState, boolean fatal, boolean whole) {
        return Treatment.of(exchange(flags, sqlState, fatal, whole));
    }

    private static RecordedExchange exchange(Set<ExchangeFlag> flags, String sqlState, boolean fatal, boolean whole) {
        RecordedExchange plain = Works.exchange(
                1,
                0,
                0,
                1,
                TransactionStatus.IDLE,
                whole
                        ? Frames.simple("SELECT 1")
                        : Frames.frames().parse("", "SELECT 1").bytes(),
                flags,
                sqlState);
        return new RecordedExchange(
                plain.id(),
                plain.doneNo(),
                plain.sentAfter(),
                plain.before(),
                plain.after(),
                plain.flags(),
                plain.request(),
                plain.answer(),
                plain.omissions(),
                plain.tags(),
                new AnswerFacts(sqlState, fatal, 0),
                0,
                0,
                true);
    }
}
