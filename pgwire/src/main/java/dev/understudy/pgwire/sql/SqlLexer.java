package dev.understudy.pgwire.sql;

/**
 * Cuts SQL text into tokens by PostgreSQL's lexical rules (chapter 4.1; scan.l of version 15, and the numbers of 16),
 * with {@code standard_conforming_strings} on unless said otherwise. White space and comments are stepped over. Text that the server would
 * refuse still yields tokens: one that is not terminated reaches to the end.
 *
 * <pre>{@code
 * for (SqlLexer token = new SqlLexer(sql); token.next(); ) {
 *     if (token.isWord("select")) …
 * }
 * }</pre>
 *
 * <p>Time is linear in the text, whatever it holds. Allocates nothing but the strings that {@link #text} is asked for.
 * Belongs to one thread.
 */
public final class SqlLexer {
    /** The server refuses longer operators (NAMEDATALEN). */
    private static final int MAX_OPERATOR_LENGTH = 63;

    private final String sql;
    private final int length;
    private final boolean backslashes;
    private int start;
    private int end;
    private TokenKind kind = TokenKind.OTHER;
    private boolean unterminated;

    /** Starts before the first token. */
    public SqlLexer(String sql) {
        this(sql, false);
    }

    /**
     * Starts before the first token.
     *
     * @param backslashes whether a backslash escapes in plain strings too: {@code standard_conforming_strings} is off
     */
    public SqlLexer(String sql, boolean backslashes) {
        this.sql = sql;
        this.length = sql.length();
        this.backslashes = backslashes;
    }

    /** A lexer at the same token, to look ahead with. */
    public SqlLexer copy() {
        SqlLexer copy = new SqlLexer(sql);
        copy.start = start;
        copy.end = end;
        copy.kind = kind;
        copy.unterminated = unterminated;
        return copy;
    }

    /** Steps to the next token; false at the end of the text. */
    public boolean next() {
        start = skipBlank(end);
        if (start >= length) {
            start = length;
            token(TokenKind.OTHER, length);
            return false;
        }
        char c = sql.charAt(start);
        if (isWordStart(c)) {
            word(c);
        } else if (isDigit(c) || c == '.' && isDigit(at(start + 1))) {
            token(TokenKind.NUMBER, numberEnd(start));
        } else if (c == '\'') {
            token(TokenKind.STRING, stringEnd(start + 1, backslashes));
        } else if (c == '"') {
            token(TokenKind.QUOTED_WORD, quotedWordEnd(start + 1));
        } else if (c == '$') {
            dollar();
        } else if (c == ':') {
            char following = at(start + 1);
            token(TokenKind.OPERATOR, start + (following == ':' || following == '=' ? 2 : 1));
        } else if (c == '.' && at(start + 1) == '.') {
            token(TokenKind.OPERATOR, start + 2);
        } else if (isPunctuation(c)) {
            token(TokenKind.PUNCTUATION, start + 1);
        } else if (isOperator(c)) {
            token(TokenKind.OPERATOR, operatorEnd());
        } else {
            token(TokenKind.OTHER, start + 1);
        }
        return true;
    }

    /** The current token's kind. */
    public TokenKind kind() {
        return kind;
    }

    /** The index of the current token's first character. */
    public int start() {
        return start;
    }

    /** The index just behind the current token. */
    public int end() {
        return end;
    }

    /** The current token as written. */
    public String text() {
        return sql.substring(start, end);
    }

