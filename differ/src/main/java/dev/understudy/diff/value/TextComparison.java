package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Texts: the first of the narrow classes that applies, else what the part that changed looks like. */
final class TextComparison {
    /** A changed part longer than this is told by its length. */
    private static final int MAX_LABEL = 24;

    private TextComparison() {}

    static @Nullable ValueChange change(String before, String after) {
        if (before.equals(after)) {
            return null;
        }
        String a = before.stripTrailing();
        String b = after.stripTrailing();
        if (a.equals(b)) {
            return new ValueChange(
                    DifferenceClass.VALUE_TRAILING_SPACE,
                    after.length() < before.length() ? "trailing space lost" : "trailing space added");
        }
        if (before.startsWith(after)) {
            return new ValueChange(
                    DifferenceClass.VALUE_TRUNCATED,
                    after.isEmpty() ? "emptied" : "cut to " + after.codePointCount(0, after.length()) + " characters");
        }
        // the Angstrom sign is the letter Å written in another form, though both have one lower case
        if (nfc(before).equals(nfc(after))) {
            return new ValueChange(DifferenceClass.VALUE_UNICODE_FORM, "same in NFC");
        }
        if (before.equalsIgnoreCase(after)) {
            return new ValueChange(DifferenceClass.VALUE_CASE_ONLY, casing(after));
        }
        return new ValueChange(DifferenceClass.VALUE_TEXT, changedPart(before, after));
    }

    private static String casing(String after) {
        boolean upper = after.chars().noneMatch(Character::isLowerCase);
        boolean lower = after.chars().noneMatch(Character::isUpperCase);
        return upper ? "to upper case" : lower ? "to lower case" : "case";
    }

    private static String nfc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String changedPart(String before, String after) {
        int common = Math.min(before.length(), after.length());
        int start = 0;
        while (start < common && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        int tail = 0;
        while (tail < common - start
                && before.charAt(before.length() - 1 - tail) == after.charAt(after.length() - 1 - tail)) {
            tail++;
        }
        String from = before.substring(start, before.length() - tail);
        String to = after.substring(start, after.length() - tail);
        String place =
                start == 0 && tail == 0 ? "" : start == 0 ? "at the start: " : tail == 0 ? "at the end: " : "inside: ";
        return place + label(from) + " → " + label(to);
    }

    /** Digits read #, so that a change of many rows is one. */
    private static String label(String part) {
        if (part.length() > MAX_LABEL) {
            return "text";
        }
        StringBuilder label = new StringBuilder("'");
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit || label.charAt(label.length() - 1) != '#') {
                label.append(digit ? '#' : c);
            }
        }
        return label.append('\'').toString();
    }
}
