package dev.understudy.diff.value;

import dev.understudy.pgwire.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A form under which values that differ in format only, or nearly, are one: to find the rows that belong together, never
 * to say that values are equal.
 */
public final class LooseForm {
    private LooseForm() {}

    /** The form. */
    public static String of(Value value) {
        if (value instanceof Value.Numeric numeric) {
            return whole(numeric.value());
        }
        if (value instanceof Value.FloatingPoint floating && Double.isFinite(floating.value())) {
            return whole(new BigDecimal(floating.value()));
        }
        Moment moment = Moment.of(value);
        if (moment != null && !moment.isInfinite()) {
            return Long.toString(Math.floorDiv(moment.micros(), 1_000_000));
        }
        if (value instanceof Value.Money money) {
            return Long.toString(money.units());
        }
        if (value instanceof Value.Text || value instanceof Value.Label) {
            return Normalizer.normalize(value.text(), Normalizer.Form.NFC)
                    .toLowerCase(Locale.ROOT)
                    .stripTrailing();
        }
        return value instanceof Value.Json ? "json" : ValueReader.identity(value);
    }

    private static String whole(BigDecimal value) {
        return value.setScale(0, RoundingMode.DOWN).toPlainString();
    }
}
