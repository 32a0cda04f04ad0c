package dev.understudy.replay.taint;

import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;

/** The savepoint that SAVEPOINT, RELEASE or ROLLBACK TO names: the statement's last name. */
final class SavepointName {
    private SavepointName() {}

    static String of(String sql) {
        String name = "";
        for (SqlLexer lexer = new SqlLexer(sql); lexer.next(); ) {
            if (lexer.kind() == TokenKind.WORD || lexer.kind() == TokenKind.QUOTED_WORD) {
                name = lexer.name();
            }
        }
        return name;
    }
}
