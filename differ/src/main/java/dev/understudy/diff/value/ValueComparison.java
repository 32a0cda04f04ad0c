package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether two values mean the same, and what to call it where they do not. */
public final class ValueComparison {
    private ValueComparison() {}

    /** How {@code before} became {@code after}; empty where they mean the same. */
    public static List<ValueChange> changes(Value before, Value after) {
        if (before.equals(after)) {
            return List.of();
        }
        if (before instanceof Value.Null || after instanceof Value.Null) {
            return List.of(nulls(before, after));
        }
        if (before instanceof Value.Json a && after instanceof Value.Json b) {
            return JsonComparison.changes(a.text(), b.text());
        }
        if (before instanceof Value.Array a && after instanceof Value.Array b) {
            return ArrayComparison.changes(a, b);
        }
        ValueChange change = scalar(before, after);
        return change == null ? List.of() : List.of(change);
    }

    /** The same for labels of an enumeration. */
    public static List<ValueChange> labels(Value before, Value after) {
        if (before.equals(after) || before instanceof Value.Null || after instanceof Value.Null) {
            return changes(before, after);
        }
        return List.of(new ValueChange(DifferenceClass.VALUE_ENUM_LABEL, before.text() + " → " + after.text()));
    }

    private static ValueChange nulls(Value before, Value after) {
        boolean appeared = before instanceof Value.Null;
        Value value = appeared ? after : before;
        if (value.text().isEmpty()) {
            return new ValueChange(DifferenceClass.VALUE_EMPTY_NULL_SWAP, appeared ? "NULL → ''" : "'' → NULL");
        }
        return appeared
                ? new ValueChange(DifferenceClass.VALUE_NULL_TO_VALUE, "NULL → value")
                : new ValueChange(DifferenceClass.VALUE_VALUE_TO_NULL, "value → NULL");
    }

    private static @Nullable ValueChange scalar(Value before, Value after) {
        if (NumberComparison.isNumber(before) && NumberComparison.isNumber(after)) {
            return NumberComparison.change(before, after);
        }
        Moment a = Moment.of(before);
        Moment b = Moment.of(after);
        if (a != null && b != null) {
            return MomentComparison.change(a, b);
        }
        if (isBytes(before) && isBytes(after)) {
            return bytes(before, after);
        }
        if (before instanceof Value.Bool && after instanceof Value.Bool) {
            return new ValueChange(DifferenceClass.VALUE_TEXT, before.text() + " → " + after.text());
        }
        ValueChange change = TextComparison.change(before.text(), after.text());
        // Bytes that do not read as text may look the same and be different ones.
        return change == null && before instanceof Value.Opaque && after instanceof Value.Opaque
                ? bytes(before, after)
                : change;
    }

    private static @Nullable ValueChange bytes(Value before, Value after) {
        String a = ValueReader.identity(before);
        String b = ValueReader.identity(after);
        if (a.equals(b)) {
            return null;
        }
        int lengths = Integer.compare(b.length(), a.length());
        return new ValueChange(
                DifferenceClass.VALUE_BYTES, lengths == 0 ? "same length" : lengths < 0 ? "shorter" : "longer");
    }

    private static boolean isBytes(Value value) {
        return value instanceof Value.Bytes || value instanceof Value.Opaque opaque && opaque.format() == Field.BINARY;
    }
}
