package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The columns of a DataRow. */
public final class DataRow {
    private static final int COUNT_LENGTH = 2;
    private static final int LENGTH_LENGTH = 4;

    private DataRow() {}

    /**
     * The columns of a DataRow's body: views of its bytes in order, null for SQL NULL. A view is made each time it is
     * asked for; it shares the body's bytes, is never released, and has its own indexes.
     *
     * @param body borrowed, as long as the list or a view of it is used; indexes are not moved
     * @throws ProtocolException if the body does not hold exactly the columns it announces
     */
    public static List<@Nullable ByteBuf> columns(ByteBuf body) {
        BodyReader reader = new BodyReader(body, "DataRow");
        int count = reader.count();
        if (count > reader.remaining() / LENGTH_LENGTH) {
            throw new ProtocolException(
                    "DataRow: expected " + count + " columns, found " + reader.remaining() + " bytes");
        }
        int[] starts = new int[count];
        int[] lengths = new int[count];
        int position = body.readerIndex() + COUNT_LENGTH;
        int end = body.writerIndex();
        for (int i = 0; i < count; i++) {
            int length = end - position < LENGTH_LENGTH ? Integer.MIN_VALUE : body.getInt(position);
            position += LENGTH_LENGTH;
            if (length < -1 || length > end - position) {
                throw new ProtocolException("DataRow: column " + (i + 1) + " of " + count + " is cut off");
            }
            starts[i] = position;
            lengths[i] = length;
            position += Math.max(length, 0);
        }
        if (position != end) {
            throw new ProtocolException(
                    "DataRow: expected the end after " + count + " columns, found " + (end - position) + " bytes");
        }
        return new Columns(body, starts, lengths);
    }

    private static final class Columns extends AbstractList<@Nullable ByteBuf> implements RandomAccess {
        private final ByteBuf body;
        private final int[] starts;
        private final int[] lengths;

        Columns(ByteBuf body, int[] starts, int[] lengths) {
            this.body = body;
            this.starts = starts;
            this.lengths = lengths;
        }

        @Override
        public @Nullable ByteBuf get(int column) {
            return lengths[column] < 0 ? null : body.slice(starts[column], lengths[column]);
        }

        @Override
        public int size() {
            return starts.length;
        }
    }
}
