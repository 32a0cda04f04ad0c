package dev.understudy.pgwire.value;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** bit and varbit, in the binary format (bit_send): int32 count of bits, then these, the first one in the highest bit; the rest of the last byte is 0. */
final class Bits {
    private Bits() {}

    static @Nullable Value decode(ByteBuf bytes) {
        int rest = bytes.readableBytes() - Integer.BYTES;
        if (rest < 0) {
            return null;
        }
        long count = bytes.getInt(bytes.readerIndex());
        if (count < 0 || (count + 7) / 8 != rest) {
            return null;
        }
        int from = bytes.readerIndex() + Integer.BYTES;
        StringBuilder digits = new StringBuilder((int) Math.min(count, Integer.MAX_VALUE - 8));
        for (long i = 0; i < 8L * rest; i++) {
            boolean one = (bytes.getByte(from + (int) (i / 8)) & 0x80 >> (int) (i % 8)) != 0;
            if (i < count) {
                digits.append(one ? '1' : '0');
            } else if (one) {
                return null;
            }
        }
        return new Value.Bits(digits.toString());
    }

    static @Nullable Value decode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '0' && text.charAt(i) != '1') {
                return null;
            }
        }
        return new Value.Bits(text);
    }
}
