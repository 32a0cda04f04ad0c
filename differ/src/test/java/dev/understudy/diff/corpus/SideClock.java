package dev.understudy.diff.corpus;

import static dev.understudy.diff.kit.Exchanges.PRODUCTION;
import static dev.understudy.diff.kit.Exchanges.REPLAY;
import static dev.understudy.diff.kit.Exchanges.STEP;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a side's clock shows within an exchange. */
enum SideClock {
    RECORDED(PRODUCTION + 2_000),
    CONTROL(REPLAY + 1_000),
    CANDIDATE(REPLAY + 5_000);

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(now|epoch)(?:([+-]\\d+)(ms|s|m|h))?(?:@(\\d+))?}");
    private static final Map<String, Long> MICROS =
            Map.of("ms", 1_000L, "s", 1_000_000L, "m", 60_000_000L, "h", 3_600_000_000L);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final long first;

    SideClock(long first) {
        this.first = first;
    }

    /** The text with its clock's placeholders filled in as a server writes that type in UTC. */
    String written(String text, String type, int ordinal) {
        return text.indexOf('$') < 0
                ? text
                : PLACEHOLDER.matcher(text).replaceAll(found -> filled(found, type, ordinal));
    }

    private String filled(MatchResult found, String type, int ordinal) {
        int exchange = found.group(4) == null ? ordinal : Integer.parseInt(found.group(4));
        long micros = first + exchange * STEP;
        if (found.group(2) != null) {
            micros += Long.parseLong(found.group(2)) * MICROS.get(found.group(3));
        }
        if (found.group(1).equals("epoch")) {
            return BigDecimal.valueOf(micros, 6).toPlainString();
        }
        LocalDateTime at = Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .atOffset(ZoneOffset.UTC)
                .toLocalDateTime();
        String time = SECOND.format(at) + fraction(Math.floorMod(micros, 1_000_000L));
        return switch (type) {
            case "timestamptz" -> DAY.format(at) + " " + time + "+00";
            case "timestamp" -> DAY.format(at) + " " + time;
            case "time" -> time;
            case "date" -> DAY.format(at);
            default -> throw new IllegalArgumentException("type=" + type + " has no clock");
        };
    }

    /** Without trailing zeros, as PostgreSQL writes it. */
    private static String fraction(long micros) {
        return micros == 0 ? "" : "." + String.format("%06d", micros).replaceAll("0+$", "");
    }
}
