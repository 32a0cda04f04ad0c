package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Reads a message's body field by field, never past its end: every field that is missing is a {@link ProtocolException}
 * that names the message.
 *
 * <p>Borrows the buffer (readerIndex to writerIndex when constructed) and moves no indexes of it. Belongs to one
 * thread.
 */
public final class BodyReader {
    private final ByteBuf body;
    private final String message;
    private final int end;
    private int position;

    /** Starts at the body's first byte; {@code message} names it in errors. */
    public BodyReader(ByteBuf body, String message) {
        this.body = body;
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
        return body.getByte(position++);
    }

    /** A signed 16-bit number. */
    public int int16() {
        require(2);
        position += 2;
        return body.getShort(position - 2);
    }

    /** A count: an unsigned 16-bit number, as the server reads it. */
    public int count() {
        require(2);
        position += 2;
        return body.getUnsignedShort(position - 2);
    }

    /** A signed 32-bit number. */
    public int int32() {
        require(4);
        position += 4;
        return body.getInt(position - 4);
    }

    /** A string up to its terminating zero byte, as UTF-8. */
    public String string() {
        int terminator = position < end ? body.indexOf(position, end, (byte) 0) : -1;
        if (terminator < 0) {
            throw new ProtocolException(message + ": expected a zero-terminated string, found the end");
        }
        String value =
                terminator == position ? "" : body.toString(position, terminator - position, StandardCharsets.UTF_8);
        position = terminator + 1;
        return value;
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
