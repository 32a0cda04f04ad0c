package dev.understudy.trace.ledger;

import dev.understudy.trace.chunk.Chunk;

/**
 * Accounts for every number of a trace from the trace alone. Feed it every chunk of every lane, each lane in its
 * order; duplicates that Kafka made are dropped by their seq.
 */
public final class Audit {
    /** Takes one chunk into account. */
    public void add(Chunk chunk) {
        throw new UnsupportedOperationException();
    }

    /** What the chunks so far prove. */
    public AuditReport report() {
        throw new UnsupportedOperationException();
    }
}
