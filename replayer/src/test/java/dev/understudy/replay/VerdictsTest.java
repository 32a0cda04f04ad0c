package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.AnswerFacts;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.target.ArmResult;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final ArmResult FINE = result(false, 0, false, TransactionStatus.IN_TRANSACTION);
    private static final ArmResult FAILED = result(false, 0, true, TransactionStatus.FAILED);
    private static final ArmResult LOST = result(true, 0, false, TransactionStatus.UNKNOWN);
    private static final ArmResult CUT = result(false, 9, false, TransactionStatus.IDLE);

    @Test
    void anAnswerOnEveryArmIsCompared() {
        assertThat(of(Treatment.SEND, false, false, false, FINE, FAILED)).isEqualTo("COMPARED/");
    }

    @Test
    void theFirstReasonCounts() {
        assertThat(of(new Treatment.Force("40001"), true, true, true, LOST)).isEqualTo("FORCED/40001");
        assertThat(of(Treatment.SEND, true, true, true, LOST)).isEqualTo("NOT_COMPARABLE/wait-limit");
        assertThat(of(Treatment.SEND, false, true, true, FINE, LOST)).isEqualTo("NOT_COMPARABLE/connection-lost");
        assertThat(of(new Treatment.SendOnly("why"), false, true, true, FINE)).isEqualTo("NOT_COMPARABLE/why");
        assertThat(of(Treatment.SEND, false, true, true, CUT)).isEqualTo("TAINTED/failed-earlier-in-transaction");
        assertThat(of(Treatment.SEND, false, false, true, CUT)).isEqualTo("RACED/arms-took-two-orders");
        assertThat(of(Treatment.SEND, false, false, false, CUT)).isEqualTo("NOT_COMPARABLE/truncated");
    }

    @Test
    void whatWasWrittenBehindALostExchangeIsLostForTheSameReason() {
        assertThat(Verdicts.of(Treatment.SEND, List.of(LOST), false, false, false, "wait-limit"))
                .isEqualTo(new Verdicts.Verdict(Disposition.NOT_COMPARABLE, "wait-limit"));
    }

    @Test
    void whatFailsOnOneSideOnlyTaintsWhatFollowsInTheTransaction() {
        RecordedExchange open = recorded(null, TransactionStatus.IN_TRANSACTION);
        assertThat(Verdicts.taintsFollowers(open, List.of(FINE, FAILED), false)).isTrue();
        assertThat(Verdicts.taintsFollowers(open, List.of(FINE), false)).isFalse();
        assertThat(Verdicts.taintsFollowers(open, List.of(FINE), true)).isTrue();

        RecordedExchange failed = recorded("23505", TransactionStatus.FAILED);
        assertThat(Verdicts.taintsFollowers(failed, List.of(FAILED), false)).isFalse();
        assertThat(Verdicts.taintsFollowers(failed, List.of(FINE), false)).isTrue();

        RecordedExchange over = recorded(null, TransactionStatus.IDLE);
        assertThat(Verdicts.taintsFollowers(over, List.of(FAILED), true)).isFalse();
    }

    @Test
    void aTransactionIsOverWhenItIsOnEveryArm() {
        assertThat(Verdicts.transactionOver(List.of(CUT, LOST))).isTrue();
        assertThat(Verdicts.transactionOver(List.of(CUT, FINE))).isFalse();
        assertThat(Verdicts.transactionOver(List.of(FAILED))).isFalse();
    }

    private static String of(
            Treatment treatment, boolean limitHit, boolean tainted, boolean raced, ArmResult... results) {
        Verdicts.Verdict verdict = Verdicts.of(treatment, List.of(results), limitHit, raced, tainted, null);
        return verdict.disposition() + "/" + verdict.reason();
    }

    private static ArmResult result(boolean lost, long truncated, boolean failed, TransactionStatus status) {
        return new ArmResult(false, Unpooled.EMPTY_BUFFER, truncated, 0, 0, lost, failed, status);
    }

    private static RecordedExchange recorded(String sqlState, TransactionStatus after) {
        return new RecordedExchange(
                new ExchangeId(1, 0),
                1,
                0,
                TransactionStatus.IN_TRANSACTION,
                after,
                Set.of(),
                Unpooled.EMPTY_BUFFER,
                Unpooled.EMPTY_BUFFER,
                List.of(),
                List.of(),
                new AnswerFacts(sqlState, false, 0),
                0,
                0,
                true);
    }
}
