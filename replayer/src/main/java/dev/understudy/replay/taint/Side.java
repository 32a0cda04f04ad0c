package dev.understudy.replay.taint;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.TransactionStatus;
import org.jspecify.annotations.Nullable;

/**
 * What one server did with an exchange.
 *
 * @param read its answer, interpreted; null if it was never sent there
 * @param lost whether the answer's end never came
 */
public record Side(@Nullable Interpretation read, boolean lost) {
    int steps() {
        return read == null ? 0 : read.steps().size();
    }

    @Nullable Step step(int index) {
        return read == null || index >= read.steps().size()
                ? null
                : read.steps().get(index);
    }

    /** Whether the step is known to have ended well. */
    boolean succeeded(int index) {
        Step step = step(index);
        return step != null && step.error() == null && (step.tag() != null || step.suspended());
    }

    /** Whether the step is known to have failed. */
    boolean failed(int index) {
        Step step = step(index);
        return step != null && step.error() != null;
    }

    boolean failed() {
        return lost || read != null && !read.errors().isEmpty();
    }

    /** Whether anything failed here that did not fail there. */
    boolean isUnevenWith(Side other) {
        if (lost != other.lost || (read == null) != (other.read == null)) {
            return true;
        }
        for (int i = 0; i < Math.max(steps(), other.steps()); i++) {
            if (failed(i) != other.failed(i)) {
                return true;
            }
        }
        return failed() != other.failed();
    }

    /** Whether what the exchange ends with has become permanent, as far as its transaction is over. */
    boolean committed() {
        if (lost || read == null) {
            return false;
        }
        for (int i = steps() - 1; i >= 0; i--) {
            Step step = step(i);
            String tag = step == null ? null : step.tag();
            if (tag != null && (tag.equals("COMMIT") || tag.equals("PREPARE TRANSACTION"))) {
                return true;
            }
            if (tag != null && tag.equals("ROLLBACK")) {
                return false;
            }
        }
        return !failed();
    }

    /** Whether the server has no transaction open any more, or is gone. */
    boolean isIdle() {
        return read == null
                || lost
                || read.status() == TransactionStatus.IDLE
                || read.status() == TransactionStatus.UNKNOWN;
    }
}
