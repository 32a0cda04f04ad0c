package dev.understudy.diff.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Markdown's syntax: text that comes from elsewhere never becomes markup. */
final class Md {
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    private Md() {}

    /** A code span in a line or a table's cell. */
    static String code(String text) {
        if (text.isEmpty()) {
            return "";
        }
        String line = line(text).replace("|", "\\|");
        String fence = line.contains("`") ? "``" : "`";
        String space = fence.length() > 1 ? " " : "";
        return fence + space + line + space + fence;
    }

    /** Plain text in a line or a table's cell. */
    static String text(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (char c : line(text).toCharArray()) {
            if ("\\`*_{}[]<>#|~".indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /** A fenced block. */
    static String block(String language, String text) {
        String fence = text.contains("```") ? "~~~~" : "```";
        return fence + language + "\n" + text.strip() + "\n" + fence + "\n";
    }

    /** A count with thousands set apart. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A share as per cent with two significant digits. */
    static String percent(double share) {
        if (share == 0) {
            return "0 %";
        }
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2).round(TWO_DIGITS);
        return percent.stripTrailingZeros().toPlainString() + " %";
    }

    /** At most that long. */
    static String limited(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
