package dev.understudy.diff.compare;

import dev.understudy.pgwire.sql.SqlLexer;

/** The query of {@code COPY (query) TO STDOUT}. */
final class CopyQuery {
    private CopyQuery() {}

    /** Its text; empty where a table is copied. */
    static String of(String sql) {
        SqlLexer token = new SqlLexer(sql);
        if (!token.next() || !token.isWord("copy") || !token.next() || !token.is('(')) {
            return "";
        }
        int start = token.end();
        for (int depth = 1; token.next(); ) {
            depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
            if (depth == 0) {
                return sql.substring(start, token.start());
            }
        }
        return "";
    }
}
