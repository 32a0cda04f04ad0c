package dev.understudy.replay.access;

import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;
import java.util.HashSet;
import java.util.Set;

/** All names in a text, key words among them, also those in the text that a dollar-quoted or plain string holds. */
final class Names {
    private Names() {}

    static Set<String> of(String text) {
        Set<String> names = new HashSet<>();
        collect(text, names, 0);
        return names;
    }

    /** The names in the text that a string constant holds. */
    static Set<String> inside(String constant) {
        return of(content(constant));
    }

    private static void collect(String text, Set<String> names, int depth) {
        for (SqlLexer lexer = new SqlLexer(text); lexer.next(); ) {
            if (lexer.kind() == TokenKind.WORD || lexer.kind() == TokenKind.QUOTED_WORD) {
                names.add(lexer.name());
            } else if (lexer.kind() == TokenKind.STRING && depth < 2) {
                collect(content(lexer.text()), names, depth + 1);
            }
        }
    }

    /** The name, without its schema, of the sequence that {@code nextval('…'::regclass)} draws from. */
    static String sequence(String nextval) {
        int open = nextval.indexOf('\'');
        int close = nextval.indexOf('\'', open + 1);
        String name = open < 0 || close < 0 ? nextval : nextval.substring(open + 1, close);
        return name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
    }

    /** What stands between a string's delimiters. */
    static String content(String constant) {
        if (constant.startsWith("$")) {
            int open = constant.indexOf('$', 1) + 1;
            return constant.length() >= 2 * open ? constant.substring(open, constant.length() - open) : "";
        }
        int open = constant.indexOf('\'') + 1;
        return open > 0 && constant.length() > open ? constant.substring(open, constant.length() - 1) : "";
    }
}
