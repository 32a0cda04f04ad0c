package dev.understudy.trace.run;

import dev.understudy.trace.chunk.Envelope;
import dev.understudy.trace.chunk.WireReader;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of outcomes of one partition: one Kafka record.
 *
 * @param partition the partition
 * @param seq dense from 0 per partition: drops duplicates and shows what is missing
 * @param outcomes in the order they ended
 */
public record OutcomeBatch(int partition, long seq, List<Outcome> outcomes) {
    /** Copies the list. */
    public OutcomeBatch {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Reads one encoded batch; {@link OutcomeBatchWriter} draws the layout.
     *
     * @param bytes borrowed, an unpooled heap buffer; the outcomes hold views of it. Its indexes stay as they are
     * @throws dev.understudy.trace.chunk.ChunkFormatException for an unknown version, a wrong checksum, or anything cut
     *     off
     */
    public static OutcomeBatch read(ByteBuf bytes) {
        Envelope.Opened opened = Envelope.open(Envelope.Kind.OUTCOMES, bytes, OutcomeBatchWriter.HEADER_BYTES);
        int partition = opened.header().i32("partition");
        int count = opened.header().i32("outcome count");
        long seq = opened.header().i64("seq");
        WireReader body = opened.body();
        if (count < 0 || count > body.remaining()) {
            throw body.expected(
                    "outcomes, but the header counts " + count + " in " + body.remaining() + " bytes, the first");
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outcomes.add(OutcomeCodec.read(body, opened.version()));
        }
        body.expectEnd("the last outcome");
        return new OutcomeBatch(partition, seq, outcomes);
    }
}
