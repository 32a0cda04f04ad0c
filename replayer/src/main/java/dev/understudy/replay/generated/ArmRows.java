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
    private boolean failed;

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
                case BackendType.ERROR_RESPONSE -> failed = true;
                default -> {
                    // says nothing about rows
                }
            }
        }
    }

    /** Whether there is an error in it. */
    boolean failed() {
        return failed;
    }

    /** How many rows a result has; 0 where it is not there. */
    int rows(int result) {
        return result < results.size() ? results.get(result).size() : 0;
    }

    /** The arm's value at the place of a recorded one; null if there is none, or it can't be read. */
    @Nullable Value at(Brought brought) {
        if (brought.row() >= rows(brought.result())) {
            return null;
        }
        try {
            List<@Nullable ByteBuf> columns =
                    DataRow.columns(results.get(brought.result()).get(brought.row()));
            return brought.index() < columns.size()
                    ? KeyValues.read(brought.typeOid(), brought.format(), columns.get(brought.index()))
                    : null;
        } catch (ProtocolException e) {
            return null; // what can't be read is no value
        }
    }
}
