package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of an ErrorResponse or NoticeResponse by their codes (protocol chapter 55.8).
 *
 * @param fields in the order received; unknown codes are kept
 */
public record ServerMessage(Map<Character, String> fields) {
    /** Copies nothing: the map is taken over and must not change any more. */
    public ServerMessage {}

    /**
     * Reads the body of an ErrorResponse or NoticeResponse. A body that is cut off yields the fields before the cut.
     *
     * @param body borrowed; indexes are not moved
     */
    public static ServerMessage decode(ByteBuf body) {
        Map<Character, String> fields = new LinkedHashMap<>();
        int position = body.readerIndex();
        int end = body.writerIndex();
        while (position < end && body.getByte(position) != 0) {
            int valueEnd = body.indexOf(position + 1, end, (byte) 0);
            if (valueEnd < 0) {
                break;
            }
            fields.put(
                    (char) body.getByte(position),
                    body.toString(position + 1, valueEnd - position - 1, StandardCharsets.UTF_8));
            position = valueEnd + 1;
        }
        return new ServerMessage(fields);
    }

    /** The SQLSTATE, {@code XX000} where the server sent none. */
    public String sqlState() {
        return fields.getOrDefault('C', "XX000");
    }

    /** The severity, not localised where the server is 9.6 or newer. */
    public String severity() {
        return fields.getOrDefault('V', fields.getOrDefault('S', ""));
    }

    /** The primary message. */
    public String text() {
        return fields.getOrDefault('M', "");
    }

    /** Whether this ends the connection. */
    public boolean isFatal() {
        String severity = severity();
        return severity.equals("FATAL") || severity.equals("PANIC");
    }
}
