package dev.understudy.pgwire.frame;

import io.netty.buffer.ByteBuf;

/**
 * Walks the message headers of one direction of a connection, across buffer boundaries, without assembling messages.
 *
 * <p>A message is a type byte, then a big-endian length that counts itself but not the type byte (protocol chapter
 * 55.7). Every byte value is accepted as a type: whether a type makes sense is the caller's decision. A length below
 * four cannot be followed; the walker is {@linkplain #isPoisoned() poisoned} from there on and never finds its way
 * back, because a guess about where the next message begins would turn data into commands.
 *
 * <p>Usage, once per buffer read:
 *
 * <pre>{@code
 * walker.begin(buf, buf.readerIndex(), buf.readableBytes());
 * while (walker.next()) {
 *     // walker.type() ended at walker.end(); the bytes before end() and after the last one belong to it
 * }
 * }</pre>
 *
 * <p>Borrows the buffer between {@link #begin} and the {@link #next} that answers {@code false}; moves no indexes and
 * retains nothing. Belongs to one thread. Never allocates.
 */
public final class MessageWalker {
    /** A message's header: one type byte and four length bytes. */
    public static final int HEADER_LENGTH = 5;

    private static final int LENGTH_FIELD_LENGTH = 4;

    private ByteBuf buf = io.netty.buffer.Unpooled.EMPTY_BUFFER;
    private int position;
    private int limit;

    private int headerBytes;
    private byte type;
    private int length;
    private int bodyRemaining;
    private int bodyLength;
    private int end;
    private boolean poisoned;

    /** Starts on the next {@code readable} bytes of the stream, found at {@code index} of {@code buffer}. */
    public void begin(ByteBuf buffer, int index, int readable) {
        buf = buffer;
        position = index;
        limit = index + readable;
    }

    /**
     * Advances to the end of the next message that is complete within the current buffer.
     *
     * @return {@code false} when the buffer is used up (a message may be under way) or the walker is poisoned
     */
    public boolean next() {
        if (poisoned) {
            return false;
        }
        while (position < limit) {
            if (headerBytes < HEADER_LENGTH) {
                if (headerBytes == 0 && limit - position >= HEADER_LENGTH) {
                    type = buf.getByte(position);
                    length = buf.getInt(position + 1);
                    position += HEADER_LENGTH;
                    headerBytes = HEADER_LENGTH;
                } else {
                    headerByte(buf.getByte(position++));
                }
                if (headerBytes == HEADER_LENGTH && !openBody()) {
                    return false;
                }
            } else {
                int step = Math.min(bodyRemaining, limit - position);
                position += step;
                bodyRemaining -= step;
            }
            if (headerBytes == HEADER_LENGTH && bodyRemaining == 0) {
                headerBytes = 0;
                end = position;
                return true;
            }
        }
        return false;
    }

    private void headerByte(byte value) {
        if (headerBytes == 0) {
            type = value;
            length = 0;
        } else {
            length = length << 8 | value & 0xff;
        }
        headerBytes++;
    }

    private boolean openBody() {
        if (length < LENGTH_FIELD_LENGTH) {
            poisoned = true;
            return false;
        }
        bodyLength = length - LENGTH_FIELD_LENGTH;
        bodyRemaining = bodyLength;
        return true;
    }

    /** The type byte of the message that just ended or, while one is under way with its type read, of that one. */
    public byte type() {
        return type;
    }

    /** The body length in bytes, header not counted, of the message that just ended. */
    public int bodyLength() {
        return bodyLength;
    }

    /** The buffer index just behind the message that {@link #next} found. */
    public int end() {
        return end;
    }

    /** Whether the stream so far ends exactly between two messages. */
    public boolean isBetweenMessages() {
        return headerBytes == 0 && !poisoned;
    }

    /** Whether a header was met that cannot be followed; final. */
    public boolean isPoisoned() {
        return poisoned;
    }
}
