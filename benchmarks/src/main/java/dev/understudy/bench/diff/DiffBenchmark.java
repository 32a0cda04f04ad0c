package dev.understudy.bench.diff;

import dev.understudy.diff.compare.Answer;
import dev.understudy.diff.compare.AnswerComparison;
import dev.understudy.diff.compare.Comparison;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.pgwire.value.PgType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Comparing two answers of a hundred rows of eight columns, as rows a second. What has to be decoded is what the bar of
 * 100,000 rows a second on one core is about.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DiffBenchmark {
    private static final int ROWS = 100;
    private static final int CHANGED_ROW = 50;
    private static final String SQL = "SELECT id, customer, name, paid, total, weight, at, ref FROM orders";
    private static final List<PgType> TYPES = List.of(
            PgType.INT8,
            PgType.INT4,
            PgType.TEXT,
            PgType.BOOL,
            PgType.NUMERIC,
            PgType.FLOAT8,
            PgType.TIMESTAMPTZ,
            PgType.UUID);

    private final AnswerComparison comparison = new AnswerComparison(new Statements());
    private final Answer text = answer(Field.TEXT, rows(false, -1));
    private final Answer sameText = answer(Field.TEXT, rows(false, -1));
    private final Answer shuffledText = answer(Field.TEXT, reversed(rows(false, -1)));
    private final Answer changedText = answer(Field.TEXT, rows(false, CHANGED_ROW));
    private final Answer binary = answer(Field.BINARY, rows(true, -1));

    /** The same bytes. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Comparison identical() {
        return expect(0, comparison.compare(text, sameText));
    }

    /** The same rows in another order. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Comparison shuffled() {
        return expect(0, comparison.compare(text, shuffledText));
    }

    /** One value of one row differs. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Comparison oneChange() {
        return expect(1, comparison.compare(text, changedText));
    }

    /** Every value is decoded on both sides: text on the left, binary on the right. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Comparison decoded() {
        return expect(0, comparison.compare(text, binary));
    }

    private static Comparison expect(int differences, Comparison found) {
        if (found.differences().size() != differences) {
            throw new AssertionError("expected " + differences + " differences, found " + found);
        }
        return found;
    }

    private static List<ByteBuf> reversed(List<ByteBuf> rows) {
        List<ByteBuf> reversed = new ArrayList<>(rows);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Answer answer(int format, List<ByteBuf> rows) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            fields.add(new Field("c" + i, 0, 0, TYPES.get(i).oid(), -1, -1, format));
        }
        Step step = new Step(
                SQL, false, List.of(), new RowDescription(fields), rows, List.of(), "SELECT " + ROWS, false, null);
        Interpretation interpretation = new Interpretation(
                List.of(step), List.of(), List.of(), TransactionStatus.IDLE, List.of(), List.of(), List.of(), false, 0);
        return new Answer(interpretation, new ServerCatalog(null), Map.of(), false, false);
    }

    private static List<ByteBuf> rows(boolean binary, int changed) {
        List<ByteBuf> rows = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            int customer = i == changed ? i + 1 : i;
            rows.add(binary ? binaryRow(i, customer) : textRow(i, customer));
        }
        return rows;
    }

    private static ByteBuf textRow(int i, int customer) {
        return row(
                text(Long.toString(9_007_199_254_740_000L + i)),
                text(Integer.toString(customer)),
                text("somebody" + i + "@example.com"),
                text(i % 2 == 0 ? "t" : "f"),
                text("2345.67"),
                text("0.1"),
                text("2026-11-20 07:12:12.096999+00"),
                text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
    }

    private static ByteBuf binaryRow(int i, int customer) {
        return row(
                Unpooled.buffer().writeLong(9_007_199_254_740_000L + i),
                Unpooled.buffer().writeInt(customer),
                text("somebody" + i + "@example.com"),
                Unpooled.buffer().writeByte(i % 2 == 0 ? 1 : 0),
                Unpooled.buffer()
                        .writeShort(2)
                        .writeShort(0)
                        .writeShort(0)
                        .writeShort(2)
                        .writeShort(2345)
                        .writeShort(6700),
                Unpooled.buffer().writeDouble(0.1),
                Unpooled.buffer().writeLong(848_473_932_096_999L),
                Unpooled.buffer().writeLong(0xa0eebc999c0b4ef8L).writeLong(0xbb6d6bb9bd380a11L));
    }

    private static ByteBuf text(String value) {
        return Unpooled.copiedBuffer(value, StandardCharsets.UTF_8);
    }

    private static ByteBuf row(ByteBuf... columns) {
        ByteBuf out = Unpooled.buffer().writeShort(columns.length);
        for (ByteBuf column : columns) {
            out.writeInt(column.readableBytes()).writeBytes(column, column.readerIndex(), column.readableBytes());
        }
        return out;
    }
}
