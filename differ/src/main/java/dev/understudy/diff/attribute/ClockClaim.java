package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.value.Moment;
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

    /** The claim of a difference between two times; null where it is about anything else. */
    static @Nullable ClockClaim of(Difference difference) {
        if (!difference.type().isValue() || difference.type() == DifferenceClass.VALUE_JSON_PATH) {
            return null;
        }
        Moment left = Moment.spelled(difference.left());
        Moment right = Moment.spelled(difference.right());
        if (left == null || right == null || left.kind() != right.kind() || left.isInfinite() || right.isInfinite()) {
            return null;
        }
        return switch (left.kind()) {
            case TIMESTAMPTZ -> new ClockClaim(left.micros(), right.micros(), true);
            case TIMESTAMP -> new ClockClaim(left.micros(), right.micros(), false);
            case DATE, TIME -> null;
        };
    }

    /** Whether both sides could have written their time in this exchange. */
    boolean fits(Window leftWindow, Window rightWindow) {
        return anyZone((a, b) -> leftWindow.holds(a) && rightWindow.holds(b));
    }

    /** Whether both sides could have written their time in one exchange of the run. */
    public boolean fits(Timeline timeline) {
        return anyZone(timeline::explains);
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
