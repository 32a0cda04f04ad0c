package dev.understudy.replay.access;

import java.util.Set;

/** Whether a trigger's function may change its row otherwise than by naming the columns. */
final class RowRewrite {
    private static final Set<String> ROW_MAKERS =
            Set.of("jsonb_populate_record", "json_populate_record", "populate_record", "execute");

    private RowRewrite() {}

    static boolean isPossible(String definition) {
        for (String name : Names.of(definition)) {
            if (ROW_MAKERS.contains(name)) {
                return true;
            }
        }
        Tokens tokens = new Tokens(Names.content(body(definition)));
        for (int i = 0; i < tokens.size(); i++) {
            boolean whole = tokens.isWord(i, "new") && !tokens.is(i + 1, '.') && !tokens.isWord(i - 1, "return");
            boolean other = tokens.isWord(i, "return")
                    && !tokens.isWord(i + 1, "new")
                    && !tokens.isWord(i + 1, "old")
                    && !tokens.isWord(i + 1, "null");
            if (whole || other || tokens.isOperator(i, "#=")) {
                return true;
            }
        }
        return !tokens.isWhole();
    }

    /** The function's body: pg_get_functiondef quotes it with dollars. */
    private static String body(String definition) {
        int open = definition.indexOf("AS $");
        return open < 0 ? "" : definition.substring(open + 3).strip();
    }
}
