package dev.understudy.cli.target;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code host=... dbname='two words'}, read as libpq reads it: blanks around the equals sign are allowed, single quotes
 * hold blanks, and a backslash takes the next character as it is, in quotes and outside.
 */
final class KeywordDsn {
    private final String text;
    private int at;

    private KeywordDsn(String text) {
        this.text = text;
    }

    /** The parameters by keyword. */
    static Map<String, String> parse(String text) {
        return new KeywordDsn(text).parse();
    }

    private Map<String, String> parse() {
        Map<String, String> settings = new LinkedHashMap<>();
        skipBlanks();
        while (at < text.length()) {
            String keyword = keyword();
            skipBlanks();
            if (at >= text.length() || text.charAt(at) != '=') {
                throw new InvalidTargetException("expected '=' after '" + keyword + "' in the connection string");
            }
            at++;
            skipBlanks();
            settings.put(Keyword.checked(keyword, "the connection string"), value(keyword));
            skipBlanks();
        }
        return settings;
    }

    private String keyword() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '=' && !isBlank(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String value(String keyword) {
        StringBuilder value = new StringBuilder();
        boolean quoted = at < text.length() && text.charAt(at) == '\'';
        if (quoted) {
            at++;
        }
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                value.append(text.charAt(at++));
            } else if (quoted ? c == '\'' : isBlank(c)) {
                return value.toString();
            } else if (c != '\\') {
                value.append(c);
            }
        }
        if (quoted) {
            throw new InvalidTargetException(
                    "expected a closing quote after the value of '" + keyword + "' in the connection string");
        }
        return value.toString();
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
