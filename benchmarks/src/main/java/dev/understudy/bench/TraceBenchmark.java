package dev.understudy.bench;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.chunk.ChunkReader;
import dev.understudy.trace.chunk.ChunkWriter;
import dev.understudy.trace.chunk.ExchangeAssembler;
import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Segment;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.ledger.Audit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The trace's codecs: what one exchange costs to write into chunks, closing them included, and to read from them. Eight
 * sessions take turns; the frames are about as long as pgbench's, or as an answer of some rows.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TraceBenchmark {
    private static final int EXCHANGES = 1_000;
    private static final int SESSIONS = 8;

    /** Bytes of an answer's frames. */
    @Param({"60", "600"})
    public int answerBytes;

    private final ChunkWriter writer = new ChunkWriter(Chunk.MAX_BYTES);
    private List<Entry> entries = List.of();
    private List<ByteBuf> chunks = List.of();
    private List<Chunk> read = List.of();

    /** Makes the exchanges, and the chunks that hold them. */
    @Setup
    public void setup() {
        entries = new ArrayList<>();
        for (int i = 0; i < EXCHANGES; i++) {
            entries.add(exchange(i));
        }
        chunks = new ArrayList<>();
        write(chunks);
        read = chunks.stream().map(ChunkReader::read).toList();
    }

    /** Exchanges written. */
    @Benchmark
    @OperationsPerInvocation(EXCHANGES)
    public List<ByteBuf> write() {
        List<ByteBuf> closed = new ArrayList<>();
        write(closed);
        return closed;
    }

    /** Exchanges read. */
    @Benchmark
    @OperationsPerInvocation(EXCHANGES)
    public void read(Blackhole sink) {
        for (ByteBuf chunk : chunks) {
            sink.consume(ChunkReader.read(chunk));
        }
    }

    /** Exchanges read and put through the assembler, as a replayer does. */
    @Benchmark
    @OperationsPerInvocation(EXCHANGES)
    public void assemble(Blackhole sink) {
        ExchangeAssembler assembler = new ExchangeAssembler(1 << 20);
        for (ByteBuf chunk : chunks) {
            for (Entry entry : ChunkReader.read(chunk).entries()) {
                sink.consume(assembler.accept(entry));
            }
        }
    }

    /** Exchanges audited, their chunks read already. */
    @Benchmark
    @OperationsPerInvocation(EXCHANGES)
    public Audit audit() {
        Audit audit = new Audit();
        read.forEach(audit::add);
        return audit;
    }

    private void write(List<ByteBuf> closed) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (!writer.add(entry)) {
                closed.add(writer.close(header(closed.size())));
                writer.add(entry);
            }
        }
        closed.add(writer.close(header(closed.size())));
    }

    private Exchange exchange(int i) {
        long nanos = 1_000_000_000_000L + i * 25_000L;
        return new Exchange(
                1_000_000 + i,
                new ExchangeId(SessionIds.of(1, i % SESSIONS), i / SESSIONS),
                1_000_000 + i,
                TransactionStatus.IN_TRANSACTION,
                Set.of(),
                List.of(new Segment(0, 0, 1_000_000 + i - SESSIONS, nanos)),
                Unpooled.wrappedBuffer(new byte[60]),
                0,
                new Answer(
                        Unpooled.wrappedBuffer(new byte[answerBytes]),
                        0,
                        List.of(),
                        List.of("SELECT 1"),
                        TransactionStatus.IN_TRANSACTION,
                        nanos + 180_000,
                        nanos + 181_000));
    }

    private static ChunkHeader header(int seq) {
        return new ChunkHeader(new UUID(1, 2), 1, 0, 1, seq, 1_000_000, 1_001_000, 0, 0, 0);
    }
}
