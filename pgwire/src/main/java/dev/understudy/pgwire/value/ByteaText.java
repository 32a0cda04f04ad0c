package dev.understudy.pgwire.value;

import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** bytea in either output form: {@code \x68} (hex, the default) and {@code h\\\000} (escape). */
final class ByteaText {
    private ByteaText() {}

    static @Nullable Value decode(String text) {
        return text.startsWith("\\x") ? hex(text) : escaped(text);
    }

    private static @Nullable Value hex(String text) {
        if (text.length() % 2 != 0) {
            return null;
        }
        for (int i = 2; i < text.length(); i++) {
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), 16) < 0) {
                return null;
            }
        }
        return new Value.Bytes(ByteBufUtil.decodeHexDump(text, 2, text.length() - 2));
    }

    private static @Nullable Value escaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return null;
            }
            if (c != '\\') {
                bytes.write(c);
            } else if (text.startsWith("\\", i + 1)) {
                bytes.write('\\');
                i++;
            } else if (i + 3 < text.length() && isOctal(text, i + 1)) {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                return null;
            }
        }
        return new Value.Bytes(bytes.toByteArray());
    }

    private static boolean isOctal(String text, int at) {
        return text.charAt(at) >= '0'
                && text.charAt(at) <= '3'
                && text.charAt(at + 1) >= '0'
                && text.charAt(at + 1) <= '7'
                && text.charAt(at + 2) >= '0'
                && text.charAt(at + 2) <= '7';
    }
}
