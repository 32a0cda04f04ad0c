package dev.understudy.bench.diff;

import dev.understudy.diff.tally.OutcomeFold;
import dev.understudy.diff.tally.PartitionTally;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogBuilder;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.KnownStatement;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.OutcomeBatch;
import dev.understudy.trace.run.OutcomeBatchWriter;
import dev.understudy.trace.run.RunStart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
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

/** Folding outcomes whose answers are the same everywhere, as nearly all are: how many a second, read from their batch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FoldBenchmark {
    private static final int OUTCOMES = 1_000;
    private static final int SESSIONS = 8;
    private static final int TABLE = 16_400;
    private static final String SQL = "SELECT a, b, c, d, e, f, g, h FROM t WHERE a = $1";
    private static final String COLUMNS = "abcdefgh";
    private static final int INT8 = 20;

    /** Rows of each answer. */
    @Param({"1", "100"})
    public int rows;

    private final PartitionTally tally = new PartitionTally();
    private OutcomeFold fold = OutcomeFold.of(start(), true);
    private ByteBuf batch = Unpooled.EMPTY_BUFFER;
    private OutcomeBatch read = new OutcomeBatch(0, 0, List.of());

    /** Makes the batch. */
    @Setup
    public void setup() {
        fold = OutcomeFold.of(start(), true);
        OutcomeBatchWriter writer = new OutcomeBatchWriter(0);
        for (int i = 0; i < OUTCOMES; i++) {
            writer.add(outcome(i));
        }
        batch = writer.close();
        read = OutcomeBatch.read(batch);
    }

    /** Outcomes that were read. */
    @Benchmark
    @OperationsPerInvocation(OUTCOMES)
    public PartitionTally fold() {
        return fold(read);
    }

    /** Outcomes read and folded. */
    @Benchmark
    @OperationsPerInvocation(OUTCOMES)
    public PartitionTally readAndFold() {
        return fold(OutcomeBatch.read(batch));
    }

    private PartitionTally fold(OutcomeBatch of) {
        for (Outcome outcome : of.outcomes()) {
            fold.add(outcome, tally);
        }
        return tally;
    }

    private Outcome outcome(int i) {
        ByteBuf request = Unpooled.buffer();
        ByteBuf key = Unpooled.wrappedBuffer(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
        FrontendMessages.bind(request, "", "S_1", List.of(), List.of(key), List.of(1));
        FrontendMessages.execute(request, "", 0);
        FrontendMessages.sync(request);
        long wall = 1_700_000_000_000_000L + i * 500L;
        return new Outcome(
                new ExchangeId(SessionIds.of(1, i % SESSIONS), i / SESSIONS),
                i + 1,
                "app",
                "alice",
                Disposition.COMPARED,
                "",
                Set.of(),
                TransactionStatus.IDLE,
                TransactionStatus.IDLE,
                wall,
                wall + 400,
                0,
                false,
                List.of(known(Arm.RECORDED), known(Arm.CONTROL), known(Arm.CANDIDATE)),
                request,
                answer(i),
                List.of(),
                List.of(same(Arm.CONTROL, wall), same(Arm.CANDIDATE, wall)),
                List.of());
    }

    private static KnownStatement known(Arm arm) {
        ByteBuf description = Unpooled.buffer().writeShort(COLUMNS.length());
        for (int i = 0; i < COLUMNS.length(); i++) {
            description.writeByte(COLUMNS.charAt(i)).writeByte(0);
            description
                    .writeInt(TABLE)
                    .writeShort(i + 1)
                    .writeInt(INT8)
                    .writeShort(8)
                    .writeInt(-1)
                    .writeShort(1);
        }
        return new KnownStatement(arm, "S_1", null, SQL, List.of(INT8), description, null);
    }

    private static ArmAnswer same(Arm arm, long wall) {
        return new ArmAnswer(arm, true, Unpooled.EMPTY_BUFFER, 0, wall + 60_000_000, 300_000, false);
    }

    private ByteBuf answer(int seed) {
        ByteBuf out = Unpooled.buffer();
        frame(out, '2', Unpooled.EMPTY_BUFFER);
        for (int row = 0; row < rows; row++) {
            ByteBuf body = Unpooled.buffer().writeShort(COLUMNS.length());
            for (int column = 0; column < COLUMNS.length(); column++) {
                body.writeInt(Long.BYTES).writeLong(seed * 31L + row + column);
            }
            frame(out, 'D', body);
        }
        frame(out, 'C', Unpooled.copiedBuffer("SELECT " + rows + "\0", StandardCharsets.UTF_8));
        frame(out, 'Z', Unpooled.buffer().writeByte('I'));
        return out;
    }

    private static void frame(ByteBuf out, char type, ByteBuf body) {
        out.writeByte(type).writeInt(4 + body.readableBytes()).writeBytes(body);
    }

    private static RunStart start() {
        Catalog catalog = new CatalogBuilder("bench").build();
        List<ArmState> arms = List.of(
                new ArmState(Arm.CONTROL, "control", catalog, List.of()),
                new ArmState(Arm.CANDIDATE, "candidate", catalog, List.of()));
        return new RunStart("bench", "bench", "serial", "max", "compat", 1, 1, catalog, arms);
    }
}
