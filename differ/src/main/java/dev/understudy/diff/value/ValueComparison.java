package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.value.Value.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether two values mean the same, and what to call it where they do not. */
public final class ValueComparison {
    private ValueComparison() {}

    /** How {@code before} became {@code after}, null standing for SQL NULL; empty where they mean the same. */
    public static List<ValueChange> changes(@Nullable Value before, @Nullable Value after) {
        if (before == null || after == null) {
            return nulls(before, after);
        }
        if (before instanceof Value.Json a && after instanceof Value.Json b) {
            return JsonComparison.changes(a, b);
        }
        if (before instanceof Value.Array a && after instanceof Value.Array b) {
            return ArrayComparison.changes(a, b);
        }
        ValueChange change = scalar(before, after);
        return change == null ? List.of() : List.of(change);
    }

    private static List<ValueChange> nulls(@Nullable Value before, @Nullable Value after) {
        if (before == null && after == null) {
            return List.of();
        }
        Value value = before == null ? after : before;
        boolean appeared = before == null;
        if (value instanceof Value.Text text && text.value().isEmpty()) {
            return List.of(
                    new ValueChange(DifferenceClass.VALUE_EMPTY_NULL_SWAP, appeared ? "NULL → ''" : "'' → NULL"));
        }
        return List.of(
                appeared
                        ? new ValueChange(DifferenceClass.VALUE_NULL_TO_VALUE, "NULL → value")
                        : new ValueChange(DifferenceClass.VALUE_VALUE_TO_NULL, "value → NULL"));
    }

    private static @Nullable ValueChange scalar(Value before, Value after) {
        if (before instanceof Value.Decimal a && after instanceof Value.Decimal b) {
            return NumberComparison.decimals(a.value(), b.value());
        }
        if (isNumber(before) && isNumber(after)) {
            return NumberComparison.floats(before, after);
        }
        if (before instanceof Moment a && after instanceof Moment b) {
            return MomentComparison.change(a, b);
        }
        if (before instanceof Value.Label || after instanceof Value.Label) {
            return before.text().equals(after.text()) ? null : labels(before.text(), after.text());
        }
        if (isBytes(before) && isBytes(after)) {
            return bytes(before, after);
        }
        if (before instanceof Value.Bool && after instanceof Value.Bool) {
            return before.equals(after)
                    ? null
                    : new ValueChange(DifferenceClass.VALUE_TEXT, before.text() + " → " + after.text());
        }
        return before.equals(after) ? null : TextComparison.change(before.text(), after.text());
    }

    private static ValueChange labels(String before, String after) {
        return new ValueChange(DifferenceClass.VALUE_ENUM_LABEL, before + " → " + after);
    }

    private static @Nullable ValueChange bytes(Value before, Value after) {
        String a = before.text();
        String b = after.text();
        if (a.equals(b)) {
            return null;
        }
        int lengths = Integer.compare(b.length(), a.length());
        return new ValueChange(
                DifferenceClass.VALUE_BYTES, lengths == 0 ? "same length" : lengths < 0 ? "shorter" : "longer");
    }

    private static boolean isNumber(Value value) {
        return value instanceof Value.Decimal || value instanceof Value.Floating;
    }

    private static boolean isBytes(Value value) {
        return value instanceof Value.Bytes || value instanceof Value.Opaque;
    }
}
