package dev.understudy.replay.footprint;

import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.DataRow;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.replay.schedule.Version;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from production's answers which versions of rows they show, of tables of which rows are written by key. Belongs to
 * the reading thread.
 */
final class ShownRows {
    /** Of longer rows nothing is kept. */
    private static final int MAX_ROW_BYTES = 4_096;

    private static final int ATTRIBUTE_BITS = 16;
    private static final byte[] NULL = {};

    /** As many as the catalogs have, at most. */
    private final Set<String> written = new HashSet<>();

    /** Rows of a table are written, each told by its key. */
    void written(String table) {
        written.add(table);
    }

    /** What an answer shows of a table's row; null where that is not worth knowing, or not known. */
    @Nullable Version shown(String table, Step step, int row) {
        return step.rows() != null
                        && written.contains(table)
                        && row < step.dataRows().size()
                ? version(step.rows().fields(), step.dataRows().get(row))
                : null;
    }

    private static @Nullable Version version(List<Field> fields, ByteBuf row) {
        if (row.readableBytes() > MAX_ROW_BYTES) {
            return null;
        }
        List<@Nullable ByteBuf> values;
        try {
            values = DataRow.columns(row);
        } catch (ProtocolException e) {
            return null; // what can't be read shows nothing
        }
        int count = Math.min(fields.size(), values.size());
        long[] columns = new long[count];
        byte[][] shown = new byte[count][];
        int known = 0;
        for (int i = 0; i < count; i++) {
            Field field = fields.get(i);
            if (field.relationOid() != 0) {
                ByteBuf value = values.get(i);
                columns[known] = ((long) field.relationOid() << ATTRIBUTE_BITS | field.attributeNumber() & 0xffff) << 1
                        | field.format();
                shown[known++] = value == null ? NULL : ByteBufUtil.getBytes(value);
            }
        }
        return known == 0 ? null : new Version(Arrays.copyOf(columns, known), Arrays.copyOf(shown, known));
    }
}
