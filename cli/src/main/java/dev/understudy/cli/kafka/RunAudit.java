package dev.understudy.cli.kafka;

import dev.understudy.trace.TopicNames;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkReader;
import dev.understudy.trace.chunk.PartAssembler;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.OutcomeBatch;
import io.netty.buffer.Unpooled;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds what a trace recorded against the outcomes of several runs that shared it: each exchange must have one, in one of
 * them. A bit for each exchange of either.
 */
public final class RunAudit {
    private final KafkaAccess kafka;
    private final Map<Long, BitSet> recorded = new TreeMap<>();
    private final Map<Long, BitSet> ran = new HashMap<>();
    private long twice;

    /** Of traces and runs of this cluster. */
    public RunAudit(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * What was found.
     *
     * @param exchanges exchanges recorded
     * @param once of these, those with an outcome
     * @param twice outcomes of exchanges that had one already
     * @param missing by session, how many of its exchanges have none
     */
    public record Found(long exchanges, long once, long twice, Map<Long, Integer> missing) {
        /** Whether each exchange has one outcome. */
        public boolean closes() {
            return missing.isEmpty() && twice == 0;
        }
    }

    /** Reads a trace and its runs. */
    public Found audit(String capture, List<String> runs) {
        Map<Integer, PartAssembler> parts = new HashMap<>();
        TopicReader.read(kafka.properties(), TopicNames.trace(capture), record -> {
            Chunk chunk = ChunkReader.read(Unpooled.wrappedBuffer(record.value()));
            PartAssembler assembler = parts.computeIfAbsent(
                    record.partition(), lane -> new PartAssembler(PartAssembler.DEFAULT_MAX_BYTES));
            for (Entry entry : chunk.entries()) {
                Entry whole = assembler.accept(entry);
                if (whole instanceof Exchange exchange) {
                    set(recorded, exchange.id());
                } else if (whole instanceof Done done) {
                    set(recorded, done.id());
                }
            }
        });
        for (String run : runs) {
            TopicReader.read(kafka.properties(), TopicNames.outcomes(run), record -> {
                for (Outcome outcome : OutcomeBatch.read(Unpooled.wrappedBuffer(record.value()))
                        .outcomes()) {
                    twice += set(ran, outcome.id()) ? 0 : 1;
                }
            });
        }
        return found();
    }

    private static boolean set(Map<Long, BitSet> sessions, ExchangeId id) {
        BitSet ordinals = sessions.computeIfAbsent(id.session(), session -> new BitSet());
        int ordinal = Math.toIntExact(id.ordinal());
        boolean isNew = !ordinals.get(ordinal);
        ordinals.set(ordinal);
        return isNew;
    }

    private Found found() {
        long exchanges = 0;
        long once = 0;
        Map<Long, Integer> missing = new TreeMap<>();
        for (Map.Entry<Long, BitSet> session : recorded.entrySet()) {
            BitSet without = (BitSet) session.getValue().clone();
            exchanges += without.cardinality();
            without.andNot(ran.getOrDefault(session.getKey(), new BitSet()));
            once += session.getValue().cardinality() - without.cardinality();
            if (!without.isEmpty()) {
                missing.put(session.getKey(), without.cardinality());
            }
        }
        return new Found(exchanges, once, twice, missing);
    }
}
