package dev.understudy.diff.value;

import dev.understudy.diff.value.Value.Moment;
import dev.understudy.diff.value.Value.Moment.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times as PostgreSQL writes them with {@code DateStyle = ISO} (chapter 8.5.2). */
final class MomentText {
    static final long MICROS_PER_SECOND = 1_000_000;
    static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    private static final Pattern DATE = Pattern.compile("(\\d{4,7})-(\\d\\d)-(\\d\\d)");
    private static final Pattern TIME = Pattern.compile("(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?");
    private static final Pattern ZONE = Pattern.compile("([+-])(\\d\\d)(?::?(\\d\\d))?(?::?(\\d\\d))?");

    private MomentText() {}

    /** Reads a value of that kind; null where it is written in another style. */
    static @Nullable Moment parse(Kind kind, String text) {
        if (kind != Kind.TIME && kind != Kind.TIMETZ) {
            if (text.equals("infinity")) {
                return new Moment(kind, Moment.INFINITY);
            }
            if (text.equals("-infinity")) {
                return new Moment(kind, Moment.MINUS_INFINITY);
            }
        }
        try {
            return new Reader(text).read(kind);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    static String format(Moment moment) {
        if (moment.isInfinite()) {
            return moment.micros() > 0 ? "infinity" : "-infinity";
        }
        long micros = moment.micros();
        if (moment.kind() == Kind.TIME || moment.kind() == Kind.TIMETZ) {
            return time(micros) + (moment.kind() == Kind.TIMETZ ? "+00" : "");
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY));
        String day = date.getYear() > 0
                ? String.format(
                        Locale.ROOT, "%04d-%02d-%02d", date.getYear(), date.getMonthValue(), date.getDayOfMonth())
                : String.format(
                        Locale.ROOT,
                        "%04d-%02d-%02d BC",
                        1 - date.getYear(),
                        date.getMonthValue(),
                        date.getDayOfMonth());
        return switch (moment.kind()) {
            case DATE -> day;
            case TIMESTAMP, TIME, TIMETZ -> day + " " + time(Math.floorMod(micros, MICROS_PER_DAY));
            case TIMESTAMPTZ -> day + " " + time(Math.floorMod(micros, MICROS_PER_DAY)) + "+00";
        };
    }

    private static String time(long micros) {
        long seconds = micros / MICROS_PER_SECOND;
        String whole = String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        long fraction = micros % MICROS_PER_SECOND;
        return fraction == 0
                ? whole
                : whole + String.format(Locale.ROOT, ".%06d", fraction).replaceAll("0+$", "");
    }

    /** Reads one text from left to right. */
    private static final class Reader {
        private final String text;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        @Nullable Moment read(Kind kind) {
            long micros = 0;
            LocalDate day = LocalDate.EPOCH;
            if (kind != Kind.TIME && kind != Kind.TIMETZ) {
                Matcher date = take(DATE);
                if (date == null) {
                    return null;
                }
                boolean beforeChrist = text.endsWith(" BC");
                int year = number(date, 1);
                day = LocalDate.of(beforeChrist ? 1 - year : year, number(date, 2), number(date, 3));
            }
            if (kind != Kind.DATE) {
                if (kind != Kind.TIME && kind != Kind.TIMETZ && !skip(' ')) {
                    return null;
                }
                Matcher time = take(TIME);
                if (time == null) {
                    return null;
                }
                micros = timeOfDay(time);
            }
            if (kind == Kind.TIMESTAMPTZ || kind == Kind.TIMETZ) {
                Matcher zone = take(ZONE);
                if (zone == null) {
                    return null;
                }
                micros -= offset(zone);
            }
            String rest = text.substring(position);
            if (!rest.isEmpty() && !rest.equals(" BC")) {
                return null;
            }
            return new Moment(kind, Math.addExact(Math.multiplyExact(day.toEpochDay(), MICROS_PER_DAY), micros));
        }

        private @Nullable Matcher take(Pattern pattern) {
            Matcher matcher = pattern.matcher(text).region(position, text.length());
            if (!matcher.lookingAt()) {
                return null;
            }
            position = matcher.end();
            return matcher;
        }

        private boolean skip(char expected) {
            boolean there = position < text.length() && text.charAt(position) == expected;
            position += there ? 1 : 0;
            return there;
        }

        private static int number(Matcher matcher, int group) {
            String digits = matcher.group(group);
            return digits == null ? 0 : Integer.parseInt(digits);
        }

        private static long timeOfDay(Matcher time) {
            String fraction = time.group(4);
            long micros = fraction == null ? 0 : Long.parseLong((fraction + "000000").substring(0, 6));
            long seconds = number(time, 1) * 3600L + number(time, 2) * 60L + number(time, 3);
            return seconds * MICROS_PER_SECOND + micros;
        }

        private static long offset(Matcher zone) {
            long seconds = number(zone, 2) * 3600L + number(zone, 3) * 60L + number(zone, 4);
            return (zone.group(1).equals("-") ? -seconds : seconds) * MICROS_PER_SECOND;
        }
    }
}
