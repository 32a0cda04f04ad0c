package dev.understudy.diff.value;

import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * numeric in binary, as {@code numeric_send} writes it.
 *
 * <pre>
 * int16 ndigits | int16 weight | uint16 sign | int16 dscale | ndigits × int16, base 10,000
 * value = Σ digit[i] × 10,000^(weight − i)
 * </pre>
 */
final class NumericBinary {
    private static final int HEADER = 8;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int MINUS_INFINITY = 0xF000;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);

    private NumericBinary() {}

    /** The value; null if the bytes are no numeric. */
    static @Nullable Value decode(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int length = bytes.readableBytes();
        if (length < HEADER || length != HEADER + 2 * bytes.getUnsignedShort(at)) {
            return null;
        }
        int digits = bytes.getUnsignedShort(at);
        int weight = bytes.getShort(at + 2);
        int scale = bytes.getUnsignedShort(at + 6);
        return switch (bytes.getUnsignedShort(at + 4)) {
            case 0 -> decimal(bytes, at + HEADER, digits, weight, scale, false);
            case NEGATIVE -> decimal(bytes, at + HEADER, digits, weight, scale, true);
            case NAN -> new Value.Floating(Double.NaN, false);
            case INFINITY -> new Value.Floating(Double.POSITIVE_INFINITY, false);
            case MINUS_INFINITY -> new Value.Floating(Double.NEGATIVE_INFINITY, false);
            default -> null;
        };
    }

    private static Value decimal(ByteBuf bytes, int at, int digits, int weight, int scale, boolean negative) {
        BigInteger unscaled;
        if (digits <= 4) {
            long small = 0;
            for (int i = 0; i < digits; i++) {
                small = small * 10_000 + bytes.getShort(at + 2 * i);
            }
            unscaled = BigInteger.valueOf(small);
        } else {
            unscaled = BigInteger.ZERO;
            for (int i = 0; i < digits; i++) {
                unscaled = unscaled.multiply(BASE).add(BigInteger.valueOf(bytes.getShort(at + 2 * i)));
            }
        }
        int written = (digits - 1 - weight) * 4;
        BigDecimal value = digits == 0 ? BigDecimal.ZERO : new BigDecimal(unscaled, written);
        // The digits go by fours, so that they may be more than the scale shows; those beyond it are zeros.
        value = value.setScale(scale, RoundingMode.DOWN);
        return new Value.Decimal(negative ? value.negate() : value);
    }
}
