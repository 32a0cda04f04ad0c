package dev.understudy.pgwire.value;

import org.jspecify.annotations.Nullable;

/**
 * money in the text format: whatever the server's locale writes around the digits, these are all of the number, down to
 * the smallest unit (cash_out). A minus sign stands anywhere, or brackets for it.
 */
final class MoneyText {
    private static final int MAX_LENGTH = 64;

    private MoneyText() {}

    static @Nullable Value decode(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        StringBuilder digits = new StringBuilder(text.length());
        boolean negative = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
            negative |= c == '-' || c == '(' || c == '\u2212';
        }
        try {
            long units = Long.parseLong((negative ? "-" : "") + digits);
            return new Value.Money(units, text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
