package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Answer;
import dev.understudy.pgwire.exchange.Step;
import org.jspecify.annotations.Nullable;

/**
 * One side's answer and when it was given.
 *
 * @param answer what it answered
 * @param window the exchange's time on that side
 */
record Side(Answer answer, Window window) {
    /** The statement of that number, null if this side has none. */
    @Nullable Step step(int index) {
        var steps = answer.interpretation().steps();
        return index >= 0 && index < steps.size() ? steps.get(index) : null;
    }
}
