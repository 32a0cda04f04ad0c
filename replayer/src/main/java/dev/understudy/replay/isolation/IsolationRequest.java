package dev.understudy.replay.isolation;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose statements ask for what stands for SERIALIZABLE. Texts are read byte by byte (Latin-1): what counts is
 * ASCII in every encoding that a server has, and all other bytes come through as they were.
 */
final class IsolationRequest {
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;
    private static final byte[] WORD = ArmIsolation.SERIALIZABLE.getBytes(BYTES);
    private static final byte[] STAND_IN = ArmIsolation.STAND_IN.getBytes(BYTES);
    /** Where the rarest letter stands in that word. */
    private static final int Z = 7;

    private static final int UPPER_TO_LOWER = 0x20;

    private final ByteBuf request;
    private final ByteBuf out;
    /** Texts of statements that this request prepares, by name. */
    private final Map<String, String> prepared = new HashMap<>();

    private int copied;

    private IsolationRequest(ByteBuf request) {
        this.request = request;
        this.out = Unpooled.buffer(request.readableBytes() + WORD.length);
        this.copied = request.readerIndex();
    }

    /** A new buffer for a request, borrowed; null where nothing in it asks for SERIALIZABLE. */
    static @Nullable ByteBuf of(ByteBuf request) {
        return mentions(request) ? new IsolationRequest(request).rewritten() : null;
    }

    private @Nullable ByteBuf rewritten() {
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            int body = frame.end() - frame.bodyLength();
            int length = out.writerIndex() + frame.start() - copied + 1;
            int before = copied;
            switch (frame.type()) {
                case FrontendType.QUERY -> sql(body, frame.end());
                case FrontendType.PARSE -> {
                    int sql = behindZero(body, frame.end());
                    prepared.put(text(body, sql), text(sql, behindZero(sql, frame.end())));
                    sql(sql, frame.end());
                }
                case FrontendType.BIND -> {
                    int statement = behindZero(body, frame.end());
                    int formats = behindZero(statement, frame.end());
                    String sql = prepared.getOrDefault(text(statement, formats), "");
                    if (IsolationText.mayName(sql, sql + text(formats, frame.end() + 1))) {
                        parameters(formats, frame.end());
                    }
                }
                default -> {}
            }
            if (copied != before) {
                copyTo(frame.end());
                out.setInt(length, out.writerIndex() - length);
            }
        }
        if (copied == request.readerIndex()) {
            return null;
        }
        copyTo(request.writerIndex());
        return out;
    }

    private void sql(int from, int limit) {
        int end = request.indexOf(from, limit, (byte) 0);
        String own = end < 0 ? null : IsolationText.forArm(text(from, end + 1));
        if (own != null) {
            copyTo(from);
            out.writeCharSequence(own, BYTES);
            copied = end;
        }
    }

    /** Values that are bound: a text is the same in either format. */
    private void parameters(int formats, int limit) {
        int at = formats + Short.BYTES + Short.BYTES * request.getUnsignedShort(formats);
        int count = request.getUnsignedShort(at);
        at += Short.BYTES;
        for (int i = 0; i < count && at + Integer.BYTES <= limit; i++) {
            int length = request.getInt(at);
            at += Integer.BYTES;
            if (length == WORD.length && isAt(request, at)) {
                copyTo(at - Integer.BYTES);
                out.writeInt(STAND_IN.length).writeBytes(STAND_IN);
                copied = at + length;
            }
            at += Math.max(0, length);
        }
    }

    private void copyTo(int end) {
        out.writeBytes(request, copied, end - copied);
        copied = end;
    }

    private int behindZero(int from, int limit) {
        int zero = request.indexOf(from, limit, (byte) 0);
        return zero < 0 ? limit : zero + 1;
    }

    /** The text up to and without a zero before {@code behindZero}. */
    private String text(int from, int behindZero) {
        return request.toString(from, Math.max(0, behindZero - from - 1), BYTES);
    }

    private static boolean mentions(ByteBuf bytes) {
        int last = bytes.writerIndex() - (WORD.length - Z);
        for (int at = bytes.readerIndex() + Z; at <= last; at++) {
            if ((bytes.getByte(at) | UPPER_TO_LOWER) == WORD[Z] && isAt(bytes, at - Z)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(ByteBuf bytes, int from) {
        for (int i = 0; i < WORD.length; i++) {
            if ((bytes.getByte(from + i) | UPPER_TO_LOWER) != WORD[i]) {
                return false;
            }
        }
        return true;
    }
}
