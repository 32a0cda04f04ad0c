package dev.understudy.diff.report;

/**
 * Where every exchange of the trace ended.
 *
 * @param exchanges all of them
 * @param carryingData those that carry data: not BEGIN, COMMIT, SET, pings and the like, nor what production itself refused from waiting
 * @param compared answered on every arm and compared
 * @param notComparable sent, but the answers say nothing about each other, or could not be read
 * @param filtered left out by a filter, or of another database
 * @param tainted depends on an exchange that failed on an arm
 * @param raced overlapped a writer of the same rows
 * @param forced the arm was made to raise production's error
 * @param gap lost by the trace
 * @param pending not reached
 */
public record Ledger(
        long exchanges,
        long carryingData,
        long compared,
        long notComparable,
        long filtered,
        long tainted,
        long raced,
        long forced,
        long gap,
        long pending) {
    /** By how many exchanges the classes fail to add up. */
    public long imbalance() {
        return Math.abs(exchanges - (compared + notComparable + filtered + tainted + raced + forced + gap + pending));
    }
}
