package dev.understudy.bench.pgwire;

import dev.understudy.pgwire.frame.MessageWalker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Random;
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

/** Walking message headers, as the agent does for every byte it relays. The unit is bytes: ops/us is MB/s. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MessageWalkerBenchmark {
    static final int STREAM_BYTES = 1 << 16;

    private static final int HEADER_BYTES = 5;

    /** The mean length of a message's body; 20 is pgbench's, 8192 a large row's. */
    @Param({"20", "200", "8192"})
    public int bodyBytes;

    /** How many bytes a read brings; messages are cut anywhere. */
    @Param({"1448", "65536"})
    public int readBytes;

    private final MessageWalker walker = new MessageWalker();
    private ByteBuf stream = Unpooled.EMPTY_BUFFER;

    /** Fills the stream with messages around the mean length, the last one to its very end. */
    @Setup
    public void fill() {
        Random random = new Random(42);
        // not from an allocator: its leak detection, where it is on, would be measured too
        stream = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(STREAM_BYTES)).clear();
        while (stream.writableBytes() > 0) {
            int body = random.nextInt(2 * bodyBytes + 1);
            if (stream.writableBytes() < body + 2 * HEADER_BYTES) {
                body = stream.writableBytes() - HEADER_BYTES;
            }
            stream.writeByte('D').writeInt(4 + body).writeZero(body);
        }
    }

    /** Walks the stream, read by read. */
    @Benchmark
    @OperationsPerInvocation(STREAM_BYTES)
    public int walk() {
        int messages = 0;
        for (int from = 0; from < STREAM_BYTES; from += readBytes) {
            walker.begin(stream, from, Math.min(readBytes, STREAM_BYTES - from));
            while (walker.next()) {
                messages += walker.type();
            }
        }
        return messages;
    }
}
