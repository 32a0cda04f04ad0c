package dev.understudy.bench.pgwire;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.exchange.StatementBook;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Interpreting one exchange, as the replayer and the differ do for each arm. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InterpreterBenchmark {
    private static final int MANY_ROWS = 10_000;

    private final StatementBook book = new StatementBook();
    private final ByteBuf simpleRequest = Exchanges.simpleRequest();
    private final ByteBuf simpleAnswer = Exchanges.simpleAnswer();
    private final ByteBuf preparedRequest = Exchanges.preparedRequest();
    private final ByteBuf oneRow = Exchanges.preparedAnswer(1);
    private ByteBuf manyRows = Unpooled.EMPTY_BUFFER;

    /** Prepares the statement that the exchanges use. */
    @Setup
    public void prepare() {
        manyRows = Exchanges.preparedAnswer(MANY_ROWS);
        Interpreter.interpret(Exchanges.prepareRequest(), Exchanges.prepareAnswer(), book);
    }

    /** One statement of pgbench's simple mode. */
    @Benchmark
    public Interpretation simple() {
        return Interpreter.interpret(simpleRequest, simpleAnswer, book);
    }

    /** One statement of pgbench's prepared mode. */
    @Benchmark
    public Interpretation prepared() {
        return Interpreter.interpret(preparedRequest, oneRow, book);
    }

    /** A result of ten thousand rows. */
    @Benchmark
    public Interpretation manyRows() {
        return Interpreter.interpret(preparedRequest, manyRows, book);
    }
}
