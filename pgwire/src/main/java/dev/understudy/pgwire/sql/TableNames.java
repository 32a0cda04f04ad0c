package dev.understudy.pgwire.sql;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Tables that a statement seems to mention, for messages only: names behind FROM, JOIN, INTO, UPDATE, TABLE and the
 * like. Common table expressions are among them, tables behind views and functions are not.
 */
public final class TableNames {
    private final SqlLexer lexer;
    private final Set<String> names = new LinkedHashSet<>();

    private TableNames(String sql) {
        lexer = new SqlLexer(sql);
    }

    /** The names in the order of their first mention, as the server folds them, with the schema where one is given. */
    public static Set<String> of(String sql) {
        return new TableNames(sql).scan();
    }

    private Set<String> scan() {
        boolean more = lexer.next();
        boolean list = false;
        while (more) {
            if (isIntroduction()) {
                list = lexer.isWord("from");
                more = afterIntroduction();
            } else if (list && lexer.is(',')) {
                more = lexer.next() && name();
            } else {
                list &= !lexer.is('(') && !lexer.is(')') && !lexer.isWord("where") && !lexer.isWord("set");
                more = lexer.next();
            }
        }
        return names;
    }

    private boolean isIntroduction() {
        return lexer.isWord("from")
                || lexer.isWord("join")
                || lexer.isWord("into")
                || lexer.isWord("update")
                || lexer.isWord("table")
                || lexer.isWord("truncate")
                || lexer.isWord("copy");
    }

    private boolean afterIntroduction() {
        boolean more = lexer.next();
        while (more
                && (lexer.isWord("only")
                        || lexer.isWord("table")
                        || lexer.isWord("lateral")
                        || lexer.isWord("if")
                        || lexer.isWord("not")
                        || lexer.isWord("exists"))) {
            more = lexer.next();
        }
        return more && name();
    }

    /** Reads a name with its qualifiers; answers whether a token behind it is there. */
    private boolean name() {
        if (!isName() || lexer.isWord("select") || lexer.isWord("set") || lexer.isWord("of") || lexer.isWord("stdin")) {
            return true;
        }
        StringBuilder name = new StringBuilder(lexer.name());
        boolean more = lexer.next();
        while (more && lexer.is('.')) {
            more = lexer.next();
            if (more && isName()) {
                name.append('.').append(lexer.name());
                more = lexer.next();
            }
        }
        names.add(name.toString());
        return more;
    }

    private boolean isName() {
        return lexer.kind() == TokenKind.WORD || lexer.kind() == TokenKind.QUOTED_WORD;
    }
}
