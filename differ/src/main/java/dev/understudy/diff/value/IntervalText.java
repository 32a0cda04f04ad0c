package dev.understudy.diff.value;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Intervals as PostgreSQL writes them with {@code IntervalStyle = postgres} (chapter 8.5.5). */
final class IntervalText {
    private static final Pattern FORM = Pattern.compile("(?:([+-]?\\d{1,9}) years?)?\\s*(?:([+-]?\\d{1,9}) mons?)?\\s*"
            + "(?:([+-]?\\d{1,9}) days?)?\\s*(?:([+-]?)(\\d{1,10}):(\\d\\d):(\\d\\d(?:\\.\\d{1,6})?))?");

    private IntervalText() {}

    /** The interval; null where it is written in another style. */
    static @Nullable Value parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.isBlank() || !form.matches()) {
            return null;
        }
        try {
            int months = Math.addExact(Math.multiplyExact(number(form.group(1)), 12), number(form.group(2)));
            return new Value.Interval(months, number(form.group(3)), micros(form));
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static long micros(Matcher form) {
        if (form.group(5) == null) {
            return 0;
        }
        long minutes = Long.parseLong(form.group(5)) * 60 + Long.parseLong(form.group(6));
        long seconds = new BigDecimal(form.group(7)).movePointRight(6).longValueExact();
        long micros = Math.addExact(Math.multiplyExact(minutes, 60_000_000L), seconds);
        return form.group(4).equals("-") ? -micros : micros;
    }
}
