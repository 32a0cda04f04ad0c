package dev.understudy.trace.run;

import io.netty.buffer.ByteBuf;

/** Collects outcomes of one partition into batches: one Kafka record each. Belongs to one thread. */
public final class OutcomeBatchWriter {
    /** A writer; the header of each batch carries the partition and a dense sequence number from 0. */
    public OutcomeBatchWriter(int partition) {}

    /** Adds an outcome. */
    public void add(Outcome outcome) {
        throw new UnsupportedOperationException();
    }

    /** How many bytes the open batch has so far; the caller closes at its own limit. */
    public int bytes() {
        throw new UnsupportedOperationException();
    }

    /** How many outcomes the open batch has. */
    public int outcomes() {
        throw new UnsupportedOperationException();
    }

    /** Closes the batch and starts an empty one; the buffer, unpooled heap, is the caller's. */
    public ByteBuf close() {
        throw new UnsupportedOperationException();
    }
}
