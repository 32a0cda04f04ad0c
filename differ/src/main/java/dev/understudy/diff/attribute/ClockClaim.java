package dev.understudy.diff.attribute;

import dev.understudy.diff.value.Moment;
import dev.understudy.pgwire.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Two times that might each be the moment at which their side wrote them.
 *
 * @param left the left side's, microseconds since 1970
 * @param right the right side's
 * @param zoned whether both name a point in time; else both are local to one unknown zone
 */
public record ClockClaim(long left, long right, boolean zoned) {
    private static final long ZONE_STEP = 15L * 60 * 1_000_000;
    /** Zones reach from -12 to +14 hours. */
    private static final int MAX_ZONE_STEPS = 14 * 4;

    /** The claim of two values; null where they are no points in time. */
    static @Nullable ClockClaim of(Value left, Value right) {
        Moment before = Moment.spelled(left);
        Moment after = Moment.spelled(right);
        return before == null || after == null ? null : of(before, after);
    }

    /** The claim of two times; null where they are no points in time, or not alike. */
    static @Nullable ClockClaim of(Moment left, Moment right) {
        boolean comparable = left.kind() == right.kind() && !left.isInfinite() && !right.isInfinite();
        if (!comparable || !ClockValues.isOneFraction(left.micros(), right.micros())) {
            return null;
        }
        return switch (left.kind()) {
            case TIMESTAMPTZ -> new ClockClaim(left.micros(), right.micros(), true);
            case TIMESTAMP -> new ClockClaim(left.micros(), right.micros(), false);
            case DATE, TIME -> null;
        };
    }

    /** The same claim about times that both lie behind what a clock said by so many microseconds. */
    ClockClaim less(long micros) {
        return new ClockClaim(left - micros, right - micros, zoned);
    }

    /** Whether both sides could have written their time in this exchange. */
    boolean fits(Window leftWindow, Window rightWindow) {
        return anyZone((a, b) -> leftWindow.holds(a) && rightWindow.holds(b));
    }

    /** Whether both sides could have written their time in one exchange of the run. */
    public boolean fits(Timeline timeline) {
        return anyZone(timeline::explains);
    }

    /**
     * The same where the sides ran at times of their own, so that another exchange may seem to fit in a wrong zone: every
     * zone in which the left time is one of its exchanges must explain both.
     */
    boolean fitsInEveryZone(Timeline timeline) {
        if (zoned) {
            return timeline.explains(left, right);
        }
        boolean fits = false;
        for (int step = -MAX_ZONE_STEPS; step <= MAX_ZONE_STEPS; step++) {
            long shift = step * ZONE_STEP;
            if (timeline.explains(left + shift, right + shift)) {
                fits = true;
            } else if (timeline.ranOnLeft(left + shift)) {
                return false;
            }
        }
        return fits;
    }

    private interface Question {
        boolean holds(long left, long right);
    }

    /** Local times are tried in every zone, the same one on both sides: a shift between them stays a finding. */
    private boolean anyZone(Question question) {
        if (zoned) {
            return question.holds(left, right);
        }
        for (int step = -MAX_ZONE_STEPS; step <= MAX_ZONE_STEPS; step++) {
            if (question.holds(left + step * ZONE_STEP, right + step * ZONE_STEP)) {
                return true;
            }
        }
        return false;
    }
}
