package dev.understudy.diff.compare;

import dev.understudy.diff.value.ColumnType;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that came as CopyData messages: the server sends one for each (chapter 55.2.6). Text rows are cut at tabs where
 * every row then has as many columns; anything else is one column.
 */
final class CopyRows implements ResultRows {
    private static final byte[] BINARY_SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    private final List<ByteBuf> rows;
    private final boolean binary;
    private final int width;

    private CopyRows(List<ByteBuf> rows, boolean binary, int width) {
        this.rows = rows;
        this.binary = binary;
        this.width = width;
    }

    /** Reads both sides alike, so that their columns belong together. */
    static CopyRows[] of(List<ByteBuf> left, List<ByteBuf> right) {
        boolean binary = isBinary(left) || isBinary(right);
        int width = binary ? 1 : width(left);
        int common = !binary && width == width(right) ? width : 1;
        return new CopyRows[] {new CopyRows(left, binary, common), new CopyRows(right, binary, common)};
    }

    /** What stands for the columns' descriptions, which COPY does not send. */
    List<Column> describe() {
        int oid = (binary ? PgType.BYTEA : PgType.TEXT).oid();
        ColumnType type = ColumnType.builtIn(oid, PgType.nameOf(oid));
        int format = binary ? Field.BINARY : Field.TEXT;
        return IntStream.rangeClosed(1, width)
                .mapToObj(i -> new Column(
                        new Field(width == 1 ? "line" : "column " + i, 0, 0, oid, -1, -1, format), type, true, "", ""))
                .toList();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public ByteBuf bytes(int row) {
        return rows.get(row);
    }

    @Override
    public List<@Nullable ByteBuf> columns(int row) {
        ByteBuf line = rows.get(row);
        if (width == 1) {
            return List.of(line);
        }
        List<@Nullable ByteBuf> columns = new ArrayList<>(width);
        int start = line.readerIndex();
        int end = lineEnd(line);
        while (columns.size() < width) {
            int tab = columns.size() == width - 1 ? -1 : line.indexOf(start, end, (byte) '\t');
            int columnEnd = tab < 0 ? end : tab;
            boolean isNull = columnEnd - start == 2 && line.getByte(start) == '\\' && line.getByte(start + 1) == 'N';
            columns.add(isNull ? null : line.slice(start, columnEnd - start));
            start = columnEnd + 1;
        }
        return columns;
    }

    private static int lineEnd(ByteBuf line) {
        int end = line.writerIndex();
        return end > line.readerIndex() && line.getByte(end - 1) == '\n' ? end - 1 : end;
    }

    private static boolean isBinary(List<ByteBuf> rows) {
        ByteBuf first = rows.isEmpty() ? null : rows.get(0);
        return first != null
                && first.readableBytes() >= BINARY_SIGNATURE.length
                && ByteBufUtil.equals(
                        first,
                        first.readerIndex(),
                        io.netty.buffer.Unpooled.wrappedBuffer(BINARY_SIGNATURE),
                        0,
                        BINARY_SIGNATURE.length);
    }

    /** How many columns every row has; 1 where they disagree. */
    private static int width(List<ByteBuf> rows) {
        int width = -1;
        for (ByteBuf row : rows) {
            int tabs = 0;
            int end = lineEnd(row);
            for (int at = row.indexOf(row.readerIndex(), end, (byte) '\t');
                    at >= 0;
                    at = row.indexOf(at + 1, end, (byte) '\t')) {
                tabs++;
            }
            if (width >= 0 && width != tabs + 1) {
                return 1;
            }
            width = tabs + 1;
        }
        return Math.max(width, 1);
    }
}
