package dev.understudy.pgwire.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** interval in the postgres style: {@code 1 year 2 mons -3 days +04:05:06.789}. */
final class IntervalText {
    private static final Pattern POSTGRES_STYLE = Pattern.compile(
            "(?:([-+]?\\d{1,9}) years?)?(?:(?:^| )([-+]?\\d{1,10}) mons?)?(?:(?:^| )([-+]?\\d{1,10}) days?)?"
                    + "(?:(?:^| )([-+])?(\\d{2,10}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,6}))?)?");

    private IntervalText() {}

    static @Nullable Value decode(String text) {
        if (text.equals("infinity")) {
            return Value.Interval.INFINITY;
        }
        if (text.equals("-infinity")) {
            return Value.Interval.MINUS_INFINITY;
        }
        Matcher fields = POSTGRES_STYLE.matcher(text);
        if (text.isEmpty() || !fields.matches()) {
            return null;
        }
        long months = number(fields.group(1)) * 12 + number(fields.group(2));
        long days = number(fields.group(3));
        if (months != (int) months || days != (int) days) {
            return null;
        }
        long micros = 0;
        if (fields.group(5) != null) {
            if (number(fields.group(6)) > 59 || number(fields.group(7)) > 59) {
                return null;
            }
            String fraction = fields.group(8) == null ? "" : fields.group(8);
            long time = (number(fields.group(5)) * 60 + number(fields.group(6))) * 60 + number(fields.group(7));
            micros = time * Moments.MICROS_PER_SECOND + number((fraction + "000000").substring(0, 6));
            boolean negative = "-".equals(fields.group(4));
            boolean overflow = micros < 0 && !(negative && micros == Long.MIN_VALUE);
            if (time > Long.MAX_VALUE / Moments.MICROS_PER_SECOND || overflow) {
                return null;
            }
            micros = negative ? -micros : micros;
        }
        return new Value.Interval((int) months, (int) days, micros);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
