package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers: by value first, then by how they are written. */
final class NumberComparison {
    private static final RoundingMode[] ROUNDINGS = {RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.DOWN};
    /** Beyond this many units in the last place two floats are said to be far apart. */
    private static final double NEAR_ULPS = 4;

    private NumberComparison() {}

    static @Nullable ValueChange decimals(BigDecimal before, BigDecimal after) {
        if (before.compareTo(after) == 0) {
            return before.scale() == after.scale()
                    ? null
                    : new ValueChange(
                            DifferenceClass.VALUE_NUMERIC_SCALE, "scale " + before.scale() + " → " + after.scale());
        }
        if (isRounded(before, after)) {
            return new ValueChange(
                    DifferenceClass.VALUE_NUMERIC_ROUNDED, "rounded to " + after.scale() + " fractional digits");
        }
        if (isRounded(after, before)) {
            return new ValueChange(
                    DifferenceClass.VALUE_NUMERIC_ROUNDED, "was rounded to " + before.scale() + " fractional digits");
        }
        return new ValueChange(DifferenceClass.VALUE_NUMERIC, Buckets.delta(after.subtract(before)));
    }

    /** Whether {@code rounded} is {@code exact} with fewer digits. */
    private static boolean isRounded(BigDecimal exact, BigDecimal rounded) {
        int scale = rounded.scale();
        if (scale < 0 || exact.stripTrailingZeros().scale() <= scale) {
            return false;
        }
        for (RoundingMode rounding : ROUNDINGS) {
            if (exact.setScale(scale, rounding).compareTo(rounded) == 0) {
                return true;
            }
        }
        return false;
    }

    static @Nullable ValueChange floats(Value before, Value after) {
        double a = asDouble(before);
        double b = asDouble(after);
        if (isSame(before, after, a, b)) {
            return null;
        }
        if (Double.isNaN(a) || Double.isNaN(b) || Double.isInfinite(a) || Double.isInfinite(b)) {
            return new ValueChange(DifferenceClass.VALUE_FLOAT, special(a) + " → " + special(b));
        }
        if (a == b) {
            // 0 and -0, or a float and a numeric that only rounding to a float makes equal.
            return new ValueChange(DifferenceClass.VALUE_FLOAT, ValueChange.LAST_DIGITS);
        }
        boolean single =
                before instanceof Value.Floating f && f.single() || after instanceof Value.Floating g && g.single();
        double ulp = single ? Math.ulp((float) a) : Math.ulp(a);
        if (Math.abs(b - a) <= NEAR_ULPS * ulp) {
            return new ValueChange(DifferenceClass.VALUE_FLOAT, ValueChange.LAST_DIGITS);
        }
        return new ValueChange(
                DifferenceClass.VALUE_FLOAT, Buckets.delta(new BigDecimal(b).subtract(new BigDecimal(a))));
    }

    private static boolean isSame(Value before, Value after, double a, double b) {
        if (before instanceof Value.Floating && after instanceof Value.Floating) {
            return Double.compare(a, b) == 0;
        }
        if (Double.isNaN(a) || Double.isInfinite(a) || Double.isNaN(b) || Double.isInfinite(b)) {
            return false;
        }
        BigDecimal exact = before instanceof Value.Decimal d ? d.value() : ((Value.Decimal) after).value();
        Value.Floating floating = (Value.Floating) (before instanceof Value.Floating ? before : after);
        // A numeric that holds what the float prints is the same fact.
        return new BigDecimal(floating.text()).compareTo(exact) == 0;
    }

    private static String special(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? Double.toString(value) : "number";
    }

    private static double asDouble(Value value) {
        return value instanceof Value.Floating floating
                ? floating.value()
                : ((Value.Decimal) value).value().doubleValue();
    }
}
