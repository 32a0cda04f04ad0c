package dev.understudy.replay.generated;

import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;
import org.jspecify.annotations.Nullable;

/** Sequences' names as they stand in strings that are cast to regclass. */
final class SequenceNames {
    private SequenceNames() {}

    /** The name as the server folds it, with its schema where one is written. */
    static String fold(String text) {
        StringBuilder name = new StringBuilder();
        for (SqlLexer lexer = new SqlLexer(text); lexer.next(); ) {
            boolean word = lexer.kind() == TokenKind.WORD || lexer.kind() == TokenKind.QUOTED_WORD;
            name.append(word ? lexer.name() : lexer.text());
        }
        return name.toString();
    }

    /** The sequence of a default that is {@code nextval('…'::regclass)}, perhaps cast; null if it is another. */
    static @Nullable String ofDefault(String expression) {
        SqlLexer lexer = new SqlLexer(expression);
        boolean more = lexer.next();
        while (more && lexer.is('(')) {
            more = lexer.next();
        }
        boolean calls = more && lexer.isWord("nextval") && lexer.next() && lexer.is('(') && lexer.next();
        if (!calls || lexer.kind() != TokenKind.STRING) {
            return null;
        }
        String text = lexer.text();
        return fold(text.substring(1, text.length() - 1).replace("''", "'"));
    }
}
