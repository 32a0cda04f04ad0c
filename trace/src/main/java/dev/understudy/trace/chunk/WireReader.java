package dev.understudy.trace.chunk;

import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the primitives that {@link WireWriter} draws. Nothing is allocated on the word of a length alone: lengths and
 * counts are held against the bytes at hand first. Every error is a {@link ChunkFormatException} that names the place.
 * Belongs to one thread; for this module's codecs, not for others.
 */
public final class WireReader {
    private static final int LARGEST_VARINT = 10;
    /** A lying count costs no more than this before its first missing element is noticed. */
    private static final int FIRST_CAPACITY = 1024;

    private static final char REPLACEMENT = '\ufffd';

    private final String what;
    private final ByteBuf source;
    private final int end;
    private int position;

    /** A reader of the readable bytes of a heap buffer, which it borrows; {@code what} is named in errors. */
    public WireReader(String what, ByteBuf source) {
        this(what, source, source.readerIndex(), source.writerIndex());
    }

    private WireReader(String what, ByteBuf source, int position, int end) {
        this.what = what;
        this.source = source;
        this.position = position;
        this.end = end;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - position;
    }

    /** A reader of the next {@code length} bytes only, over which this one steps. */
    WireReader part(int length) {
        require(length, "an entry of " + length + " bytes");
        WireReader part = new WireReader(what, source, position, position + length);
        position += length;
        return part;
    }

    /** The error of having expected something here. */
    public ChunkFormatException expected(String expected) {
        return expected(expected, position);
    }

    private ChunkFormatException expected(String expected, int at) {
        return new ChunkFormatException(what + ": expected " + expected + " at byte " + (at - source.readerIndex()));
    }

    /** Checks that everything was read. */
    public void expectEnd(String of) {
        if (position != end) {
            throw expected("the end of " + of + " (" + remaining() + " bytes are left)");
        }
    }

    /** Reads one byte, unsigned. */
    public int u8(String name) {
        require(1, name);
        return source.getUnsignedByte(position++);
    }

    /** Reads four bytes. */
    public int i32(String name) {
        require(Integer.BYTES, name);
        int value = source.getInt(position);
        position += Integer.BYTES;
        return value;
    }

    /** Reads eight bytes. */
    public long i64(String name) {
        require(Long.BYTES, name);
        long value = source.getLong(position);
        position += Long.BYTES;
        return value;
    }

    /** Reads an unsigned number; values above {@link Long#MAX_VALUE} come out negative. */
    public long varint(String name) {
        int at = position;
        long value = 0;
        for (int i = 0; i < LARGEST_VARINT; i++) {
            require(1, name);
            byte next = source.getByte(position++);
            value |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                if (i == LARGEST_VARINT - 1 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw expected(name + " as a number of at most 64 bits", at);
    }

    /** Reads a signed number. */
    public long zigzag(String name) {
        long value = varint(name);
        return value >>> 1 ^ -(value & 1);
    }

    /** Reads an unsigned number that must fit a non-negative {@code int}. */
    public int size(String name) {
        int at = position;
        return (int) inRange(varint(name), 0, Integer.MAX_VALUE, name, at);
    }

    /** Reads a signed number that must fit an {@code int}. */
    public int int32(String name) {
        int at = position;
        return (int) inRange(zigzag(name), Integer.MIN_VALUE, Integer.MAX_VALUE, name, at);
    }

    /** Reads an unsigned 32-bit number. */
    public int u32(String name) {
        int at = position;
        return (int) inRange(varint(name), 0, 0xffff_ffffL, name, at);
    }

    /** Reads one UTF-16 unit. */
    public char character(String name) {
        int at = position;
        return (char) inRange(varint(name), 0, Character.MAX_VALUE, name, at);
    }

    /** Reads a truth value. */
    public boolean bool(String name) {
        int value = u8(name);
        if (value > 1) {
            throw expected(name + " as 0 or 1, not " + value, position - 1);
        }
        return value == 1;
    }

    /** Reads an enum's ordinal. */
    public <E extends Enum<E>> E ordinal(E[] values, String name) {
        int at = position;
        return values[(int) inRange(varint(name), 0, values.length - 1, name, at)];
    }

    /** Reads a transaction status. */
    public TransactionStatus status(String name) {
        byte code = (byte) u8(name);
        TransactionStatus status = TransactionStatus.of(code);
        if (status.code() != code) {
            throw expected(name + " as I, T, E or ?, not " + code, position - 1);
        }
        return status;
    }

    /** Reads length and content: a view of the source. */
    public ByteBuf bytes(String name) {
        int length = length(name);
        if (length == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf view = source.slice(position, length);
        position += length;
        return view;
    }

    /** Reads all that is left: a view of the source. */
    public ByteBuf rest() {
        ByteBuf view = source.slice(position, remaining());
        position = end;
        return view;
    }

    /** Reads a buffer that may be missing. */
    public @Nullable ByteBuf optionalBytes(String name) {
        return bool(name) ? bytes(name) : null;
    }

    /** Reads length and text. */
    public String string(String name) {
        int length = length(name);
        String text = source.toString(position, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(text, length)) {
            throw expected(name + " in UTF-8");
        }
        position += length;
        return text;
    }

    /** Reads a text that may be missing. */
    public @Nullable String optionalString(String name) {
        return bool(name) ? string(name) : null;
    }

    /** Reads a list whose elements take at least one byte each. */
    public <T> List<T> list(String name, Function<WireReader, T> element) {
        int count = count(name);
        if (count == 0) {
            return List.of();
        }
        List<T> list = new ArrayList<>(Math.min(count, FIRST_CAPACITY));
        for (int i = 0; i < count; i++) {
            list.add(element.apply(this));
        }
        return list;
    }

    /** Reads a list of texts. */
    public List<String> strings(String name) {
        return list(name, in -> in.string(name));
    }

    /** Reads a list of signed numbers. */
    public List<Integer> integers(String name) {
        return list(name, in -> in.int32(name));
    }

    /** Reads a map with text keys, in the order written. */
    public <V> Map<String, V> map(String name, Function<WireReader, V> value) {
        int count = count(name);
        Map<String, V> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            int at = position;
            String key = string(name);
            if (map.put(key, value.apply(this)) != null) {
                throw expected("every key of " + name + " once, not again " + key, at);
            }
        }
        return map;
    }

    /** Reads a map of texts, in the order written. */
    public Map<String, String> stringMap(String name) {
        return map(name, in -> in.string(name));
    }

    /** Reads how many elements follow, of at least one byte each. */
    public int count(String name) {
        int at = position;
        int count = size(name);
        if (count > remaining()) {
            throw expected("at most " + remaining() + " of " + name + ", as there are no more bytes, not " + count, at);
        }
        return count;
    }

    private int length(String name) {
        int length = size(name);
        require(length, length + " bytes of " + name);
        return length;
    }

    private boolean isUtf8(String text, int length) {
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        return again.length == length && source.slice(position, length).equals(Unpooled.wrappedBuffer(again));
    }

    private long inRange(long value, long low, long high, String name, int at) {
        if (value < low || value > high) {
            throw expected(name + " from " + low + " to " + high + ", not " + value, at);
        }
        return value;
    }

    private void require(int bytes, String name) {
        if (bytes > remaining()) {
            throw expected(name + ", cut off after " + remaining() + " bytes,");
        }
    }
}
