package dev.understudy.trace.run;

import dev.understudy.trace.chunk.Envelope;
import dev.understudy.trace.chunk.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.zip.CRC32C;

/**
 * Collects outcomes of one partition into batches: one Kafka record each. Belongs to one thread.
 *
 * <p>A batch is an {@link Envelope} whose header and body are:
 *
 * <pre>
 *  byte
 *  16  4  partition
 *  20  4  how many outcomes the body has
 *  24  8  seq
 *  32  B  the outcomes, each as drawn at OutcomeCodec
 * </pre>
 */
public final class OutcomeBatchWriter {
    /** The bound for an encoded batch: the caller should close far below it. */
    public static final int MAX_BYTES = 1 << 30;

    static final int HEADER_BYTES = 16;
    private static final int BODY_AT = Envelope.PREFIX_BYTES + HEADER_BYTES;
    private static final int KEPT_BUFFER_BYTES = 1 << 20;

    private final int partition;
    private final WireWriter out = new WireWriter(KEPT_BUFFER_BYTES, MAX_BYTES - BODY_AT);
    private final CRC32C checksum = new CRC32C();
    private long seq;
    private int outcomes;

    /** A writer; the header of each batch carries the partition and a dense sequence number from 0. */
    public OutcomeBatchWriter(int partition) {
        this.partition = partition;
    }

    /**
     * Adds an outcome.
     *
     * @throws IllegalArgumentException if the batch would exceed {@link #MAX_BYTES}; it is then as it was before
     */
    public void add(Outcome outcome) {
        out.transaction(() -> OutcomeCodec.write(out, outcome));
        outcomes++;
    }

    /** How many bytes the open batch has so far; the caller closes at its own limit. */
    public int bytes() {
        return BODY_AT + out.position();
    }

    /** How many outcomes the open batch has. */
    public int outcomes() {
        return outcomes;
    }

    /** Closes the batch and starts an empty one; the buffer, unpooled heap, is the caller's. */
    public ByteBuf close() {
        byte[] whole = out.copy(BODY_AT);
        ByteBuf batch = Unpooled.wrappedBuffer(whole);
        batch.writerIndex(Envelope.PREFIX_BYTES);
        batch.writeInt(partition);
        batch.writeInt(outcomes);
        batch.writeLong(seq);
        batch.writerIndex(whole.length);
        Envelope.seal(whole, Envelope.Kind.OUTCOMES, 0, HEADER_BYTES, checksum);
        out.reset(KEPT_BUFFER_BYTES);
        seq++;
        outcomes = 0;
        return batch;
    }
}
