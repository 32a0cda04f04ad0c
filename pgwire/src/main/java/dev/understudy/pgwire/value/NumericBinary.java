package dev.understudy.pgwire.value;

import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * numeric in the binary format (numeric_send): int16 ndigits, weight, sign, dscale, then ndigits base-10000 digits; the
 * first digit counts 10000^weight.
 */
final class NumericBinary {
    private static final int HEADER_LENGTH = 8;
    private static final int DECIMAL_DIGITS = 4;
    private static final int BASE = 10_000;
    /** The server's bound for dscale. */
    private static final int MAX_SCALE = 16_383;

    private NumericBinary() {}

    static @Nullable Value decode(ByteBuf bytes) {
        if (bytes.readableBytes() < HEADER_LENGTH) {
            return null;
        }
        int at = bytes.readerIndex();
        int digits = bytes.getUnsignedShort(at);
        int weight = bytes.getShort(at + 2);
        int scale = bytes.getUnsignedShort(at + 6);
        if (bytes.readableBytes() != HEADER_LENGTH + 2 * digits || scale > MAX_SCALE) {
            return null;
        }
        return switch (bytes.getUnsignedShort(at + 4)) {
            case 0x0000 -> finite(bytes, digits, weight, scale, false);
            case 0x4000 -> finite(bytes, digits, weight, scale, true);
            case 0xC000 -> Value.SpecialNumeric.NAN;
            case 0xD000 -> Value.SpecialNumeric.INFINITY;
            case 0xF000 -> Value.SpecialNumeric.MINUS_INFINITY;
            default -> null;
        };
    }

    private static @Nullable Value finite(ByteBuf bytes, int digits, int weight, int scale, boolean negative) {
        char[] decimal = new char[1 + DECIMAL_DIGITS * Math.max(digits, 1)];
        Arrays.fill(decimal, '0');
        decimal[0] = negative ? '-' : '+';
        for (int i = 0; i < digits; i++) {
            int digit = bytes.getUnsignedShort(bytes.readerIndex() + HEADER_LENGTH + 2 * i);
            if (digit >= BASE) {
                return null;
            }
            for (int j = DECIMAL_DIGITS; j > 0; j--) {
                decimal[DECIMAL_DIGITS * i + j] = (char) ('0' + digit % 10);
                digit /= 10;
            }
        }
        int sent = digits == 0 ? 0 : DECIMAL_DIGITS * (digits - 1 - weight);
        BigDecimal exact = new BigDecimal(new BigDecimal(decimal).unscaledValue(), sent);
        // digits behind the display scale are zeros; anything else is no numeric that a server writes
        return exact.stripTrailingZeros().scale() > scale ? null : new Value.Numeric(exact.setScale(scale));
    }
}
