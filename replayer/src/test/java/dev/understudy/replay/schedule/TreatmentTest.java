package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.run.Disposition;
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
