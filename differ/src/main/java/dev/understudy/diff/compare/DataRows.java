package dev.understudy.diff.compare;

import dev.understudy.pgwire.message.DataRow;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that came as DataRow messages. */
record DataRows(List<ByteBuf> bodies) implements ResultRows {
    @Override
    public int size() {
        return bodies.size();
    }

    @Override
    public List<@Nullable ByteBuf> columns(int row) {
        return DataRow.columns(bodies.get(row));
    }

    @Override
    public ByteBuf bytes(int row) {
        return bodies.get(row);
    }
}
