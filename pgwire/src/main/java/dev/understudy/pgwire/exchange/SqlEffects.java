package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What statements that succeeded did to prepared statements and portals: PREPARE, DEALLOCATE, DISCARD, COMMIT. */
final class SqlEffects {
    private SqlEffects() {}

    /** Applies a statement's effect; the tag is the server's word for what ran. */
    static void apply(String tag, String sql, BookKeeping books) {
        switch (tag) {
            case "PREPARE" -> {
                PreparedStatement statement = prepared(sql);
                if (statement != null) {
                    books.parsed(statement);
                }
            }
            case "DEALLOCATE" -> {
                String name = deallocated(sql);
                if (name != null) {
                    books.closeStatement(name);
                }
            }
            case "DEALLOCATE ALL" -> books.closeAllStatements();
            case "DISCARD ALL" -> {
                books.closeAllStatements();
                books.closeAllPortals();
            }
            case "COMMIT" -> books.closeAllPortals();
            default -> {}
        }
    }

    /** Notes the statement that an SQL-level EXECUTE names. */
    static void noteExecute(String sql, BookKeeping books) {
        if (!mayBegin(sql, 'e')) {
            return;
        }
        SqlLexer lexer = new SqlLexer(sql);
        if (lexer.next() && lexer.isWord("execute") && lexer.next() && isName(lexer)) {
            books.use(lexer.name());
        }
    }

    /** PREPARE name [ ( types ) ] AS statement. */
    private static @Nullable PreparedStatement prepared(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        if (!lexer.next() || !lexer.isWord("prepare") || !lexer.next() || !isName(lexer)) {
            return null;
        }
        String name = lexer.name();
        while (lexer.next()) {
            if (lexer.isWord("as")) {
                return new PreparedStatement(name, sql.substring(lexer.end()).strip(), List.of(), null);
            }
        }
        return null;
    }

    /** DEALLOCATE [ PREPARE ] name. */
    private static @Nullable String deallocated(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        if (!lexer.next() || !lexer.isWord("deallocate") || !lexer.next() || !isName(lexer)) {
            return null;
        }
        String name = lexer.name();
        return lexer.kind() == TokenKind.WORD && name.equals("prepare") && lexer.next() && isName(lexer)
                ? lexer.name()
                : name;
    }

    /** Whether a text may begin with a word of that first letter; comments and the like may stand before it. */
    private static boolean mayBegin(String sql, char lowerCase) {
        char first = sql.isEmpty() ? 0 : sql.charAt(0);
        return !Character.isLetter(first) || Character.toLowerCase(first) == lowerCase;
    }

    private static boolean isName(SqlLexer lexer) {
        return lexer.kind() == TokenKind.WORD || lexer.kind() == TokenKind.QUOTED_WORD;
    }
}
