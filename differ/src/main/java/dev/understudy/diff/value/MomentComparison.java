package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.value.Moment.Kind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Dates and times: by the point they name, then by what moved. */
final class MomentComparison {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    /** Zones differ by multiples of this. */
    private static final long ZONE_STEP = 15 * MINUTE;
    /** Zones reach from -12 to +14 hours, so that two differ by no more than this. */
    private static final long MAX_ZONE_SHIFT = 26 * HOUR;
    /** Fractional digits to which a time may have been cut: microseconds per unit. */
    private static final long[] PRECISIONS = {10, 100, 1_000, 10_000, 100_000, SECOND};

    private MomentComparison() {}

    static @Nullable ValueChange change(Moment before, Moment after) {
        if (before.micros() == after.micros()) {
            return null;
        }
        if (before.isInfinite() || after.isInfinite()) {
            return new ValueChange(DifferenceClass.VALUE_TIMESTAMP_SHIFT, label(before) + " → " + label(after));
        }
        return another(before.micros(), after.micros(), before.kind() != Kind.DATE && after.kind() != Kind.DATE);
    }

    /** How so many microseconds became others; {@code rounded} is whether they may have lost fractional digits. */
    static ValueChange another(long before, long after, boolean rounded) {
        String precision = rounded ? precision(before, after) : null;
        return precision != null
                ? new ValueChange(DifferenceClass.VALUE_TIMESTAMP_PRECISION, precision)
                : new ValueChange(DifferenceClass.VALUE_TIMESTAMP_SHIFT, shift(before, after));
    }

    private static String label(Moment moment) {
        return !moment.isInfinite() ? "time" : moment.micros() > 0 ? "infinity" : "-infinity";
    }

    private static @Nullable String precision(long before, long after) {
        for (int i = 0; i < PRECISIONS.length; i++) {
            int digits = PRECISIONS.length - 1 - i;
            if (isCut(before, after, PRECISIONS[i])) {
                return "cut to " + digits + " fractional digits";
            }
            if (isCut(after, before, PRECISIONS[i])) {
                return "was cut to " + digits + " fractional digits";
            }
        }
        return null;
    }

    /** Whether {@code cut} is {@code exact}, rounded or truncated to the unit. */
    private static boolean isCut(long exact, long cut, long unit) {
        return Math.floorMod(cut, unit) == 0
                && Math.floorMod(exact, unit) != 0
                && Math.abs(exact - cut) < unit
                && (Math.floorDiv(exact, unit) * unit == cut || Math.abs(exact - cut) <= unit / 2);
    }

    private static String shift(long before, long after) {
        long micros = after - before;
        if ((after ^ before) < 0 && (micros ^ after) < 0) {
            return (after < before ? "-" : "+") + "more than 292,000 years";
        }
        if (micros % DAY == 0) {
            return Buckets.delta(micros / DAY) + " d";
        }
        long magnitude = Math.abs(micros);
        if (micros % ZONE_STEP == 0 && magnitude <= MAX_ZONE_SHIFT) {
            String sign = micros < 0 ? "-" : "+";
            long minutes = magnitude % HOUR / MINUTE;
            return sign + magnitude / HOUR + " h" + (minutes == 0 ? "" : " " + minutes + " min");
        }
        return Buckets.delta(BigDecimal.valueOf(micros, 6)) + " s";
    }
}
