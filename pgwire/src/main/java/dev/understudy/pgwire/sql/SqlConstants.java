package dev.understudy.pgwire.sql;

/** What string constants and quoted names stand for, by PostgreSQL's lexical rules (chapter 4.1.1 and 4.1.2). Pure. */
public final class SqlConstants {
    private static final int HEX = 16;
    private static final int OCTAL = 8;

    private SqlConstants() {}

    /**
     * The text that a {@link TokenKind#STRING} token stands for; what is malformed stays as it is.
     *
     * @param token as written
     * @param backslashes whether a backslash escapes in plain strings too
     */
    public static String string(String token, boolean backslashes) {
        if (token.startsWith("$")) {
            int open = token.indexOf('$', 1) + 1;
            return token.length() >= 2 * open ? token.substring(open, token.length() - open) : "";
        }
        int quote = token.indexOf('\'');
        if (quote < 0) {
            return token;
        }
        boolean unicode = isUnicode(token);
        boolean escapes = quote == 1 && (token.charAt(0) == 'E' || token.charAt(0) == 'e');
        StringBuilder out = new StringBuilder(token.length());
        int i = quote + 1;
        while (i < token.length()) {
            char c = token.charAt(i);
            if (c == '\\' && (escapes || backslashes && quote == 0) && i + 1 < token.length()) {
                i = escape(token, i + 1, out);
            } else if (c != '\'') {
                out.append(c);
                i++;
            } else if (i + 1 < token.length() && token.charAt(i + 1) == '\'') {
                out.append(c);
                i += 2;
            } else {
                // the next part of a constant in several, if there is one
                int next = token.indexOf('\'', i + 1);
                i = next < 0 ? token.length() : next + 1;
            }
        }
        return unicode ? unicode(out, '\\') : out.toString();
    }

    /**
     * The name that a {@link TokenKind#QUOTED_WORD} token stands for.
     *
     * @param token as written
     * @param escape the character that introduces a code point in a {@code U&} name: the backslash, unless UESCAPE names
     *     another
     */
    public static String name(String token, char escape) {
        int open = token.indexOf('"');
        boolean closed = token.length() > open + 1 && token.endsWith("\"");
        String inner = token.substring(open + 1, closed ? token.length() - 1 : token.length())
                .replace("\"\"", "\"");
        return isUnicode(token) ? unicode(inner, escape) : inner;
    }

    private static boolean isUnicode(String token) {
        return token.length() > 1 && token.charAt(1) == '&' && (token.charAt(0) == 'U' || token.charAt(0) == 'u');
    }

    private static String unicode(CharSequence text, char escape) {
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean plus = i + 1 < text.length() && text.charAt(i + 1) == '+';
            int from = plus ? i + 2 : i + 1;
            int digits = plus ? 6 : 4;
            if (c != escape) {
                out.append(c);
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == escape) {
                out.append(c);
                i += 2;
            } else if (run(text, from, digits, HEX) == digits && code(text, from, digits) >= 0) {
                out.appendCodePoint(code(text, from, digits));
                i = from + digits;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    /** One escape of {@code E''}, whose first character behind the backslash is at {@code i}; where it ends. */
    private static int escape(CharSequence text, int i, StringBuilder out) {
        char c = text.charAt(i);
        int digits;
        switch (c) {
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'x', 'u', 'U' -> {
                int wanted = c == 'x' ? 2 : c == 'u' ? 4 : 8;
                digits = run(text, i + 1, wanted, HEX);
                if (digits > 0 && (c == 'x' || digits == wanted) && code(text, i + 1, digits) >= 0) {
                    out.appendCodePoint(code(text, i + 1, digits));
                    return i + 1 + digits;
                }
                out.append(c);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                digits = run(text, i, 3, OCTAL);
                out.append((char) (Integer.parseInt(text, i, i + digits, OCTAL) & 0xff));
                return i + digits;
            }
            default -> out.append(c);
        }
        return i + 1;
    }

    private static int run(CharSequence text, int from, int most, int radix) {
        int n = 0;
        while (n < most && from + n < text.length() && Character.digit(text.charAt(from + n), radix) >= 0) {
            n++;
        }
        return n;
    }

    private static int code(CharSequence text, int from, int digits) {
        long code = Long.parseLong(text, from, from + digits, HEX);
        return Character.isValidCodePoint((int) Math.min(code, Integer.MAX_VALUE)) ? (int) code : -1;
    }
}
