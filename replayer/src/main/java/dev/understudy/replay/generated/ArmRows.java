package dev.understudy.replay.generated;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.value.Value;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one arm's answer, by result. */
final class ArmRows {
    private final List<List<ByteBuf>> results = new ArrayList<>();

    /** Reads the frames; borrowed as long as this is used. What is cut off at their end is left out. */
    ArmRows(ByteBuf frames) {
        List<ByteBuf> rows = new ArrayList<>();
        for (FrameCursor frame = new FrameCursor(frames); frame.next(); ) {
            switch (frame.type()) {
                case BackendType.DATA_ROW -> rows.add(frame.body());
                case BackendType.COMMAND_COMPLETE, BackendType.PORTAL_SUSPENDED, BackendType.EMPTY_QUERY_RESPONSE -> {
                    results.add(rows);
                    rows = new ArrayList<>();
                }
                default -> {
                    // says nothing about rows
                }
            }
        }
    }

    /** How many rows a result has; 0 where it is not there. */
    int rows(int result) {
        return result < results.size() ? results.get(result).size() : 0;
    }

    /** The arm's value at the place of a recorded one; null if there is none, or it can't be read. */
    @Nullable Value at(Brought brought) {
        return at(brought, brought.row());
    }

    /** The same in another row. */
    @Nullable Value at(Brought column, int row) {
        if (row >= rows(column.result())) {
            return null;
        }
        try {
            List<@Nullable ByteBuf> columns =
                    DataRow.columns(results.get(column.result()).get(row));
            return column.index() < columns.size()
                    ? KeyValues.read(column.typeOid(), column.format(), columns.get(column.index()))
                    : null;
        } catch (ProtocolException e) {
            return null; // what can't be read is no value
        }
    }
}
