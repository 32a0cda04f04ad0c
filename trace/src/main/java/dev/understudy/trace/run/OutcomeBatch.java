package dev.understudy.trace.run;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A run of outcomes of one partition: one Kafka record.
 *
 * @param partition the partition
 * @param seq dense from 0 per partition: drops duplicates and shows what is missing
 * @param outcomes in the order they ended
 */
public record OutcomeBatch(int partition, long seq, List<Outcome> outcomes) {
    /**
     * Reads one encoded batch.
     *
     * @param bytes borrowed, an unpooled heap buffer; the outcomes hold views of it
     * @throws dev.understudy.trace.chunk.ChunkFormatException for an unknown version, a wrong checksum, or anything cut
     *     off
     */
    public static OutcomeBatch read(ByteBuf bytes) {
        throw new UnsupportedOperationException();
    }
}
