package dev.understudy.pgwire.value;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.pgwire.server.ServerConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a server answers, as values. */
final class Selected {
    private Selected() {}

    record Cell(Value value, String raw) {}

    static List<List<Cell>> rows(ServerConnection connection, String sql, int format) throws IOException {
        ByteBuf request = Unpooled.buffer();
        FrontendMessages.parse(request, "", sql, List.of());
        FrontendMessages.bind(request, "", "", List.of(), List.of(), List.of(format));
        FrontendMessages.describePortal(request, "");
        FrontendMessages.execute(request, "", 0);
        FrontendMessages.sync(request);
        RowDescription columns = new RowDescription(List.of());
        List<List<Cell>> rows = new ArrayList<>();
        for (FrameCursor frame = new FrameCursor(connection.exchange(request, 1)); frame.next(); ) {
            if (frame.type() == BackendType.ROW_DESCRIPTION) {
                columns = RowDescription.decode(frame.body());
            } else if (frame.type() == BackendType.DATA_ROW) {
                List<Cell> row = new ArrayList<>();
                List<ByteBuf> cells = DataRow.columns(frame.body());
                for (int i = 0; i < cells.size(); i++) {
                    ByteBuf cell = cells.get(i);
                    String raw = cell == null ? "NULL" : cell.toString(StandardCharsets.UTF_8);
                    row.add(new Cell(Values.decode(columns.fields().get(i), cell), raw));
                }
                rows.add(row);
            } else if (frame.type() == BackendType.ERROR_RESPONSE) {
                throw new AssertionError(ServerMessage.decode(frame.body()));
            }
        }
        return rows;
    }
}
