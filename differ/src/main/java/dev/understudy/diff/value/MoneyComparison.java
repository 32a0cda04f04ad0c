package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** money: by its amount, then by what the server's locale writes around it. */
final class MoneyComparison {
    /** The digits behind the last mark that is none between thousands; three digits behind a mark may be either. */
    private static final Pattern FRACTION = Pattern.compile("\\d[.,](\\d{1,2})(?!\\d)\\D*$");

    private static final Pattern MARKED = Pattern.compile("\\d[.,' \\u00a0\\u202f]\\d");

    private MoneyComparison() {}

    /** How one amount became another; the binary format knows no currency, and none is compared then. */
    static @Nullable ValueChange change(Value.Money before, Value.Money after) {
        if (before.units() != after.units()) {
            BigDecimal delta = BigDecimal.valueOf(after.units()).subtract(BigDecimal.valueOf(before.units()));
            return new ValueChange(DifferenceClass.VALUE_NUMERIC, Buckets.delta(delta) + " of the smallest unit");
        }
        boolean known = !before.written().isEmpty() && !after.written().isEmpty();
        return known && !before.written().equals(after.written())
                ? new ValueChange(DifferenceClass.VALUE_TEXT, "currency format")
                : null;
    }

    /** The amount as a number; null where nobody can tell how many of its digits are a fraction. */
    static @Nullable Value number(Value.Money money) {
        Matcher fraction = FRACTION.matcher(money.written());
        if (fraction.find()) {
            return new Value.Numeric(
                    BigDecimal.valueOf(money.units(), fraction.group(1).length()));
        }
        boolean whole =
                !money.written().isEmpty() && !MARKED.matcher(money.written()).find();
        return whole ? new Value.Int(money.units()) : null;
    }
}
