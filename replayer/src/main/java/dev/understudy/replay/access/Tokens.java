package dev.understudy.replay.access;

import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** A statement's tokens, with parentheses paired. Indexes outside are allowed in questions and answer no. */
final class Tokens {
    /** A statement of more tokens is not followed. */
    private static final int MAX_TOKENS = 50_000;

    private record Token(TokenKind kind, String text, int start, int end) {}

    private final List<Token> tokens = new ArrayList<>();
    private final int[] partner;
    private final boolean whole;

    Tokens(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        boolean more = lexer.next();
        while (more && tokens.size() < MAX_TOKENS) {
            boolean word = lexer.kind() == TokenKind.WORD || lexer.kind() == TokenKind.QUOTED_WORD;
            tokens.add(new Token(lexer.kind(), word ? lexer.name() : lexer.text(), lexer.start(), lexer.end()));
            more = lexer.next();
        }
        partner = new int[tokens.size()];
        whole = pair() && !more && !lexer.isUnterminated();
    }

    private boolean pair() {
        Arrays.fill(partner, -1);
        Deque<Integer> open = new ArrayDeque<>();
        boolean paired = true;
        for (int i = 0; i < tokens.size(); i++) {
            if (is(i, '(') || is(i, '[')) {
                open.push(i);
            } else if (is(i, ')') || is(i, ']')) {
                if (open.isEmpty() || is(i, ')') != is(open.peek(), '(')) {
                    paired = false;
                } else {
                    partner[open.peek()] = i;
                    partner[i] = open.pop();
                }
            }
        }
        return paired && open.isEmpty();
    }

    /** Whether all of the text is here and its parentheses close. */
    boolean isWhole() {
        return whole;
    }

    int size() {
        return tokens.size();
    }

    /** The index behind the token, or behind what it opens. */
    int after(int i) {
        return isOpening(i) ? partner[i] + 1 : i + 1;
    }

    boolean isOpening(int i) {
        return is(i, '(') || is(i, '[');
    }

    /** The index of the parenthesis that closes the one at {@code i}. */
    int close(int i) {
        return partner[i];
    }

    boolean is(int i, char punctuation) {
        return has(i, TokenKind.PUNCTUATION) && tokens.get(i).text().charAt(0) == punctuation;
    }

    boolean isOperator(int i, String operator) {
        return has(i, TokenKind.OPERATOR) && tokens.get(i).text().equals(operator);
    }

    boolean isWord(int i, String word) {
        return has(i, TokenKind.WORD) && tokens.get(i).text().equals(word);
    }

    /** The key word or unquoted name there, in lower case; empty for anything else. */
    String word(int i) {
        return has(i, TokenKind.WORD) ? tokens.get(i).text() : "";
    }

    boolean isName(int i) {
        return has(i, TokenKind.WORD) || has(i, TokenKind.QUOTED_WORD);
    }

    boolean has(int i, TokenKind kind) {
        return i >= 0 && i < tokens.size() && tokens.get(i).kind() == kind;
    }

    /** A name as the server folds it; any other token as written. */
    String text(int i) {
        return tokens.get(i).text();
    }

    /** Where the token begins in the statement, in characters. */
    int start(int i) {
        return tokens.get(i).start();
    }

    /** Where the character behind the token stands. */
    int end(int i) {
        return tokens.get(i).end();
    }

    /** Whether the word at {@code i} can only be a name, whatever it reads: behind a dot or AS. */
    private boolean isLabel(int i) {
        return is(i - 1, '.') || isWord(i - 1, "as");
    }

    /** The names in a list; none at all if one of its items is more than a name. */
    List<String> names(int from, int to) {
        List<String> names = new ArrayList<>();
        for (int i = from; i < to; i = after(i)) {
            if (isName(i) && (is(i + 1, ',') || i + 1 == to)) {
                names.add(text(i));
            } else if (!is(i, ',')) {
                return List.of();
            }
        }
        return names;
    }

    /** The first of the words outside parentheses in the range, else {@code to}. */
    int find(int from, int to, Set<String> words) {
        for (int i = from; i < to; i = after(i)) {
            if (has(i, TokenKind.WORD) && words.contains(text(i)) && !isLabel(i)) {
                return i;
            }
        }
        return to;
    }
}
