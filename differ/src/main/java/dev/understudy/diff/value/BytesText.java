package dev.understudy.diff.value;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** bytea as text, in hex or escape format (chapter 8.4). */
final class BytesText {
    private BytesText() {}

    /** The bytes; null if the text is neither. */
    static @Nullable Value parse(String text) {
        if (text.startsWith("\\x")) {
            try {
                return new Value.Bytes(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(text, 2, text.length() - 2)));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.write(c);
            } else if (text.startsWith("\\\\", i)) {
                bytes.write('\\');
                i++;
            } else if (isOctal(text, i + 1)) {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                return null;
            }
        }
        return new Value.Bytes(Unpooled.wrappedBuffer(bytes.toByteArray()));
    }

    private static boolean isOctal(String text, int from) {
        if (from + 3 > text.length() || text.charAt(from) > '3') {
            return false;
        }
        for (int i = from; i < from + 3; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '7') {
                return false;
            }
        }
        return true;
    }
}
