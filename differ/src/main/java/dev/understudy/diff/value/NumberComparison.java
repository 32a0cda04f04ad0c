package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers: by value first, then by how they are written. */
final class NumberComparison {
    private static final RoundingMode[] ROUNDINGS = {RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.DOWN};
    /** Up to so many units in the last place, floats differ as the sums of one set in two orders do. */
    private static final double NEAR_ULPS = 4;

    /** The server's numeric has up to 131,072 digits before the point and 16,383 behind it. */
    private static final int MAX_SCALE = 131_072;

    private NumberComparison() {}

    static boolean isNumber(Value value) {
        return value instanceof Value.Int
                || value instanceof Value.Numeric
                || value instanceof Value.SpecialNumeric
                || value instanceof Value.FloatingPoint;
    }

    /** How one number became another; null where they mean the same, or nearly enough by the rules. */
    static @Nullable ValueChange change(Value before, Value after, ValueRules rules) {
        BigDecimal a = decimal(before);
        BigDecimal b = decimal(after);
        if (a != null && b != null) {
            return decimals(a, b, rules);
        }
        double x = floating(before);
        double y = floating(after);
        boolean special = !Double.isFinite(x) || !Double.isFinite(y);
        if (special ? Double.compare(x, y) == 0 : isWrittenTheSame(before, after, x, y)) {
            return null;
        }
        if (special) {
            boolean floats = before instanceof Value.FloatingPoint || after instanceof Value.FloatingPoint;
            return new ValueChange(
                    floats ? DifferenceClass.VALUE_FLOAT : DifferenceClass.VALUE_NUMERIC, name(x) + " → " + name(y));
        }
        if (isTolerated(before, after, x, y, rules)) {
            return null;
        }
        boolean near = x == y || Math.abs(y - x) <= NEAR_ULPS * ulp(x, y);
        return new ValueChange(
                DifferenceClass.VALUE_FLOAT,
                near ? ValueChange.LAST_DIGITS : Buckets.delta(new BigDecimal(y).subtract(new BigDecimal(x))));
    }

    private static boolean isTolerated(Value before, Value after, double x, double y, ValueRules rules) {
        double distance = Math.abs(y - x);
        ValueRules.Floats floats = rules.floats();
        BigDecimal absolute = rules.absolute();
        BigDecimal delta = absolute == null ? null : delta(before, after);
        return distance <= floats.ulps() * ulp(x, y) && floats.ulps() > 0
                || distance <= floats.relative() * Math.max(Math.abs(x), Math.abs(y)) && floats.relative() > 0
                || delta != null && absolute != null && delta.abs().compareTo(absolute) <= 0;
    }

    private static @Nullable ValueChange decimals(BigDecimal before, BigDecimal after, ValueRules rules) {
        if (before.compareTo(after) == 0) {
            return before.scale() == after.scale() || rules.ignoreNumericScale()
                    ? null
                    : new ValueChange(
                            DifferenceClass.VALUE_NUMERIC_SCALE, "scale " + before.scale() + " → " + after.scale());
        }
        BigDecimal absolute = rules.absolute();
        return absolute != null && after.subtract(before).abs().compareTo(absolute) <= 0
                ? null
                : another(before, after);
    }

    /** How a number became one that is not equal. */
    static ValueChange another(BigDecimal before, BigDecimal after) {
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

    /** What is added to one number so that it becomes the other, of floats as they are printed; null if not finite. */
    static @Nullable BigDecimal delta(Value before, Value after) {
        BigDecimal a = printed(before);
        BigDecimal b = printed(after);
        return a == null || b == null ? null : b.subtract(a);
    }

    private static @Nullable BigDecimal printed(Value value) {
        if (value instanceof Value.FloatingPoint floating && Double.isFinite(floating.value())) {
            double number = floating.value();
            return new BigDecimal(isSingle(number) ? Float.toString((float) number) : Double.toString(number));
        }
        return decimal(value);
    }

    /** A number of a JSON document; null where calculating with it would take too much. */
    static @Nullable BigDecimal parse(String written) {
        try {
            BigDecimal number = new BigDecimal(written);
            return Math.abs((long) number.scale()) > MAX_SCALE ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
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

    private static @Nullable BigDecimal decimal(Value value) {
        if (value instanceof Value.Int integer) {
            return BigDecimal.valueOf(integer.value());
        }
        return value instanceof Value.Numeric numeric ? numeric.value() : null;
    }

    private static double floating(Value value) {
        if (value instanceof Value.FloatingPoint floating) {
            return floating.value();
        }
        if (value instanceof Value.SpecialNumeric special) {
            return switch (special) {
                case NAN -> Double.NaN;
                case INFINITY -> Double.POSITIVE_INFINITY;
                case MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
            };
        }
        BigDecimal decimal = decimal(value);
        return decimal == null ? Double.NaN : decimal.doubleValue();
    }

    /** A decimal that holds what the float prints is the same fact; floats are the same if their bits are. */
    private static boolean isWrittenTheSame(Value before, Value after, double x, double y) {
        BigDecimal a = decimal(before);
        BigDecimal b = decimal(after);
        if (a == null && b == null) {
            return Double.compare(x, y) == 0;
        }
        BigDecimal exact = a == null ? b : a;
        double printed = a == null ? x : y;
        return exact != null
                && (new BigDecimal(Double.toString(printed)).compareTo(exact) == 0
                        || isSingle(printed) && new BigDecimal(Float.toString((float) printed)).compareTo(exact) == 0);
    }

    private static double ulp(double x, double y) {
        return isSingle(x) && isSingle(y) ? Math.ulp((float) x) : Math.ulp(x);
    }

    private static boolean isSingle(double value) {
        return (float) value == value;
    }

    private static String name(double value) {
        return Double.isFinite(value) ? "number" : Double.toString(value);
    }
}
