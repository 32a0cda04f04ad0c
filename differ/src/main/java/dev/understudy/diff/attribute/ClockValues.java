package dev.understudy.diff.attribute;

import dev.understudy.diff.value.Moment;
import dev.understudy.diff.value.Moment.Kind;
import dev.understudy.pgwire.value.Value;
import java.math.BigDecimal;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether two values are what two sides' clocks said in one exchange, or were computed from it. What is computed moves
 * with the clocks: the difference of the two values must be that of the clocks, to within the exchange's own time.
 * Immutable.
 */
final class ClockValues {
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;
    private static final long ZONE_STEP = 900 * SECOND;
    /** Zones reach from -12 to +14 hours. */
    private static final int MAX_ZONE_STEPS = 14 * 4;
    /** What date_trunc leaves of a time: a second, a minute, an hour, a day. */
    private static final long[] UNITS = {SECOND, 60 * SECOND, 3_600 * SECOND, DAY};
    /** How many microseconds a number may count: seconds, thousandths, millionths. */
    private static final long[] SCALES = {SECOND, 1_000, 1};
    /** Seconds since 1970 of 1973: smaller numbers count something else. */
    private static final BigDecimal LEAST_EPOCH = BigDecimal.valueOf(100_000_000);

    private final Window left;
    private final Window right;

    ClockValues(Window left, Window right) {
        this.left = left;
        this.right = right;
    }

    /** Whether both are the time at which their side answered, by themselves. */
    boolean areStamps(Value a, Value b) {
        Moment before = Moment.spelled(a);
        Moment after = Moment.spelled(b);
        if (before != null && after != null) {
            ClockClaim claim = ClockClaim.of(before, after);
            return claim != null && claim.fits(left, right);
        }
        BigDecimal x = number(a);
        BigDecimal y = number(b);
        return x != null && y != null && areEpochs(x, y);
    }

    private boolean areEpochs(BigDecimal x, BigDecimal y) {
        for (long scale : SCALES) {
            BigDecimal factor = BigDecimal.valueOf(scale);
            BigDecimal least = LEAST_EPOCH.multiply(BigDecimal.valueOf(SECOND / scale));
            if (x.compareTo(least) >= 0
                    && left.holds(x.multiply(factor).longValue())
                    && right.holds(y.multiply(factor).longValue())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether both may have been computed from the clock, which the statement is known to ask.
     *
     * @param expression what the statement computes, normalised; it tells what a number counts
     */
    boolean areDerived(Value a, Value b, String expression) {
        Moment before = Moment.spelled(a);
        Moment after = Moment.spelled(b);
        if (before != null && after != null) {
            return before.kind() == after.kind()
                    && !before.isInfinite()
                    && !after.isInfinite()
                    && areDerived(before.kind(), before.micros(), after.micros());
        }
        if (a instanceof Value.Interval x && b instanceof Value.Interval y) {
            long moved = (y.days() - x.days()) * DAY + (y.micros() - x.micros());
            return x.months() == y.months()
                    && (isClocksShift(moved, 0) || isClocksShift(-moved, 0) || isDays(moved) || isDays(-moved));
        }
        BigDecimal x = number(a);
        BigDecimal y = number(b);
        return x != null && y != null && expression.contains("epoch") && areNumbers(x, y, scale(expression));
    }

    private boolean areDerived(Kind kind, long before, long after) {
        long moved = after - before;
        return switch (kind) {
            case TIMESTAMP, TIMESTAMPTZ ->
                isOneFraction(before, after) && isClocksShift(moved, 0) || areTruncated(before, after);
            case DATE -> isDays(moved);
            case TIME -> isClocksShift(moved, 0) || isClocksShift(moved + DAY, 0) || isClocksShift(moved - DAY, 0);
        };
    }

    /** A time in whole seconds beside one that is none was rounded by one side alone. */
    static boolean isOneFraction(long before, long after) {
        return before % SECOND == 0 == (after % SECOND == 0);
    }

    private boolean isClocksShift(long moved, long slack) {
        long least = right.from() - left.to() - Window.TOLERANCE_MICROS - slack;
        long most = right.to() - left.from() + Window.TOLERANCE_MICROS + slack;
        return moved >= least && moved <= most;
    }

    /** Whether both are the beginning of the second, minute, hour or day of the exchange, in one zone. */
    private boolean areTruncated(long before, long after) {
        for (long unit : UNITS) {
            if (anyZone(zone -> isBeginning(before, left, unit, zone) && isBeginning(after, right, unit, zone))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBeginning(long micros, Window window, long unit, long zone) {
        long least = Math.floorDiv(window.from() - Window.TOLERANCE_MICROS + zone, unit) * unit - zone;
        long most = Math.floorDiv(window.to() + Window.TOLERANCE_MICROS + zone, unit) * unit - zone;
        return Math.floorMod(micros + zone, unit) == 0 && micros >= least && micros <= most;
    }

    /** Whether so many days passed between the two clocks, in one zone. */
    private boolean isDays(long moved) {
        return moved % DAY == 0
                && anyZone(zone -> {
                    long least = day(right.from(), zone) - day(left.to(), zone);
                    long most = day(right.to(), zone) - day(left.from(), zone);
                    return moved / DAY >= least && moved / DAY <= most;
                });
    }

    private static long day(long micros, long zone) {
        return Math.floorDiv(micros + zone, DAY);
    }

    private static boolean anyZone(LongPredicate holds) {
        for (int step = -MAX_ZONE_STEPS; step <= MAX_ZONE_STEPS; step++) {
            if (holds.test(step * ZONE_STEP)) {
                return true;
            }
        }
        return false;
    }

    /** How many microseconds a number counts that is made of an epoch's seconds. */
    private static long scale(String expression) {
        return expression.contains("* 1000000") ? 1 : expression.contains("* 1000") ? 1_000 : SECOND;
    }

    /** Numbers that count seconds or parts of them; whole ones were cut. */
    private boolean areNumbers(BigDecimal before, BigDecimal after, long scale) {
        BigDecimal micros = after.subtract(before).multiply(BigDecimal.valueOf(scale));
        if (micros.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 4)) >= 0) {
            return false;
        }
        boolean whole = before.stripTrailingZeros().scale() <= 0
                && after.stripTrailingZeros().scale() <= 0;
        long shift = micros.longValue();
        long slack = whole ? scale : 0;
        return isClocksShift(shift, slack) || isClocksShift(-shift, slack);
    }

    private static @Nullable BigDecimal number(Value value) {
        if (value instanceof Value.Int integer) {
            return BigDecimal.valueOf(integer.value());
        }
        if (value instanceof Value.FloatingPoint floating && Double.isFinite(floating.value())) {
            return BigDecimal.valueOf(floating.value());
        }
        return value instanceof Value.Numeric numeric ? numeric.value() : null;
    }
}
