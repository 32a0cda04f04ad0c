package dev.understudy.replay;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.target.ArmResult;
import dev.understudy.trace.run.Disposition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In which class an exchange that was sent ends, as far as it alone tells. Pure. */
final class Verdicts {
    static final String WAIT_LIMIT = "wait-limit";
    static final String CONNECTION_LOST = "connection-lost";
    private static final String TRUNCATED = "truncated";
    private static final String STOPPED_INSIDE = "stopped-inside";
    private static final String TWO_ORDERS = "arms-took-two-orders";

    private Verdicts() {}

    record Verdict(Disposition disposition, String reason) {}

    static Verdict of(Treatment treatment, List<ArmResult> results, Flight flight, LiveSession live) {
        return of(treatment, results, flight.isLimitHit(), flight.task().raced(), live.broken());
    }

    /** The first reason counts; {@code broken} says why the session had ended before this, if it had. */
    static Verdict of(
            Treatment treatment, List<ArmResult> results, boolean limitHit, boolean raced, @Nullable String broken) {
        if (treatment instanceof Treatment.Force force) {
            return new Verdict(Disposition.FORCED, force.sqlState());
        }
        if (treatment instanceof Treatment.Replace replace) {
            return new Verdict(replace.disposition(), replace.reason());
        }
        if (limitHit) {
            return new Verdict(Disposition.NOT_COMPARABLE, WAIT_LIMIT);
        }
        if (results.stream().anyMatch(ArmResult::brokenOff)) {
            return new Verdict(Disposition.NOT_COMPARABLE, broken == null ? CONNECTION_LOST : broken);
        }
        if (treatment instanceof Treatment.SendOnly only) {
            return new Verdict(Disposition.NOT_COMPARABLE, only.reason());
        }
        if (treatment instanceof Treatment.Interrupt) {
            return new Verdict(Disposition.RACED, STOPPED_INSIDE);
        }
        if (raced) {
            return new Verdict(Disposition.RACED, TWO_ORDERS);
        }
        if (results.stream().anyMatch(result -> result.truncated() > 0)) {
            return new Verdict(Disposition.NOT_COMPARABLE, TRUNCATED);
        }
        return new Verdict(Disposition.COMPARED, "");
    }

    /** Whether no arm has a transaction of the session open. */
    static boolean transactionOver(List<ArmResult> results) {
        for (ArmResult result : results) {
            if (result.status() == TransactionStatus.IN_TRANSACTION || result.status() == TransactionStatus.FAILED) {
                return false;
            }
        }
        return true;
    }
}
