package dev.understudy.replay.isolation;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.DataRow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that shows an arm's level of isolation, as it would be had the arm the level that production had. */
final class IsolationAnswer {
    private static final ByteBuf RECORDED = text(ArmIsolation.SERIALIZABLE);
    private static final ByteBuf SHOWN = text(ArmIsolation.STAND_IN);

    private IsolationAnswer() {}

    private static ByteBuf text(String level) {
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(level.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Puts production's level where an arm shows what stands for it, row by row and column by column.
     *
     * @param recorded production's frames, borrowed
     * @param answer the arm's frames, borrowed
     * @return a new unpooled heap buffer; null where no level is shown
     */
    static @Nullable ByteBuf of(ByteBuf recorded, ByteBuf answer) {
        ByteBuf out = null;
        FrameCursor theirs = new FrameCursor(recorded);
        for (FrameCursor frame = new FrameCursor(answer); frame.next(); ) {
            ByteBuf row =
                    frame.type() == BackendType.DATA_ROW && step(theirs) ? row(theirs.body(), frame.body()) : null;
            if (row != null && out == null) {
                out = Unpooled.buffer(answer.readableBytes());
                out.writeBytes(answer, answer.readerIndex(), frame.start() - answer.readerIndex());
            }
            if (out != null) {
                out.writeBytes(row == null ? frame.frame() : row);
            }
        }
        return out;
    }

    private static boolean step(FrameCursor toRow) {
        while (toRow.next()) {
            if (toRow.type() == BackendType.DATA_ROW) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable ByteBuf row(ByteBuf recorded, ByteBuf shown) {
        List<@Nullable ByteBuf> expected = DataRow.columns(recorded);
        List<@Nullable ByteBuf> columns = DataRow.columns(shown);
        if (expected.size() != columns.size()) {
            return null;
        }
        boolean any = false;
        ByteBuf row = Unpooled.buffer(shown.readableBytes());
        row.writeByte(BackendType.DATA_ROW).writeInt(0).writeShort(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            ByteBuf column = columns.get(i);
            if (SHOWN.equals(column) && RECORDED.equals(expected.get(i))) {
                column = RECORDED.duplicate();
                any = true;
            }
            row.writeInt(column == null ? -1 : column.readableBytes());
            if (column != null) {
                row.writeBytes(column);
            }
        }
        row.setInt(1, row.writerIndex() - 1);
        return any ? row : null;
    }
}
