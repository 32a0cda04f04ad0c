package dev.understudy.replay.taint;

import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.pgwire.sql.StatementKind;
import dev.understudy.trace.entry.ExchangeId;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with what the servers did.
 *
 * @param id session and ordinal
 * @param after the transaction status in production when it had ended
 * @param raced whether the arms took two orders around it
 * @param missing the exchange that failed to make a statement which this one uses, null if none did
 * @param valueless the exchange that failed to generate a value which this one uses, on one arm only; null if none did
 * @param recorded production
 * @param baseline the control arm; without one, production itself
 * @param candidate the candidate
 */
public record Ran(
        ExchangeId id,
        TransactionStatus after,
        boolean raced,
        @Nullable ExchangeId missing,
        @Nullable ExchangeId valueless,
        Side recorded,
        Side baseline,
        Side candidate) {
    /** Whether the compared arms did the same, as far as success goes. */
    boolean isEven() {
        return !baseline.isUnevenWith(candidate);
    }

    /** Whether every server did the same, as far as success goes. */
    boolean isEvenEverywhere() {
        return isEven() && !recorded.isUnevenWith(baseline);
    }

    int steps() {
        return Math.max(recorded.steps(), Math.max(baseline.steps(), candidate.steps()));
    }

    boolean succeededEverywhere(int step) {
        return recorded.succeeded(step) && baseline.succeeded(step) && candidate.succeeded(step);
    }

    /** Whether it may have succeeded on an arm; where both were lost, what production did may be what they did. */
    boolean mayHaveSucceeded(int step) {
        boolean unknown = baseline.lost() && candidate.lost();
        return baseline.succeeded(step) || candidate.succeeded(step) || unknown && recorded.succeeded(step);
    }

    /** Whether a step was stopped on both arms, after it may have committed some of what it did. */
    boolean mayHaveCommittedInside(int step) {
        Step failed = candidate.step(step);
        if (!raced || failed == null || !baseline.failed(step) || !candidate.failed(step)) {
            return false;
        }
        StatementKind kind = StatementKind.of(failed.sql());
        return kind == StatementKind.CALL || kind == StatementKind.DO;
    }

    boolean mayHaveCommittedInside() {
        for (int step = 0; step < steps(); step++) {
            if (mayHaveCommittedInside(step)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the transaction that ends here became permanent on one arm, or may have, and not on the other. */
    boolean isHalfCommitted() {
        return baseline.lost() || candidate.lost() || baseline.committed() != candidate.committed();
    }
}
