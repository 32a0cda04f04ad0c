package dev.understudy.diff.report;

/**
 * How often a SQLSTATE was answered in compared exchanges.
 *
 * @param sqlState the code
 * @param baseline on the baseline
 * @param candidate on the candidate
 */
public record ErrorCount(String sqlState, long baseline, long candidate) {}
