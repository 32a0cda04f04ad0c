package dev.understudy.pgwire.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * interval in any style (EncodeInterval): postgres {@code 1 year 2 mons -3 days +04:05:06.789}, postgres_verbose
 * {@code @ 1 year 2 mons 4 hours ago}, iso_8601 {@code P1Y2M-3DT4H5M6.7S}, sql_standard {@code +1-2 -3 +4:05:06}. No text
 * means two things in two styles.
 */
final class IntervalText {
    private static final Pattern POSTGRES = Pattern.compile(
            "(?:([-+]?\\d{1,9}) years?)?(?:(?:^| )([-+]?\\d{1,10}) mons?)?(?:(?:^| )([-+]?\\d{1,10}) days?)?"
                    + "(?:(?:^| )([-+])?(\\d{2,10}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,6}))?)?");
    private static final Pattern VERBOSE = Pattern.compile(
            "@(?: (-?\\d{1,9}) years?)?(?: (-?\\d{1,10}) mons?)?(?: (-?\\d{1,10}) days?)?(?: (-?\\d{1,10}) hours?)?"
                    + "(?: (-?\\d{1,2}) mins?)?(?: (-?)(\\d{1,2})(?:\\.(\\d{1,6}))? secs?)?( 0)?( ago)?");
    private static final Pattern ISO = Pattern.compile("P(?:(-?\\d{1,9})Y)?(?:(-?\\d{1,10})M)?(?:(-?\\d{1,10})D)?"
            + "(?:T(?:(-?\\d{1,10})H)?(?:(-?\\d{1,2})M)?(?:(-?)(\\d{1,2})(?:\\.(\\d{1,6}))?S)?)?");
    private static final Pattern SQL_MIXED = Pattern.compile(
            "([-+])(\\d{1,9})-(\\d{1,2}) ([-+]\\d{1,10}) ([-+])(\\d{1,10}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,6}))?");
    private static final Pattern SQL_MONTHS = Pattern.compile("(-?)(\\d{1,9})-(\\d{1,2})");
    private static final Pattern SQL_TIME =
            Pattern.compile("(-?)(?:(\\d{1,10}) )?(\\d{1,10}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,6}))?");

    private IntervalText() {}

    static @Nullable Value decode(String text) {
        switch (text) {
            case "" -> {
                return null;
            }
            case "infinity" -> {
                return Value.Interval.INFINITY;
            }
            case "-infinity" -> {
                return Value.Interval.MINUS_INFINITY;
            }
            default -> {
                try {
                    return text.startsWith("@")
                            ? verbose(VERBOSE.matcher(text))
                            : text.startsWith("P") ? iso(ISO.matcher(text), text) : plain(text);
                } catch (ArithmeticException e) {
                    return null;
                }
            }
        }
    }

    private static @Nullable Value plain(String text) {
        Matcher fields = POSTGRES.matcher(text);
        if (!fields.matches()) {
            return standard(text);
        }
        boolean negative = "-".equals(fields.group(4));
        return interval(
                number(fields.group(1)),
                number(fields.group(2)),
                number(fields.group(3)),
                micros(negative, fields.group(5), fields.group(6), fields.group(7), fields.group(8)));
    }

    private static @Nullable Value verbose(Matcher fields) {
        // a single @ says nothing, and 0 stands alone
        boolean zero = fields.matches() && fields.group(9) != null;
        if (!fields.matches() || fields.end() == 1 || zero != (fields.end() == "@ 0".length())) {
            return null;
        }
        long sign = fields.group(10) == null ? 1 : -1;
        return interval(
                sign * number(fields.group(1)),
                sign * number(fields.group(2)),
                sign * number(fields.group(3)),
                Math.multiplyExact(sign, parts(fields)));
    }

    private static @Nullable Value iso(Matcher fields, String text) {
        if (!fields.matches() || text.endsWith("T") || text.length() == 1) {
            return null;
        }
        return interval(number(fields.group(1)), number(fields.group(2)), number(fields.group(3)), parts(fields));
    }

    /** Hours, minutes, the sign of the seconds, these and their fraction as groups 4 to 8. */
    private static long parts(Matcher fields) {
        long seconds = micros("-".equals(fields.group(6)), null, null, fields.group(7), fields.group(8));
        long minutes = Math.addExact(Math.multiplyExact(number(fields.group(4)), 60), number(fields.group(5)));
        return Math.addExact(Math.multiplyExact(minutes, 60 * Moments.MICROS_PER_SECOND), seconds);
    }

    private static @Nullable Value standard(String text) {
        if (text.equals("0")) {
            return new Value.Interval(0, 0, 0);
        }
        Matcher mixed = SQL_MIXED.matcher(text);
        if (mixed.matches()) {
            long sign = mixed.group(1).equals("-") ? -1 : 1;
            return interval(
                    sign * number(mixed.group(2)),
                    sign * number(mixed.group(3)),
                    number(mixed.group(4)),
                    micros(mixed.group(5).equals("-"), mixed.group(6), mixed.group(7), mixed.group(8), mixed.group(9)));
        }
        Matcher months = SQL_MONTHS.matcher(text);
        if (months.matches()) {
            long sign = months.group(1).isEmpty() ? 1 : -1;
            return interval(sign * number(months.group(2)), sign * number(months.group(3)), 0, 0);
        }
        Matcher time = SQL_TIME.matcher(text);
        if (!time.matches()) {
            return null;
        }
        boolean negative = !time.group(1).isEmpty();
        return interval(
                0,
                0,
                negative ? -number(time.group(2)) : number(time.group(2)),
                micros(negative, time.group(3), time.group(4), time.group(5), time.group(6)));
    }

    private static @Nullable Value interval(long years, long months, long days, long micros) {
        long allMonths = years * 12 + months;
        return allMonths != (int) allMonths || days != (int) days
                ? null
                : new Value.Interval((int) allMonths, (int) days, micros);
    }

    /** Counted downwards where it is negative: the most negative number has no opposite. */
    private static long micros(
            boolean negative,
            @Nullable String hours,
            @Nullable String minutes,
            @Nullable String seconds,
            @Nullable String fraction) {
        if (number(minutes) > 59 || number(seconds) > 59) {
            throw new ArithmeticException("no time of day");
        }
        String digits = ((fraction == null ? "" : fraction) + "000000").substring(0, 6);
        long sign = negative ? -1 : 1;
        long whole = (number(hours) * 60 + number(minutes)) * 60 + number(seconds);
        return Math.addExact(Math.multiplyExact(sign * whole, Moments.MICROS_PER_SECOND), sign * number(digits));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
