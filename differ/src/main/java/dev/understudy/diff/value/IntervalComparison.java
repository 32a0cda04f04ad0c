package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Intervals: months, days and time apart, since a month is no number of days, nor a day one of hours. */
final class IntervalComparison {
    private IntervalComparison() {}

    /** How one interval became one that is not equal. */
    static ValueChange change(Value.Interval before, Value.Interval after) {
        if (isInfinite(before) || isInfinite(after)) {
            return shift(name(before) + " → " + name(after));
        }
        List<String> fields = new ArrayList<>();
        if (before.months() != after.months()) {
            fields.add("months");
        }
        if (before.days() != after.days()) {
            fields.add("days");
        }
        if (before.micros() != after.micros()) {
            fields.add("time");
        }
        if (fields.size() > 1) {
            return new ValueChange(DifferenceClass.VALUE_TEXT, String.join(" and ", fields));
        }
        return switch (fields.get(0)) {
            case "months" -> shift(Buckets.delta((long) after.months() - before.months()) + " mon");
            case "days" -> shift(Buckets.delta((long) after.days() - before.days()) + " d");
            default -> MomentComparison.another(before.micros(), after.micros(), true);
        };
    }

    private static ValueChange shift(String transition) {
        return new ValueChange(DifferenceClass.VALUE_TIMESTAMP_SHIFT, transition);
    }

    private static boolean isInfinite(Value.Interval interval) {
        return interval.equals(Value.Interval.INFINITY) || interval.equals(Value.Interval.MINUS_INFINITY);
    }

    private static String name(Value.Interval interval) {
        return isInfinite(interval) ? interval.text() : "interval";
    }
}
