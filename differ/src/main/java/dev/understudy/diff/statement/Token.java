package dev.understudy.diff.statement;

import dev.understudy.pgwire.sql.TokenKind;

/**
 * A token with how deep in parentheses it stands.
 *
 * @param kind what it is
 * @param text key words and unquoted names in lower case, the rest as written
 * @param depth parentheses and brackets around it; that of the inside for the brackets themselves
 */
record Token(TokenKind kind, String text, int depth) {
    boolean isWord(String word) {
        return kind == TokenKind.WORD && text.equals(word);
    }

    boolean is(char punctuation) {
        return kind == TokenKind.PUNCTUATION && text.charAt(0) == punctuation;
    }

    boolean isName() {
        return kind == TokenKind.WORD || kind == TokenKind.QUOTED_WORD;
    }
}
