package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;

/**
 * Something of an answer that could not be compared.
 *
 * @param type RUN_RESULT_TOO_LARGE or RUN_COVERAGE
 * @param step the statement of the exchange, -1 for all of them
 * @param reason a short term
 */
public record Uncovered(DifferenceClass type, int step, String reason) {}
