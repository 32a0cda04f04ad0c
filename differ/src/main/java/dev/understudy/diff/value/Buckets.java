package dev.understudy.diff.value;

import java.math.BigDecimal;

/**
 * Signed magnitudes, so that a change of many rows is few groups: a power of ten stands for itself ({@code +1},
 * {@code -0.01}); what lies between two of them is named by the lower one ({@code +10…} is 10 to 100).
 */
public final class Buckets {
    private Buckets() {}

    /** The bucket of a difference that is not 0. */
    public static String delta(BigDecimal delta) {
        BigDecimal magnitude = delta.abs();
        int exponent = magnitude.precision() - magnitude.scale() - 1;
        BigDecimal lower = BigDecimal.ONE.scaleByPowerOfTen(exponent);
        String sign = delta.signum() < 0 ? "-" : "+";
        String name = Math.abs(exponent) > 12 ? "1e" + exponent : lower.toPlainString();
        return sign + name + (magnitude.compareTo(lower) == 0 ? "" : "…");
    }

    /** The bucket of a difference that is not 0. */
    public static String delta(long delta) {
        return delta(BigDecimal.valueOf(delta));
    }
}
