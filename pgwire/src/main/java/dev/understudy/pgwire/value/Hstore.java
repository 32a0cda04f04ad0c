package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.BodyReader;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * hstore. In the binary format (hstore_send): int32 count; for each pair int32 length and bytes of the key, then of the
 * value, whose length is -1 for NULL. In text: {@code "a"=>"1", "b"=>NULL}.
 */
final class Hstore {
    private Hstore() {}

    static @Nullable Value binary(BodyReader reader) {
        int count = reader.int32();
        TreeMap<String, Value> pairs = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            ByteBuf key = reader.bytes(reader.int32());
            int length = reader.int32();
            ByteBuf value = length == -1 ? null : reader.bytes(length);
            if (!Values.isUtf8(key) || value != null && !Values.isUtf8(value)) {
                return null;
            }
            pairs.put(
                    key.toString(StandardCharsets.UTF_8),
                    value == null ? Value.Null.NULL : new Value.Text(value.toString(StandardCharsets.UTF_8)));
        }
        return count < 0 || pairs.size() != count ? null : new Value.Hstore(pairs);
    }

    static @Nullable Value text(String text) {
        TreeMap<String, Value> pairs = new TreeMap<>();
        int at = 0;
        while (at < text.length()) {
            StringBuilder key = new StringBuilder();
            at = string(text, at, key);
            if (at < 0 || !text.startsWith("=>", at)) {
                return null;
            }
            at += 2;
            Value value;
            if (text.startsWith("NULL", at)) {
                value = Value.Null.NULL;
                at += 4;
            } else {
                StringBuilder written = new StringBuilder();
                at = string(text, at, written);
                value = new Value.Text(written.toString());
            }
            if (at < 0 || pairs.put(key.toString(), value) != null) {
                return null;
            }
            if (at < text.length()) {
                if (!text.startsWith(", ", at) || at + 2 == text.length()) {
                    return null;
                }
                at += 2;
            }
        }
        return new Value.Hstore(pairs);
    }

    /** Reads a string in double quotes; the place behind it, or -1. */
    private static int string(String text, int from, StringBuilder string) {
        if (!text.startsWith("\"", from)) {
            return -1;
        }
        for (int at = from + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\' && ++at == text.length()) {
                return -1;
            }
            string.append(text.charAt(at));
        }
        return -1;
    }
}
