package dev.understudy.diff.tally;

import dev.understudy.trace.run.OutcomeBatch;

/**
 * How far a partition was read.
 *
 * @param offset the next record's offset
 * @param nextBatch the number that the next batch should have
 * @param missing batches whose numbers never came
 * @param unreadable records that could not be read
 * @param outcomes outcomes taken in
 */
public record Progress(long offset, long nextBatch, long missing, long unreadable, long outcomes) {
    /** Nothing was read. */
    public static final Progress NONE = new Progress(0, 0, 0, 0, 0);

    /** Whether this batch is a new one: a producer may write one twice. */
    public boolean isNew(OutcomeBatch batch) {
        return batch.seq() >= nextBatch;
    }

    /** A new batch was taken in. */
    public Progress plus(OutcomeBatch batch) {
        return new Progress(
                offset,
                batch.seq() + 1,
                missing + batch.seq() - nextBatch,
                unreadable,
                outcomes + batch.outcomes().size());
    }

    /** A record could not be read. */
    public Progress plusUnreadable() {
        return new Progress(offset, nextBatch, missing, unreadable + 1, outcomes);
    }

    /** Everything before that offset was read. */
    public Progress at(long next) {
        return new Progress(next, nextBatch, missing, unreadable, outcomes);
    }

    /** What several partitions' sums are together; offsets and numbers mean nothing there. */
    Progress plus(Progress other) {
        return new Progress(0, 0, missing + other.missing, unreadable + other.unreadable, outcomes + other.outcomes);
    }
}
