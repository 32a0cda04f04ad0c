package dev.understudy.pgwire.value;

import java.time.LocalDate;
import java.time.YearMonth;

/** The server's calendar: the Gregorian one without a beginning, counted from 2000-01-01. */
final class Moments {
    static final long MICROS_PER_SECOND = 1_000_000;
    static final long SECONDS_PER_DAY = 86_400;
    static final long MICROS_PER_DAY = SECONDS_PER_DAY * MICROS_PER_SECOND;

    /** Above the server's last year, 5874897, and still far from any overflow. */
    private static final int MAX_YEAR = 6_000_000;

    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

    /** What {@link #days} answers for what is no date. */
    static final long NO_DATE = Long.MIN_VALUE;

    private Moments() {}

    /** Days since 2000-01-01; the year is astronomical, 0 being 1 BC. {@link #NO_DATE} if there is no such day. */
    static long days(int year, int month, int day) {
        if (Math.abs(year) > MAX_YEAR || month < 1 || month > 12 || day < 1) {
            return NO_DATE;
        }
        return day > YearMonth.of(year, month).lengthOfMonth()
                ? NO_DATE
                : LocalDate.of(year, month, day).toEpochDay() - EPOCH_DAY;
    }

    /** The day that many days after 2000-01-01. */
    static LocalDate date(long days) {
        return LocalDate.ofEpochDay(days + EPOCH_DAY);
    }
}
