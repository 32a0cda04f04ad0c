package dev.understudy.trace.run;

/**
 * How much later than its schedule what a run sent was sent; all zero where nothing had a schedule
 * ({@code --speed max}). Percentiles are of a histogram with three significant digits.
 *
 * @param sent how many exchanges were sent
 * @param p50Nanos at most so late was half of them
 * @param p90Nanos nine of ten
 * @param p99Nanos ninety-nine of a hundred
 * @param maxNanos all
 */
public record LagSummary(long sent, long p50Nanos, long p90Nanos, long p99Nanos, long maxNanos) {}
