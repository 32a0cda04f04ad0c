package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A million rows: what comparing them costs beside the answers themselves, in bytes that are allocated. */
class LargeResultTest {
    private static final int ROWS = 1_000_000;
    private static final int WIDTH = 30;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Statements statements = new Statements();

    /** Rows that lie behind each other in one buffer, as those of an answer do. */
    private record OneBuffer(ByteBuf bytes, int size) implements ResultRows {
        static OneBuffer of(int rows, IntUnaryOperator number) {
            ByteBuf bytes = Unpooled.buffer(rows * WIDTH);
            for (int i = 0; i < rows; i++) {
                String id = String.format("%09d", number.applyAsInt(i));
                bytes.writeShort(2)
                        .writeInt(9)
                        .writeBytes(id.getBytes(StandardCharsets.US_ASCII))
                        .writeInt(11)
                        .writeBytes(("n " + id).getBytes(StandardCharsets.US_ASCII));
            }
            return new OneBuffer(bytes, rows);
        }

        @Override
        public ByteBuf bytes(int row) {
            return bytes.slice(row * WIDTH, WIDTH);
        }

        @Override
        public List<@Nullable ByteBuf> columns(int row) {
            return DataRow.columns(bytes(row));
        }
    }

    private Comparison compare(String sql, ResultRows left, ResultRows right) {
        ServerCatalog catalog = new ServerCatalog(null);
        Field[] fields = {column("id", 23), column("name", 25)};
        List<ColumnPair> pairs = List.of(
                new ColumnPair(0, 0, Column.of(fields[0], catalog), Column.of(fields[0], catalog)),
                new ColumnPair(1, 1, Column.of(fields[1], catalog), Column.of(fields[1], catalog)));
        StatementFacts facts = statements.of(sql);
        DifferenceSink sink = new DifferenceSink();
        new RowComparison(
                        0,
                        facts,
                        Selection.ALL,
                        pairs,
                        List.of(pairs.get(0)),
                        null,
                        new int[] {2, 2},
                        left,
                        right,
                        sink)
                .compare();
        return sink.comparison();
    }

    private long allocatedPerRow(String sql, ResultRows left, ResultRows right, Comparison[] found) {
        compare(sql, OneBuffer.of(10, i -> i), OneBuffer.of(10, i -> 9 - i));
        long before = THREADS.getCurrentThreadAllocatedBytes();
        found[0] = compare(sql, left, right);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / ROWS;
    }

    @Test
    void equalRowsInOneOrderCostNothingButTheirViews() {
        Comparison[] found = new Comparison[1];
        long bytes = allocatedPerRow(
                "SELECT id, name FROM t ORDER BY id", OneBuffer.of(ROWS, i -> i), OneBuffer.of(ROWS, i -> i), found);
        assertThat(found[0]).isEqualTo(Comparison.SAME);
        assertThat(bytes).isLessThan(400);
    }

    /** What is held, at most: the pairs and an index, some 40 bytes a row, no row and no value. */
    @Test
    void equalRowsInAnotherOrderAreHeldByTheirHashes() {
        Comparison[] found = new Comparison[1];
        OneBuffer left = OneBuffer.of(ROWS, i -> i);
        OneBuffer right = OneBuffer.of(ROWS, i -> (int) (i * 7_919L % ROWS));
        long bytes = allocatedPerRow("SELECT id, name FROM t", left, right, found);
        assertThat(found[0]).isEqualTo(Comparison.SAME);
        assertThat(bytes).isLessThan(1_200);
    }

    @Test
    void oneRowOfAMillionThatIsLostAndOneThatChangedAreFound() {
        OneBuffer left = OneBuffer.of(ROWS, i -> i);
        OneBuffer right = OneBuffer.of(ROWS - 1, i -> (int) (i * 7_919L % ROWS));
        right.bytes().setByte(500_000 * WIDTH + WIDTH - 1, 'x');
        Comparison found = compare("SELECT id, name FROM t", left, right);
        assertThat(found.differences())
                .extracting(Difference::type)
                .containsExactlyInAnyOrder(DifferenceClass.VALUE_TEXT, DifferenceClass.ROW_MISSING);
    }

    @Test
    void detailIsBoundedWhereEveryRowChanged() {
        OneBuffer left = OneBuffer.of(ROWS / 4, i -> i);
        OneBuffer right = OneBuffer.of(ROWS / 4, i -> i);
        for (int i = 0; i < ROWS / 4; i++) {
            right.bytes().setByte(i * WIDTH + WIDTH - 1, 'x');
        }
        Comparison found = compare("SELECT id, name FROM t", left, right);
        assertThat(found.differences().size()).isLessThan(DifferenceSink.MAX_SINGLE + 1_000);
        assertThat(found.differences().stream().mapToLong(Difference::count).sum())
                .isEqualTo(ROWS / 4);
    }
}
