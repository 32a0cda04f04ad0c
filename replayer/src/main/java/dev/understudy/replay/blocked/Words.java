package dev.understudy.replay.blocked;

import dev.understudy.pgwire.sql.SqlConstants;
import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;
import java.util.Arrays;
import java.util.Set;

/** A text's tokens. Indexes outside are allowed in questions and answer no. Makes strings only where one is asked for. */
final class Words {
    private static final int FIRST_TOKENS = 32;

    private final String sql;
    private final boolean backslashes;
    private TokenKind[] kinds = new TokenKind[FIRST_TOKENS];
    private int[] starts = new int[FIRST_TOKENS];
    private int[] ends = new int[FIRST_TOKENS];
    private int size;

    Words(String sql, boolean backslashes) {
        this.sql = sql;
        this.backslashes = backslashes;
        for (SqlLexer lexer = new SqlLexer(sql, backslashes); lexer.next(); size++) {
            if (size == starts.length) {
                kinds = Arrays.copyOf(kinds, 2 * size);
                starts = Arrays.copyOf(starts, 2 * size);
                ends = Arrays.copyOf(ends, 2 * size);
            }
            kinds[size] = lexer.kind();
            starts[size] = lexer.start();
            ends[size] = lexer.end();
        }
    }

    int size() {
        return size;
    }

    boolean has(int i, TokenKind kind) {
        return i >= 0 && i < size && kinds[i] == kind;
    }

    boolean isName(int i) {
        return has(i, TokenKind.WORD) || has(i, TokenKind.QUOTED_WORD);
    }

    boolean is(int i, char punctuation) {
        return has(i, TokenKind.PUNCTUATION) && sql.charAt(starts[i]) == punctuation;
    }

    boolean isOperator(int i, String operator) {
        return has(i, TokenKind.OPERATOR) && sql.regionMatches(starts[i], operator, 0, ends[i] - starts[i]);
    }

    /** Whether it is this unquoted word, in any case; {@code word} is lower case. */
    boolean isWord(int i, String word) {
        return has(i, TokenKind.WORD)
                && ends[i] - starts[i] == word.length()
                && sql.regionMatches(true, starts[i], word, 0, word.length());
    }

    boolean isAny(int i, Set<String> words) {
        return has(i, TokenKind.WORD) && words.contains(name(i));
    }

    /** The name as the server folds it; empty where there is none. */
    String name(int i) {
        if (has(i, TokenKind.QUOTED_WORD)) {
            String token = sql.substring(starts[i], ends[i]);
            if (isWord(i + 1, "uescape") && has(i + 2, TokenKind.STRING)) {
                String escape = string(i + 2);
                return SqlConstants.name(token, escape.isEmpty() ? '\\' : escape.charAt(0));
            }
            return SqlConstants.name(token, '\\');
        }
        if (!has(i, TokenKind.WORD)) {
            return "";
        }
        StringBuilder folded = new StringBuilder(ends[i] - starts[i]);
        for (int k = starts[i]; k < ends[i]; k++) {
            char c = sql.charAt(k);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return folded.toString();
    }

    /** What the string constant there stands for. */
    String string(int i) {
        return SqlConstants.string(sql.substring(starts[i], ends[i]), backslashes);
    }

    /** Whether one of these words is among the tokens from {@code from} to the statement's end. */
    boolean contains(int from, String word) {
        for (int i = from; i < size && !is(i, ';'); i++) {
            if (isWord(i, word)) {
                return true;
            }
        }
        return false;
    }
}
