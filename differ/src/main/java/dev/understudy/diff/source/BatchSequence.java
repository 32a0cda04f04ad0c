package dev.understudy.diff.source;

import dev.understudy.trace.run.OutcomeBatch;

/** Follows one partition's batches: drops those seen before, counts those that never came. */
final class BatchSequence {
    private long next;
    private long missing;

    /** Whether this batch is a new one. */
    boolean accept(OutcomeBatch batch) {
        if (batch.seq() < next) {
            return false;
        }
        missing += batch.seq() - next;
        next = batch.seq() + 1;
        return true;
    }

    long missing() {
        return missing;
    }
}
