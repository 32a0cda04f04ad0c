package dev.understudy.bench.pgwire;

import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reading a row of nine columns: views of its columns alone, and their values in either format. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowDecodingBenchmark {
    private static final List<PgType> TYPES = List.of(
            PgType.INT8,
            PgType.INT4,
            PgType.TEXT,
            PgType.BOOL,
            PgType.NUMERIC,
            PgType.FLOAT8,
            PgType.TIMESTAMPTZ,
            PgType.UUID,
            PgType.TEXT);

    private final ByteBuf text = row(
            Exchanges.text("9007199254740993"),
            Exchanges.text("-42"),
            Exchanges.text("somebody@example.com"),
            Exchanges.text("t"),
            Exchanges.text("12345.67"),
            Exchanges.text("0.1"),
            Exchanges.text("2026-11-20 07:12:12.096999+00"),
            Exchanges.text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            null);
    private final ByteBuf binary = row(
            Unpooled.buffer().writeLong(9_007_199_254_740_993L),
            Unpooled.buffer().writeInt(-42),
            Exchanges.text("somebody@example.com"),
            Unpooled.buffer().writeByte(1),
            Unpooled.buffer()
                    .writeShort(3)
                    .writeShort(1)
                    .writeShort(0)
                    .writeShort(2)
                    .writeShort(1)
                    .writeShort(2345)
                    .writeShort(6700),
            Unpooled.buffer().writeDouble(0.1),
            Unpooled.buffer().writeLong(848_474_732_096_999L),
            Unpooled.buffer().writeLong(0xa0eebc999c0b4ef8L).writeLong(0xbb6d6bb9bd380a11L),
            null);

    private static ByteBuf row(@Nullable ByteBuf... columns) {
        ByteBuf out = Unpooled.buffer().writeShort(columns.length);
        for (ByteBuf column : columns) {
            if (column == null) {
                out.writeInt(-1);
            } else {
                out.writeInt(column.readableBytes()).writeBytes(column, column.readerIndex(), column.readableBytes());
            }
        }
        return out;
    }

    /** Finds the columns. */
    @Benchmark
    public List<@Nullable ByteBuf> columns() {
        return DataRow.columns(text);
    }

    /** Reads the columns as values from text. */
    @Benchmark
    public void textValues(Blackhole blackhole) {
        values(text, Field.TEXT, blackhole);
    }

    /** Reads the columns as values from binary. */
    @Benchmark
    public void binaryValues(Blackhole blackhole) {
        values(binary, Field.BINARY, blackhole);
    }

    private static void values(ByteBuf row, int format, Blackhole blackhole) {
        List<@Nullable ByteBuf> columns = DataRow.columns(row);
        for (int i = 0; i < columns.size(); i++) {
            Value value = Values.decode(TYPES.get(i).oid(), format, columns.get(i));
            blackhole.consume(value);
        }
    }
}