    /** Whether the current token is this key word or unquoted identifier, in any case; {@code word} is lower case. */
    public boolean isWord(String word) {
        if (kind != TokenKind.WORD || end - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = sql.charAt(start + i);
            if ((isUpper(c) ? c + ('a' - 'A') : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the current token is this single character of punctuation. */
    public boolean is(char punctuation) {
        return kind == TokenKind.PUNCTUATION && sql.charAt(start) == punctuation;
    }

    /** Whether a quote or comment was met that the text does not close; final. */
    public boolean isUnterminated() {
        return unterminated;
    }

    /**
     * The name that the current word stands for: lower case (ASCII letters) if unquoted, else without its quotes.
     * {@code U&} escapes stay as they are.
     */
    public String name() {
        if (kind != TokenKind.QUOTED_WORD) {
            return lowerCase(sql, start, end);
        }
        int open = sql.indexOf('"', start);
        int close = end > open + 1 && sql.charAt(end - 1) == '"' ? end - 1 : end;
        return sql.substring(open + 1, close).replace("\"\"", "\"");
    }

    /** ASCII letters in lower case, everything else as it is, as the server folds identifiers. */
    static String lowerCase(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isUpper(text.charAt(i))) {
                char[] chars = new char[to - from];
                text.getChars(from, to, chars, 0);
                for (int j = i - from; j < chars.length; j++) {
                    chars[j] = isUpper(chars[j]) ? (char) (chars[j] + ('a' - 'A')) : chars[j];
                }
                return new String(chars);
            }
        }
        return text.substring(from, to);
    }

    private void token(TokenKind tokenKind, int tokenEnd) {
        kind = tokenKind;
        end = tokenEnd;
    }

    private void word(char first) {
        char second = at(start + 1);
        if (second == '\'' && (first == 'E' || first == 'e')) {
            token(TokenKind.STRING, stringEnd(start + 2, true));
        } else if (second == '\'' && "BbXxNn".indexOf(first) >= 0) {
            token(TokenKind.STRING, stringEnd(start + 2, false));
        } else if (second == '&' && (first == 'U' || first == 'u') && at(start + 2) == '\'') {
            token(TokenKind.STRING, stringEnd(start + 3, false));
        } else if (second == '&' && (first == 'U' || first == 'u') && at(start + 2) == '"') {
            token(TokenKind.QUOTED_WORD, quotedWordEnd(start + 3));
        } else {
            int i = start + 1;
            while (i < length && isWordPart(sql.charAt(i))) {
                i++;
            }
            token(TokenKind.WORD, i);
        }
    }

    private void dollar() {
        int i = start + 1;
        if (isDigit(at(i))) {
            while (isDigit(at(i))) {
                i++;
            }
            token(TokenKind.PARAMETER, i);
            return;
        }
        if (isWordStart(at(i))) {
            while (i < length && sql.charAt(i) != '$' && isWordPart(sql.charAt(i))) {
                i++;
            }
        }
        if (at(i) != '$') {
            token(TokenKind.OTHER, start + 1);
            return;
        }
        String delimiter = sql.substring(start, i + 1);
        int close = sql.indexOf(delimiter, i + 1);
        unterminated |= close < 0;
        token(TokenKind.STRING, close < 0 ? length : close + delimiter.length());
    }

    /** The end of a string whose first character behind the opening quote is at {@code from}. */
    private int stringEnd(int from, boolean escapes) {
        int i = from;
        while (i < length) {
            char c = sql.charAt(i);
            if (c == '\\' && escapes) {
                i += 2;
            } else if (c != '\'') {
                i++;
            } else if (at(i + 1) == '\'') {
                i += 2;
            } else {
                int continued = continuation(i + 1);
                if (continued < 0) {
                    return i + 1;
                }
                i = continued;
            }
        }
        unterminated = true;
        return length;
    }

    /** Strings that only white space with a line break separates are one: where the next part begins, or -1. */
    private int continuation(int from) {
        int i = from;
        boolean newline = false;
        while (i < length) {
            char c = sql.charAt(i);
            if (c == '\n' || c == '\r') {
                newline = true;
                i++;
            } else if (isSpace(c)) {
                i++;
            } else if (c == '-' && at(i + 1) == '-') {
                i = lineEnd(i);
            } else {
                return newline && c == '\'' ? i + 1 : -1;
            }
        }
        return -1;
    }

    private int quotedWordEnd(int from) {
        int i = from;
        while (i < length) {
            if (sql.charAt(i) != '"') {
                i++;
            } else if (at(i + 1) == '"') {
                i += 2;
            } else {
                return i + 1;
            }
        }
        unterminated = true;
        return length;
    }

    private int numberEnd(int from) {
        if (sql.charAt(from) == '0' && "xXoObB".indexOf(at(from + 1)) >= 0 && isHexDigit(at(from + 2))) {
            int i = from + 2;
            while (isHexDigit(at(i)) || at(i) == '_') {
                i++;
            }
            return i;
        }
        int i = digitsEnd(from);
        if (at(i) == '.' && at(i + 1) != '.') {
            i = digitsEnd(i + 1);
        }
        if (at(i) == 'e' || at(i) == 'E') {
            int digits = at(i + 1) == '+' || at(i + 1) == '-' ? i + 2 : i + 1;
            if (isDigit(at(digits))) {
                i = digitsEnd(digits);
            }
        }
        return i;
    }

    private int digitsEnd(int from) {
        int i = from;
        while (isDigit(at(i)) || at(i) == '_' && i > from && isDigit(at(i + 1))) {
            i++;
        }
        return i;
    }

    /** An operator stops before a comment, and may end in + or - only if it has a character that no SQL operator has. */
    private int operatorEnd() {
        int limit = Math.min(length, start + MAX_OPERATOR_LENGTH);
        int i = start;
        boolean special = false;
        while (i < limit && isOperator(sql.charAt(i)) && !isCommentStart(i)) {
            special |= "~!@#^&|`?%".indexOf(sql.charAt(i)) >= 0;
            i++;
        }
        while (!special && i > start + 1 && (sql.charAt(i - 1) == '+' || sql.charAt(i - 1) == '-')) {
            i--;
        }
        return i;
    }

    private int skipBlank(int from) {
        int i = from;
        while (i < length) {
            char c = sql.charAt(i);
            if (isSpace(c)) {
                i++;
            } else if (!isCommentStart(i)) {
                return i;
            } else {
                i = c == '-' ? lineEnd(i) : blockCommentEnd(i);
            }
        }
        return length;
    }

    private int lineEnd(int from) {
        int i = from;
        while (i < length && sql.charAt(i) != '\n' && sql.charAt(i) != '\r') {
            i++;
        }
        return i;
    }

    private int blockCommentEnd(int from) {
        int depth = 0;
        int i = from;
        while (i < length) {
            if (sql.charAt(i) == '/' && at(i + 1) == '*') {
                depth++;
                i += 2;
            } else if (sql.charAt(i) == '*' && at(i + 1) == '/') {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        unterminated = true;
        return length;
    }

    private boolean isCommentStart(int i) {
        char c = sql.charAt(i);
        return c == '-' && at(i + 1) == '-' || c == '/' && at(i + 1) == '*';
    }

    /** The character at an index, NUL behind the end. */
    private char at(int i) {
        return i < length ? sql.charAt(i) : 0;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z' || isUpper(c) || c == '_' || c >= 0x80;
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean isPunctuation(char c) {
        return c == '(' || c == ')' || c == ',' || c == ';' || c == '.' || c == '[' || c == ']';
    }

    private static boolean isOperator(char c) {
        return "~!@#^&|`?+-*/%<>=".indexOf(c) >= 0;
    }
}
