package dev.understudy.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Figures {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Figures() {}

    /** {@code 1,234,567}. */
    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** {@code 12.3 MB}, in powers of ten. */
    public static String bytes(long n) {
        if (n < 1000) {
            return n + " B";
        }
        double value = n;
        String unit = "";
        for (String next : new String[] {"kB", "MB", "GB", "TB"}) {
            if (value < 999.95) {
                break;
            }
            value /= 1000;
            unit = next;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }

    /** {@code 0.05 %}; never rounded to nothing, nor to all. */
    public static String percent(long part, long whole) {
        if (whole == 0) {
            return "-";
        }
        double share = 100.0 * part / whole;
        if (part > 0 && share < 0.01) {
            return "<0.01 %";
        }
        if (part < whole && share > 99.99) {
            return ">99.99 %";
        }
        return String.format(Locale.ROOT, share == Math.rint(share) ? "%.0f %%" : "%.2f %%", share);
    }

    /** {@code 12.3 s} or {@code 45 ms}. */
    public static String duration(Duration d) {
        return d.toMillis() < 1000 ? d.toMillis() + " ms" : String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
    }

    /** {@code 2026-11-20 07:15:00Z}. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }
}
