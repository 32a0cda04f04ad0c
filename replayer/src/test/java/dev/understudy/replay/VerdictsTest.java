package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.target.ArmResult;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final ArmResult FINE = result(false, 0, false, TransactionStatus.IN_TRANSACTION);
    private static final ArmResult FAILED = result(false, 0, true, TransactionStatus.FAILED);
    private static final ArmResult LOST = result(true, 0, false, TransactionStatus.UNKNOWN);
    private static final ArmResult CUT = result(false, 9, false, TransactionStatus.IDLE);

    @Test
    void anAnswerOnEveryArmIsCompared() {
        assertThat(of(Treatment.SEND, false, false, FINE, FAILED)).isEqualTo("COMPARED/");
    }

    @Test
    void theFirstReasonCounts() {
        assertThat(of(new Treatment.Force("40001"), true, true, LOST)).isEqualTo("FORCED/40001");
        assertThat(of(Treatment.SEND, true, true, LOST)).isEqualTo("NOT_COMPARABLE/wait-limit");
        assertThat(of(Treatment.SEND, false, true, FINE, LOST)).isEqualTo("NOT_COMPARABLE/connection-lost");
        assertThat(of(new Treatment.SendOnly("why"), false, true, FINE)).isEqualTo("NOT_COMPARABLE/why");
        assertThat(of(Treatment.SEND, false, true, CUT)).isEqualTo("RACED/arms-took-two-orders");
        assertThat(of(Treatment.SEND, false, false, CUT)).isEqualTo("NOT_COMPARABLE/truncated");
    }

    @Test
    void whatWasWrittenBehindALostExchangeIsLostForTheSameReason() {
        assertThat(Verdicts.of(Treatment.SEND, List.of(LOST), false, false, "wait-limit"))
                .isEqualTo(new Verdicts.Verdict(Disposition.NOT_COMPARABLE, "wait-limit"));
    }

    @Test
    void aTransactionIsOverWhenItIsOnEveryArm() {
        assertThat(Verdicts.transactionOver(List.of(CUT, LOST))).isTrue();
        assertThat(Verdicts.transactionOver(List.of(CUT, FINE))).isFalse();
        assertThat(Verdicts.transactionOver(List.of(FAILED))).isFalse();
    }

    private static String of(Treatment treatment, boolean limitHit, boolean raced, ArmResult... results) {
        Verdicts.Verdict verdict = Verdicts.of(treatment, List.of(results), limitHit, raced, null);
        return verdict.disposition() + "/" + verdict.reason();
    }

    private static ArmResult result(boolean lost, long truncated, boolean failed, TransactionStatus status) {
        return new ArmResult(false, Unpooled.EMPTY_BUFFER, truncated, 0, 0, lost, failed, status);
    }
}
