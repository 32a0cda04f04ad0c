package dev.understudy.diff.tally;

/**
 * What of a run's outcomes is not there or cannot be read.
 *
 * @param batches records whose numbers are missing
 * @param unreadable records that could not be read
 * @param outcomes outcomes that the run says it wrote and that were not found
 */
public record OutcomeGaps(long batches, long unreadable, long outcomes) {
    /** Nothing is missing. */
    public static final OutcomeGaps NONE = new OutcomeGaps(0, 0, 0);

    /** What makes the run unread, counted once. */
    public long sum() {
        return Math.max(batches + unreadable, outcomes);
    }
}
