package dev.understudy.diff.value;

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
        if (value instanceof Value.Decimal decimal) {
            return decimal.value().setScale(0, RoundingMode.DOWN).toPlainString();
        }
        if (value instanceof Value.Floating floating && Double.isFinite(floating.value())) {
            return new BigDecimal(floating.value())
                    .setScale(0, RoundingMode.DOWN)
                    .toPlainString();
        }
        if (value instanceof Value.Moment moment && !moment.isInfinite()) {
            return Long.toString(Math.floorDiv(moment.micros(), 1_000_000));
        }
        if (value instanceof Value.Text text) {
            return Normalizer.normalize(text.value(), Normalizer.Form.NFC)
                    .toLowerCase(Locale.ROOT)
                    .stripTrailing();
        }
        if (value instanceof Value.Json) {
            return "json";
        }
        return value.text();
    }
}
