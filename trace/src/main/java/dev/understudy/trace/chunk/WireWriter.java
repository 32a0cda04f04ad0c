package dev.understudy.trace.chunk;

import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The format's primitives, written to a buffer that grows up to a limit and is reused. Belongs to one thread; for this
 * module's codecs, not for others.
 *
 * <pre>
 * u8        1 byte
 * i32, i64  big-endian, fixed
 * varint    7 bits per byte, the lowest first, the high bit set on all but the last; unsigned, at most 10 bytes
 * zigzag    a signed number n as varint (n &lt;&lt; 1) ^ (n &gt;&gt; 63)
 * u32       an unsigned 32-bit number (an OID) as varint
 * char      a UTF-16 unit as varint
 * bool      u8 0 or 1
 * bytes     varint length, then the bytes
 * string    bytes in UTF-8
 * optional  bool presence, then the value if present
 * list      varint count, then the elements
 * map       varint count, then key and value strings, ascending by key
 * </pre>
 */
public final class WireWriter {
    private static final int LARGEST_VARINT = 10;

    private final int limit;
    private byte[] buffer;
    private int position;

    /** A writer of at most {@code limit} bytes. */
    public WireWriter(int initial, int limit) {
        this.limit = limit;
        this.buffer = new byte[Math.min(initial, limit)];
    }

    /** How many bytes were written. */
    public int position() {
        return position;
    }

    /** Forgets what was written after {@code earlier}. */
    void rewind(int earlier) {
        position = earlier;
    }

    /** Leaves room for {@code bytes} that are written later. */
    void skip(int bytes) {
        ensure(bytes);
        position += bytes;
    }

    /** Moves what stands from {@code from} to the end by {@code distance}, which may be negative. */
    void shift(int from, int distance) {
        if (distance > 0) {
            ensure(distance);
        }
        System.arraycopy(buffer, from, buffer, from + distance, position - from);
        position += distance;
    }

    /** A copy of what was written, after {@code room} empty bytes. */
    public byte[] copy(int room) {
        byte[] copy = new byte[room + position];
        System.arraycopy(buffer, 0, copy, room, position);
        return copy;
    }

    /** Starts anew, and lets go of a buffer that grew beyond {@code keptBytes}. */
    public void reset(int keptBytes) {
        if (buffer.length > keptBytes) {
            buffer = new byte[keptBytes];
        }
        position = 0;
    }

    /**
     * Writes all or nothing.
     *
     * @throws IllegalArgumentException if it exceeds the limit
     */
    public void transaction(Runnable writing) {
        int start = position;
        try {
            writing.run();
        } catch (WireOverflow overflow) {
            position = start;
            throw new IllegalArgumentException("limit=" + limit + " bytes is exceeded, after " + start, overflow);
        }
    }

    /** Writes one byte. */
    public void u8(int value) {
        ensure(1);
        buffer[position++] = (byte) value;
    }

    /** Writes four bytes. */
    public void i32(int value) {
        ensure(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer[position++] = (byte) (value >>> shift);
        }
    }

    /** Writes eight bytes. */
    public void i64(long value) {
        i32((int) (value >>> 32));
        i32((int) value);
    }

    /** Writes an unsigned number. */
    public void varint(long value) {
        ensure(LARGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[position++] = (byte) rest;
    }

    /** Writes a varint at a place that was left free for it. */
    void varintAt(int place, int value) {
        int end = position;
        position = place;
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            buffer[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[position] = (byte) rest;
        position = end;
    }

    /** Writes a signed number. */
    public void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    /** Writes an unsigned 32-bit number. */
    public void u32(int value) {
        varint(Integer.toUnsignedLong(value));
    }

    /** Writes one UTF-16 unit. */
    public void character(char value) {
        varint(value);
    }

    /** Writes a truth value. */
    public void bool(boolean value) {
        u8(value ? 1 : 0);
    }

    /** Writes an enum's ordinal. */
    public void ordinal(Enum<?> value) {
        varint(value.ordinal());
    }

    /** Writes a transaction status as its protocol byte. */
    public void status(TransactionStatus status) {
        u8(status.code());
    }

    /** Writes length and content; the buffer's indexes stay as they are. */
    public void bytes(ByteBuf bytes) {
        int length = bytes.readableBytes();
        varint(length);
        ensure(length);
        bytes.getBytes(bytes.readerIndex(), buffer, position, length);
        position += length;
    }

    /** Writes a buffer that may be missing. */
    public void optionalBytes(@Nullable ByteBuf bytes) {
        bool(bytes != null);
        if (bytes != null) {
            bytes(bytes);
        }
    }

    /** Writes length and text. */
    public void string(String text) {
        int length = text.length();
        int start = position;
        varint(length);
        ensure(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                position = start;
                encoded(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            buffer[position++] = (byte) c;
        }
    }

    /** Writes a text that may be missing. */
    public void optionalString(@Nullable String text) {
        bool(text != null);
        if (text != null) {
            string(text);
        }
    }

    /** Writes a list. */
    public <T> void list(List<T> list, BiConsumer<WireWriter, T> element) {
        varint(list.size());
        list.forEach(each -> element.accept(this, each));
    }

    /** Writes a list of texts. */
    public void strings(List<String> texts) {
        varint(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            string(texts.get(i));
        }
    }

    /** Writes a list of signed numbers. */
    public void integers(List<Integer> numbers) {
        varint(numbers.size());
        for (Integer number : numbers) {
            zigzag(number);
        }
    }

    /** Writes a map of texts. */
    public void stringMap(Map<String, String> map) {
        varint(map.size());
        new TreeMap<>(map).forEach((key, value) -> {
            string(key);
            string(value);
        });
    }

    private void encoded(byte[] utf8) {
        varint(utf8.length);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, buffer, position, utf8.length);
        position += utf8.length;
    }

    private void ensure(int more) {
        if (more > buffer.length - position) {
            grow(more);
        }
    }

    private void grow(int more) {
        if (more > limit - position) {
            throw WireOverflow.INSTANCE;
        }
        long doubled = Math.max(buffer.length * 2L, (long) position + more);
        buffer = Arrays.copyOf(buffer, (int) Math.min(doubled, limit));
    }
}
