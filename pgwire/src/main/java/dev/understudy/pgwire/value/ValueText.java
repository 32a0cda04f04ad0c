package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;

/** Writes values as the server does, in ISO date style; floats as Java writes them. */
final class ValueText {
    private ValueText() {}

    static String of(Value value) {
        if (value instanceof Value.Null) {
            return "NULL";
        } else if (value instanceof Value.Bool bool) {
            return bool.value() ? "t" : "f";
        } else if (value instanceof Value.Int integer) {
            return Long.toString(integer.value());
        } else if (value instanceof Value.Numeric numeric) {
            return numeric.value().toPlainString();
        } else if (value instanceof Value.SpecialNumeric special) {
            return switch (special) {
                case NAN -> "NaN";
                case INFINITY -> "Infinity";
                case MINUS_INFINITY -> "-Infinity";
            };
        } else if (value instanceof Value.FloatingPoint floating) {
            return Double.toString(floating.value());
        } else if (value instanceof Value.Text text) {
            return text.value();
        } else if (value instanceof Value.Bytes bytes) {
            return "\\x" + ByteBufUtil.hexDump(bytes.value());
        } else if (value instanceof Value.Uuid uuid) {
            return uuid.value().toString();
        } else if (value instanceof Value.Json json) {
            return json.text();
        } else if (value instanceof Value.Array array) {
            return ArrayWriter.write(array);
        } else if (value instanceof Value.Opaque opaque) {
            return opaque.format() == Field.TEXT
                    ? new String(opaque.bytes(), StandardCharsets.UTF_8)
                    : "\\x" + ByteBufUtil.hexDump(opaque.bytes());
        }
        String text = StructureText.of(value);
        return text == null ? moment(value) : text;
    }

    private static String moment(Value value) {
        if (value instanceof Value.Date date) {
            return date.days() == Value.Date.INFINITY
                    ? "infinity"
                    : date.days() == Value.Date.MINUS_INFINITY ? "-infinity" : date(date.days()) + era(date.days());
        } else if (value instanceof Value.Time time) {
            return time(time.micros());
        } else if (value instanceof Value.TimeTz time) {
            return time(time.micros()) + offset(time.offsetSeconds());
        } else if (value instanceof Value.Timestamp timestamp) {
            return timestamp(timestamp.micros(), "");
        } else if (value instanceof Value.TimestampTz timestamp) {
            return timestamp(timestamp.micros(), "+00");
        } else if (value instanceof Value.Interval interval) {
            return interval(interval);
        }
        throw new AssertionError("no text for " + value.getClass());
    }

    private static String timestamp(long micros, String zone) {
        if (micros == Value.Timestamp.INFINITY) {
            return "infinity";
        }
        if (micros == Value.Timestamp.MINUS_INFINITY) {
            return "-infinity";
        }
        long days = Math.floorDiv(micros, Moments.MICROS_PER_DAY);
        return date(days) + " " + time(Math.floorMod(micros, Moments.MICROS_PER_DAY)) + zone + era(days);
    }

    private static String date(long days) {
        LocalDate date = Moments.date(days);
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth());
    }

    private static String era(long days) {
        return Moments.date(days).getYear() > 0 ? "" : " BC";
    }

    private static String time(long micros) {
        long seconds = micros / Moments.MICROS_PER_SECOND;
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                + fraction(micros % Moments.MICROS_PER_SECOND);
    }

    private static String fraction(long micros) {
        return micros == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros).replaceAll("0+$", "");
    }

    private static String offset(int seconds) {
        int absolute = Math.abs(seconds);
        StringBuilder offset = new StringBuilder(seconds < 0 ? "-" : "+");
        offset.append(String.format(Locale.ROOT, "%02d", absolute / 3600));
        if (absolute % 3600 != 0) {
            offset.append(String.format(Locale.ROOT, ":%02d", absolute / 60 % 60));
        }
        if (absolute % 60 != 0) {
            offset.append(String.format(Locale.ROOT, ":%02d", absolute % 60));
        }
        return offset.toString();
    }

    private static String interval(Value.Interval interval) {
        if (interval.equals(Value.Interval.INFINITY)) {
            return "infinity";
        }
        if (interval.equals(Value.Interval.MINUS_INFINITY)) {
            return "-infinity";
        }
        StringBuilder text = new StringBuilder();
        boolean negative = part(text, interval.months() / 12, "year", false);
        negative = part(text, interval.months() % 12, "mon", negative);
        negative = part(text, interval.days(), "day", negative);
        if (interval.micros() != 0 || text.isEmpty()) {
            String sign = interval.micros() < 0 ? "-" : negative ? "+" : "";
            // the most negative number has no opposite: its parts are taken apart before the sign goes
            long seconds = Math.abs(interval.micros() / Moments.MICROS_PER_SECOND);
            long rest = Math.abs(interval.micros() % Moments.MICROS_PER_SECOND);
            text.append(text.isEmpty() ? "" : " ").append(sign);
            text.append(String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60));
            text.append(fraction(rest));
        }
        return text.toString();
    }

    /** Writes a part that is not zero; behind a negative one a positive one has its sign (AddPostgresIntPart). */
    private static boolean part(StringBuilder text, int value, String unit, boolean negative) {
        if (value == 0) {
            return negative;
        }
        text.append(text.isEmpty() ? "" : " ")
                .append(negative && value > 0 ? "+" : "")
                .append(value);
        text.append(' ').append(unit).append(value == 1 ? "" : "s");
        return value < 0;
    }
}
