package dev.understudy.diff.compare;

import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A form under which values are one exactly if an ORDER BY holds them to be equal. */
final class SortForm {
    private static final BigInteger DAY = BigInteger.valueOf(86_400_000_000L);

    private SortForm() {}

    static Object of(Value value, ColumnPair pair) {
        if (value instanceof Value.Int integer) {
            return number(BigDecimal.valueOf(integer.value()));
        }
        if (value instanceof Value.Numeric numeric) {
            return number(numeric.value());
        }
        if (value instanceof Value.FloatingPoint floating) {
            return new Value.FloatingPoint(floating.value() + 0.0);
        }
        if (value instanceof Value.Interval interval) {
            // interval_cmp_value: a month is 30 days, a day 24 hours.
            return BigInteger.valueOf(interval.months() * 30L + interval.days())
                    .multiply(DAY)
                    .add(BigInteger.valueOf(interval.micros()));
        }
        boolean padded =
                pair.left().type().reading() instanceof ValueType.Scalar scalar && scalar.type() == PgType.BPCHAR;
        return padded && value instanceof Value.Text text ? text.value().stripTrailing() : value;
    }

    private static BigDecimal number(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
