package dev.understudy.expect.gate;

import dev.understudy.expect.Verdict;
import java.util.OptionalDouble;

/**
 * What one gate said.
 *
 * @param rule the gate
 * @param value in the metric's unit; empty where there is no data
 * @param effect the verdict that it asks for: GO where it held
 * @param text a sentence
 */
public record Reason(Gate rule, OptionalDouble value, Verdict effect, String text) {
    /** The metric's name. */
    public String gate() {
        return rule.metric().label();
    }

    /** The value for people. */
    public String valueText() {
        return value.isEmpty() ? "no data" : rule.metric().unit().format(value.getAsDouble());
    }

    /** What must hold, for people. */
    public String limitText() {
        return rule.requirement();
    }
}
