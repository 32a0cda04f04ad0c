package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The columns of the rows that follow. */
public record RowDescription(List<Field> fields) {
    private static final int FIXED_FIELD_LENGTH = 18;

    /** Copies the list. */
    public RowDescription {
        fields = List.copyOf(fields);
    }

    /**
     * Reads a RowDescription's body.
     *
     * @param body borrowed; indexes are not moved
     * @throws ProtocolException if the body ends before the columns it announces
     */
    public static RowDescription decode(ByteBuf body) {
        int position = body.readerIndex();
        int end = body.writerIndex();
        if (end - position < 2) {
            throw new ProtocolException("RowDescription: expected a column count, found the end");
        }
        int count = body.getUnsignedShort(position);
        position += 2;
        List<Field> fields = new ArrayList<>(Math.min(count, (end - position) / FIXED_FIELD_LENGTH));
        for (int i = 0; i < count; i++) {
            int nameEnd = position < end ? body.indexOf(position, end, (byte) 0) : -1;
            if (nameEnd < 0 || end - nameEnd - 1 < FIXED_FIELD_LENGTH) {
                throw new ProtocolException("RowDescription: column " + (i + 1) + " of " + count + " is cut off");
            }
            String name = body.toString(position, nameEnd - position, StandardCharsets.UTF_8);
            int at = nameEnd + 1;
            fields.add(new Field(
                    name,
                    body.getInt(at),
                    body.getShort(at + 4),
                    body.getInt(at + 6),
                    body.getShort(at + 10),
                    body.getInt(at + 12),
                    body.getShort(at + 16)));
            position = at + FIXED_FIELD_LENGTH;
        }
        return new RowDescription(fields);
    }
}
