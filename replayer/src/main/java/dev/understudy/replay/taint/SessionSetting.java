package dev.understudy.replay.taint;

import dev.understudy.pgwire.sql.SqlLexer;

/** Whether a statement sets what the session's later statements run under. */
final class SessionSetting {
    private SessionSetting() {}

    static boolean is(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        if (!lexer.next()) {
            return false;
        }
        if (lexer.isWord("reset") || lexer.isWord("discard")) {
            return true;
        }
        return lexer.isWord("set")
                && lexer.next()
                && !lexer.isWord("local")
                && !lexer.isWord("transaction")
                && !lexer.isWord("constraints");
    }
}
