package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message's body field by field, never past its end: every field that is missing is a {@link ProtocolException}
 * that names the message.
 *
 * <p>Borrows the buffer (readerIndex to writerIndex when constructed) and moves no indexes of it. Belongs to one
 * thread.
 */
public final class BodyReader {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final ByteBuf body;
    /** The buffer's bytes where it is on the heap: read without a look at its reference count each time. */
    private final byte @Nullable [] array;
    /** Where the buffer's index 0 is in it. */
    private final int base;

    private final String message;
    private final int end;
    private int position;

    /** Starts at the body's first byte; {@code message} names it in errors. */
    public BodyReader(ByteBuf body, String message) {
        this.body = body;
        this.array = body.hasArray() ? body.array() : null;
        this.base = array == null ? 0 : body.arrayOffset();
        this.message = message;
        this.position = body.readerIndex();
        this.end = body.writerIndex();
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - position;
    }

    /** One byte. */
    public byte int8() {
        require(1);
        int at = position++;
        return array == null ? body.getByte(at) : array[base + at];
    }

    /** A signed 16-bit number. */
    public int int16() {
        require(2);
        int at = position;
        position += 2;
        return array == null ? body.getShort(at) : (short) SHORT.get(array, base + at);
    }

    /** A count: an unsigned 16-bit number, as the server reads it. */
    public int count() {
        return int16() & 0xffff;
    }

    /** A signed 32-bit number. */
    public int int32() {
        require(4);
        int at = position;
        position += 4;
        return array == null ? body.getInt(at) : (int) INT.get(array, base + at);
    }

    /** A string up to its terminating zero byte, as UTF-8. */
    public String string() {
        int terminator = terminator();
        if (terminator < 0) {
            throw new ProtocolException(message + ": expected a zero-terminated string, found the end");
        }
        int from = position;
        int length = terminator - from;
        position = terminator + 1;
        if (length == 0) {
            return "";
        }
        return array == null
                ? body.toString(from, length, StandardCharsets.UTF_8)
                : new String(array, base + from, length, StandardCharsets.UTF_8);
    }

    /** Where the next zero byte is, -1 if there is none. */
    private int terminator() {
        if (array == null) {
            return position < end ? body.indexOf(position, end, (byte) 0) : -1;
        }
        for (int at = position; at < end; at++) {
            if (array[base + at] == 0) {
                return at;
            }
        }
        return -1;
    }

    /** A view of the next {@code length} bytes; shares them, retains nothing. */
    public ByteBuf bytes(int length) {
        if (length < 0) {
            throw new ProtocolException(message + ": expected a length of 0 or more, found " + length);
        }
        require(length);
        position += length;
        return body.slice(position - length, length);
    }

    private void require(int length) {
        if (length > end - position) {
            throw new ProtocolException(message + ": expected " + length + " more bytes, found " + (end - position));
        }
    }
}
