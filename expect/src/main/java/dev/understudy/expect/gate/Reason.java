package dev.understudy.expect.gate;

import dev.understudy.expect.Verdict;

/**
 * What one gate said.
 *
 * @param gate the metric's name
 * @param value for people, in the metric's unit
 * @param limit what must hold, for people
 * @param effect the verdict that it asks for: GO where it held
 * @param text a sentence
 */
public record Reason(String gate, String value, String limit, Verdict effect, String text) {}
