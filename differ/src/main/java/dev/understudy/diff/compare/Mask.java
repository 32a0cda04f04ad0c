package dev.understudy.diff.compare;

import dev.understudy.pgwire.value.Value;

/**
 * Shows values so that a difference can be seen and the rest cannot be read: of texts, what both sides share is masked
 * letter by letter, and what differs is shown if it is short. Numbers, times, labels and truth values are shown.
 */
public final class Mask {
    /** What differs is shown up to this length, else masked too. */
    private static final int MAX_SHOWN = 40;
    /** Masked text beyond this is told by its length. */
    private static final int MAX_CONTEXT = 24;
    /** No value is longer than this in a report. */
    private static final int MAX_VALUE = 160;

    private Mask() {}

    /** Two values side by side; SQL NULL included. */
    static String[] pair(Value before, Value after) {
        if (before instanceof Value.Null || after instanceof Value.Null || isPlain(before) && isPlain(after)) {
            return new String[] {alone(before), alone(after)};
        }
        String a = before.text();
        String b = after.text();
        int common = Math.min(a.length(), b.length());
        int start = 0;
        while (start < common && a.charAt(start) == b.charAt(start)) {
            start++;
        }
        int tail = 0;
        while (tail < common - start && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
            tail++;
        }
        return new String[] {around(a, start, tail), around(b, start, tail)};
    }

    /** One value, masked as a whole. */
    static String alone(Value value) {
        String text = value.text();
        return isPlain(value) ? limited(text) : quoted(context(text)) + length(text);
    }

    /** Whether a value is shown as it is. */
    public static boolean isPlain(Value value) {
        return !(value instanceof Value.Text
                || value instanceof Value.Json
                || value instanceof Value.Bytes
                || value instanceof Value.Opaque
                || value instanceof Value.Array);
    }

    private static String around(String text, int start, int tail) {
        String changed = text.substring(start, text.length() - tail);
        String shown = changed.length() <= MAX_SHOWN ? changed : context(changed);
        return quoted(context(text.substring(0, start)) + shown + context(text.substring(text.length() - tail)))
                + length(text);
    }

    private static String length(String text) {
        return text.length() <= MAX_CONTEXT ? "" : " (" + text.length() + " characters)";
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }

    private static String context(String text) {
        if (text.length() <= MAX_CONTEXT) {
            return masked(text);
        }
        int half = MAX_CONTEXT / 2;
        return masked(text.substring(0, half)) + "…" + masked(text.substring(text.length() - half));
    }

    private static String masked(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        text.codePoints().forEach(c -> masked.append(mask(c)));
        return masked.toString();
    }

    private static char mask(int c) {
        if (Character.isDigit(c)) {
            return '9';
        }
        if (Character.isLetter(c)) {
            return Character.isUpperCase(c) ? 'X' : 'x';
        }
        return c < 0x20 || c > 0x7e ? '·' : (char) c;
    }

    private static String limited(String text) {
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE - 1) + "…";
    }
}
