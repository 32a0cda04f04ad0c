package dev.understudy.pgwire.value;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times in the styles SQL, Postgres and German (EncodeDateOnly, EncodeDateTime), rewritten in ISO style where
 * they leave no doubt: which of two numbers is the month, and what an abbreviation of a zone other than UTC and GMT
 * stands for, the text does not tell.
 */
final class StyledMoment {
    private static final String TIME = "( \\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?)";
    private static final String ZONE = "(?: ?([A-Z]{3}|[-+]\\d{2}(?::?\\d{2}(?::\\d{2})?)?))?";
    private static final String ERA = "( BC)?";
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{2})([-/.])(\\d{2})\\2(\\d{4,7})" + "(?:" + TIME + ZONE + ")?" + ERA);
    private static final Pattern WORDS =
            Pattern.compile("(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:([A-Z][a-z]{2}) (\\d{2})|(\\d{2}) ([A-Z][a-z]{2}))"
                    + TIME + " (\\d{4,7})" + ZONE + ERA);
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final int LAST_MONTH = 12;

    private StyledMoment() {}

    /** The same in ISO style; null where it is none of these styles, or may mean two things. */
    static @Nullable String iso(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (numbers.matches()) {
            return numbers(numbers);
        }
        Matcher words = WORDS.matcher(text);
        if (!words.matches()) {
            return null;
        }
        boolean monthFirst = words.group(1) != null;
        int month = MONTHS.indexOf(words.group(monthFirst ? 1 : 4)) + 1;
        String day = words.group(monthFirst ? 2 : 3);
        return iso(words.group(6), month, Integer.parseInt(day), words.group(5), words.group(7), words.group(8));
    }

    private static @Nullable String numbers(Matcher numbers) {
        int first = Integer.parseInt(numbers.group(1));
        int second = Integer.parseInt(numbers.group(3));
        boolean dayFirst = numbers.group(2).equals(".") || first > LAST_MONTH;
        boolean clear = dayFirst || second > LAST_MONTH || first == second;
        return clear
                ? iso(
                        numbers.group(4),
                        dayFirst ? second : first,
                        dayFirst ? first : second,
                        numbers.group(5),
                        numbers.group(6),
                        numbers.group(7))
                : null;
    }

    private static @Nullable String iso(
            String year, int month, int day, @Nullable String time, @Nullable String zone, @Nullable String era) {
        String offset = zone == null ? "" : offset(zone);
        return offset == null
                ? null
                : year + "-" + two(month) + "-" + two(day) + (time == null ? "" : time) + offset
                        + (era == null ? "" : era);
    }

    private static @Nullable String offset(String zone) {
        if (zone.equals("UTC") || zone.equals("GMT")) {
            return "+00";
        }
        boolean digits = zone.length() == 5 && zone.indexOf(':') < 0;
        return zone.charAt(0) >= 'A' ? null : digits ? zone.substring(0, 3) + ":" + zone.substring(3) : zone;
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
