package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether two values mean the same, and what to call it where they do not. */
public final class ValueComparison {
    /** No more changes of one value are told; with so many there may be others. */
    public static final int MAX_CHANGES = ChangeList.MAX_CHANGES;

    private ValueComparison() {}

    /** How {@code before} became {@code after}; empty where they mean the same. */
    public static List<ValueChange> changes(Value before, Value after) {
        return changes(before, after, ValueRules.STRICT);
    }

    /** The same, but for what the rules tolerate. */
    public static List<ValueChange> changes(Value before, Value after, ValueRules rules) {
        if (before.equals(after)) {
            return List.of();
        }
        if (before instanceof Value.Null || after instanceof Value.Null) {
            return List.of(nulls(before, after));
        }
        List<ValueChange> inside = StructureComparison.changes(before, after, rules);
        if (inside != null) {
            return inside;
        }
        ValueChange change = scalar(before, after, rules);
        return change == null ? List.of() : List.of(change);
    }

    /** What is added to a number so that it becomes the other; null where they are no finite numbers. */
    public static @Nullable BigDecimal delta(Value before, Value after) {
        return NumberComparison.delta(before, after);
    }

    private static ValueChange nulls(Value before, Value after) {
        boolean appeared = before instanceof Value.Null;
        Value value = appeared ? after : before;
        if (value.text().isEmpty() || value instanceof Value.Bytes bytes && bytes.value().length == 0) {
            return new ValueChange(DifferenceClass.VALUE_EMPTY_NULL_SWAP, appeared ? "NULL → ''" : "'' → NULL");
        }
        return appeared
                ? new ValueChange(DifferenceClass.VALUE_NULL_TO_VALUE, "NULL → value")
                : new ValueChange(DifferenceClass.VALUE_VALUE_TO_NULL, "value → NULL");
    }

    private static @Nullable ValueChange scalar(Value before, Value after, ValueRules rules) {
        if (NumberComparison.isNumber(before) && NumberComparison.isNumber(after)) {
            return NumberComparison.change(before, after, rules);
        }
        Moment a = Moment.of(before);
        Moment b = Moment.of(after);
        if (a != null && b != null) {
            ValueChange change = MomentComparison.change(a, b);
            // its zone is part of a timetz, though of no timestamptz
            return change == null && before instanceof Value.TimeTz && after instanceof Value.TimeTz
                    ? new ValueChange(DifferenceClass.VALUE_TEXT, "same moment in another zone")
                    : change;
        }
        if (before instanceof Value.Money || after instanceof Value.Money) {
            return money(before, after, rules);
        }
        if (before instanceof Value.Interval x && after instanceof Value.Interval y) {
            return IntervalComparison.change(x, y);
        }
        if (before instanceof Value.Opaque || after instanceof Value.Opaque) {
            return opaque(before, after);
        }
        if (before instanceof Value.Bytes && after instanceof Value.Bytes) {
            return bytes(before, after);
        }
        if (before instanceof Value.Label || after instanceof Value.Label) {
            return before.text().equals(after.text())
                    ? null
                    : new ValueChange(DifferenceClass.VALUE_ENUM_LABEL, before.text() + " → " + after.text());
        }
        if (before instanceof Value.ObjectOid || after instanceof Value.ObjectOid) {
            return ObjectComparison.change(before, after);
        }
        if (before instanceof Value.Bool && after instanceof Value.Bool) {
            return new ValueChange(DifferenceClass.VALUE_TEXT, before.text() + " → " + after.text());
        }
        return before instanceof Value.Text != after instanceof Value.Text
                ? written(before, after)
                : TextComparison.change(before.text(), after.text());
    }

    private static @Nullable ValueChange money(Value before, Value after, ValueRules rules) {
        if (before instanceof Value.Money a && after instanceof Value.Money b) {
            return MoneyComparison.change(a, b);
        }
        Value a = before instanceof Value.Money money ? MoneyComparison.number(money) : before;
        Value b = after instanceof Value.Money money ? MoneyComparison.number(money) : after;
        if (!NumberComparison.isNumber(a == null ? after : a) || !NumberComparison.isNumber(b == null ? before : b)) {
            return TextComparison.change(before.text(), after.text());
        }
        return a == null || b == null
                ? ValueChange.unknown("an amount of money in an unknown unit")
                : NumberComparison.change(a, b, rules);
    }

    /** A text against a value of another type, which it may spell otherwise than we do. */
    private static @Nullable ValueChange written(Value before, Value after) {
        Moment a = Moment.spelled(before);
        Moment b = Moment.spelled(after);
        return a != null && a.equals(b) ? null : TextComparison.change(before.text(), after.text());
    }

    private static @Nullable ValueChange opaque(Value before, Value after) {
        if (before instanceof Value.Opaque a && after instanceof Value.Opaque b && a.format() == b.format()) {
            ValueChange change = a.format() == Field.TEXT ? TextComparison.change(before.text(), after.text()) : null;
            // Bytes that do not read as text may look the same and be different ones.
            return change == null ? bytes(before, after) : change;
        }
        Value.Opaque unread = before instanceof Value.Opaque a ? a : (Value.Opaque) after;
        Value other = unread == before ? after : before;
        if (unread.format() != Field.TEXT || other instanceof Value.Opaque) {
            return ValueChange.unknown("bytes of an unknown type against another format");
        }
        ValueChange change = TextComparison.change(before.text(), after.text());
        return change == null || other instanceof Value.Text || other instanceof Value.Label
                ? change
                : ValueChange.unknown("a text that does not read as its type");
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
}
