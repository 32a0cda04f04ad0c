package dev.understudy.pgwire.value;

import org.jspecify.annotations.Nullable;

/**
 * Dates and times as EncodeDateTime writes them: in ISO style, or in another one that leaves no doubt; each method answers
 * null for anything else.
 */
final class MomentText {
    private static final int MAX_FRACTION_DIGITS = 6;
    private static final int NO_NUMBER = -1;

    private final String text;
    private int position;

    private MomentText(String text) {
        this.text = text;
    }

    static @Nullable Value date(String text) {
        switch (text) {
            case "infinity" -> {
                return new Value.Date(Value.Date.INFINITY);
            }
            case "-infinity" -> {
                return new Value.Date(Value.Date.MINUS_INFINITY);
            }
            default -> {
                long days = wholeDate(text);
                String iso = days == Moments.NO_DATE ? StyledMoment.iso(text) : null;
                days = iso == null ? days : wholeDate(iso);
                return days == Moments.NO_DATE ? null : new Value.Date((int) days);
            }
        }
    }

    private static long wholeDate(String text) {
        MomentText parser = new MomentText(withoutEra(text));
        long days = parser.days(isBeforeChrist(text));
        return parser.atEnd() ? days : Moments.NO_DATE;
    }

    static @Nullable Value time(String text) {
        MomentText parser = new MomentText(text);
        long micros = parser.timeOfDay(Moments.MICROS_PER_DAY);
        return micros < 0 || !parser.atEnd() ? null : new Value.Time(micros);
    }

    static @Nullable Value timeTz(String text) {
        MomentText parser = new MomentText(text);
        long micros = parser.timeOfDay(Moments.MICROS_PER_DAY);
        long offset = micros < 0 ? Moments.NO_DATE : parser.offset();
        return offset == Moments.NO_DATE || !parser.atEnd() ? null : new Value.TimeTz(micros, (int) offset);
    }

    static @Nullable Value timestamp(String text) {
        switch (text) {
            case "infinity" -> {
                return new Value.Timestamp(Value.Timestamp.INFINITY);
            }
            case "-infinity" -> {
                return new Value.Timestamp(Value.Timestamp.MINUS_INFINITY);
            }
            default -> {
                Long micros = point(text, false);
                return micros == null ? null : new Value.Timestamp(micros);
            }
        }
    }

    static @Nullable Value timestampTz(String text) {
        switch (text) {
            case "infinity" -> {
                return new Value.TimestampTz(Value.Timestamp.INFINITY);
            }
            case "-infinity" -> {
                return new Value.TimestampTz(Value.Timestamp.MINUS_INFINITY);
            }
            default -> {
                Long micros = point(text, true);
                return micros == null ? null : new Value.TimestampTz(micros);
            }
        }
    }

    private static @Nullable Long point(String text, boolean zoned) {
        Long micros = new MomentText(withoutEra(text)).moment(isBeforeChrist(text), zoned);
        String iso = micros == null ? StyledMoment.iso(text) : null;
        return iso == null ? micros : new MomentText(withoutEra(iso)).moment(isBeforeChrist(iso), zoned);
    }

    private static boolean isBeforeChrist(String text) {
        return text.endsWith(" BC");
    }

    private static String withoutEra(String text) {
        return isBeforeChrist(text) ? text.substring(0, text.length() - 3) : text;
    }

    private @Nullable Long moment(boolean beforeChrist, boolean zoned) {
        long days = days(beforeChrist);
        if (days == Moments.NO_DATE || !skip(' ')) {
            return null;
        }
        long micros = timeOfDay(Moments.MICROS_PER_DAY - 1);
        long offset = micros < 0 ? Moments.NO_DATE : zoned ? offset() : 0;
        if (offset == Moments.NO_DATE || !atEnd()) {
            return null;
        }
        try {
            long value = Math.addExact(
                    Math.multiplyExact(days, Moments.MICROS_PER_DAY), micros - offset * Moments.MICROS_PER_SECOND);
            return value == Long.MIN_VALUE || value == Long.MAX_VALUE ? null : value;
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** {@code 2020-01-31}: a year of four digits or more. */
    private long days(boolean beforeChrist) {
        int year = number(4, 7);
        int month = skip('-') ? number(2, 2) : NO_NUMBER;
        int day = skip('-') ? number(2, 2) : NO_NUMBER;
        if (year <= 0 || month < 0 || day < 0) {
            return Moments.NO_DATE;
        }
        return Moments.days(beforeChrist ? 1 - year : year, month, day);
    }

    /** {@code 04:05:06.789} in microseconds, or -1. */
    private long timeOfDay(long max) {
        int hours = number(2, 2);
        int minutes = skip(':') ? number(2, 2) : NO_NUMBER;
        long seconds = skip(':') ? secondMicros() : NO_NUMBER;
        if (hours < 0 || minutes < 0 || minutes > 59 || seconds < 0) {
            return NO_NUMBER;
        }
        long micros = (hours * 60L + minutes) * 60 * Moments.MICROS_PER_SECOND + seconds;
        return micros > max ? NO_NUMBER : micros;
    }

    private long secondMicros() {
        int seconds = number(2, 2);
        if (seconds < 0 || seconds > 59) {
            return NO_NUMBER;
        }
        return skip('.') ? fraction(seconds) : seconds * Moments.MICROS_PER_SECOND;
    }

    private long fraction(int seconds) {
        int from = position;
        int fraction = number(1, MAX_FRACTION_DIGITS);
        if (fraction < 0) {
            return NO_NUMBER;
        }
        long micros = fraction;
        for (int digits = position - from; digits < MAX_FRACTION_DIGITS; digits++) {
            micros *= 10;
        }
        return seconds * Moments.MICROS_PER_SECOND + micros;
    }

    /** {@code +02}, {@code -03:30}, {@code +00:19:32} in seconds east, or {@link Moments#NO_DATE}. */
    private long offset() {
        boolean west = skip('-');
        if (!west && !skip('+')) {
            return Moments.NO_DATE;
        }
        int hours = number(2, 2);
        int minutes = skip(':') ? number(2, 2) : 0;
        int seconds = skip(':') ? number(2, 2) : 0;
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) {
            return Moments.NO_DATE;
        }
        long offset = (hours * 60L + minutes) * 60 + seconds;
        return west ? -offset : offset;
    }

    private int number(int minDigits, int maxDigits) {
        int value = 0;
        int from = position;
        while (position < text.length() && position - from < maxDigits && isDigit(text.charAt(position))) {
            value = value * 10 + text.charAt(position) - '0';
            position++;
        }
        boolean more = position < text.length() && isDigit(text.charAt(position));
        return position - from < minDigits || more ? NO_NUMBER : value;
    }

    private boolean skip(char expected) {
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    private boolean atEnd() {
        return position == text.length();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
