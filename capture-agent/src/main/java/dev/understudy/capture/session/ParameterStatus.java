package dev.understudy.capture.session;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** ParameterStatus bodies: a name and a value, each terminated by a zero byte. */
public final class ParameterStatus {
    private ParameterStatus() {}

    /** Adds what a body (readerIndex to writerIndex) says to a map; one that is no ParameterStatus says nothing. */
    public static void read(ByteBuf body, Map<String, String> into) {
        int start = body.readerIndex();
        int end = body.writerIndex();
        int nameEnd = start < end ? body.indexOf(start, end, (byte) 0) : -1;
        int valueEnd = nameEnd >= 0 && nameEnd + 1 < end ? body.indexOf(nameEnd + 1, end, (byte) 0) : -1;
        if (valueEnd >= 0) {
            into.put(
                    body.toString(start, nameEnd - start, StandardCharsets.UTF_8),
                    body.toString(nameEnd + 1, valueEnd - nameEnd - 1, StandardCharsets.UTF_8));
        }
    }
}
