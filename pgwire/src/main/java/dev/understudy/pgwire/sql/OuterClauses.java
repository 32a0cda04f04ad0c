package dev.understudy.pgwire.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * What the outermost level of a query says about its rows' order and number. Clauses of subqueries, window definitions
 * and aggregates are not its own; those of a query that as a whole stands in parentheses are.
 *
 * @param query whether the statement is a query at all (SELECT, VALUES, TABLE, also behind WITH); else the rest is empty
 * @param orderBy the sort expressions as written, with ASC, DESC, USING and NULLS; empty without ORDER BY
 * @param limited whether LIMIT, OFFSET or FETCH makes the rows a selection
 */
public record OuterClauses(boolean query, List<String> orderBy, boolean limited) {
    /** Copies the list. */
    public OuterClauses {
        orderBy = List.copyOf(orderBy);
    }

    /** Whether the rows' order is the statement's choice. */
    public boolean hasOrderBy() {
        return !orderBy.isEmpty();
    }

    /** The outermost clauses of one statement. Time is linear in its text. */
    public static OuterClauses of(String sql) {
        Scan scan = new Scan(sql);
        while (scan.lexer.next()) {
            scan.token();
        }
        scan.endItem();
        return scan.isQuery()
                ? new OuterClauses(true, scan.items, scan.limited)
                : new OuterClauses(false, List.of(), false);
    }

    private static final class Scan {
        final String sql;
        final SqlLexer lexer;
        final List<String> items = new ArrayList<>(0);
        boolean limited;
        private int depth;
        private int outerDepth = Integer.MAX_VALUE;
        private String verb = "";
        private String previous = "";
        private boolean sorting;
        private int itemStart = -1;
        private int itemEnd = -1;

        Scan(String sql) {
            this.sql = sql;
            this.lexer = new SqlLexer(sql);
        }

        void token() {
            if (lexer.is('(')) {
                inItem();
                if (depth == outerDepth) {
                    limited |= previous.equals("limit");
                    previous = "(";
                }
                depth++;
                return;
            }
            if (lexer.is(')')) {
                depth--;
                if (depth >= outerDepth) {
                    inItem();
                }
                return;
            }
            if (lexer.is(';')) {
                return;
            }
            if (depth < outerDepth) {
                outerDepth = depth;
                reset();
            }
            if (depth == outerDepth) {
                outerToken();
            } else {
                inItem();
            }
        }

        /** What was taken for the outermost level was a part in parentheses. */
        private void reset() {
            items.clear();
            limited = false;
            verb = "";
            previous = "";
            sorting = false;
            itemStart = -1;
        }

        private void outerToken() {
            String word = lexer.kind() == TokenKind.WORD ? lexer.name() : lexer.text();
            boolean name = previous.equals("as") || previous.equals(".") || lexer.kind() != TokenKind.WORD;
            if (verb.isEmpty() || verb.equals("with") && isMainVerb(word)) {
                verb = word;
            }
            if (!name && previous.equals("order") && word.equals("by")) {
                sorting = true;
            } else if (!name && isAfterOrderBy(word)) {
                endItem();
                sorting = false;
                limited |= word.equals("offset") || word.equals("fetch");
            } else if (previous.equals("limit")) {
                limited |= !word.equals("all") && !word.equals("null");
            } else if (sorting && lexer.is(',')) {
                endItem();
            } else {
                inItem();
            }
            previous = name && lexer.kind() == TokenKind.WORD ? "" : word;
        }

        private boolean isMainVerb(String word) {
            boolean named = previous.equals("with") || previous.equals("recursive") || previous.equals(",");
            return !named
                    && switch (word) {
                        case "select", "values", "table", "insert", "update", "delete", "merge" -> true;
                        default -> false;
                    };
        }

        private static boolean isAfterOrderBy(String word) {
            return switch (word) {
                case "limit", "offset", "fetch", "for" -> true;
                default -> false;
            };
        }

        private void inItem() {
            if (sorting) {
                itemStart = itemStart < 0 ? lexer.start() : itemStart;
                itemEnd = lexer.end();
            }
        }

        void endItem() {
            if (itemStart >= 0) {
                items.add(sql.substring(itemStart, itemEnd));
                itemStart = -1;
            }
        }

        boolean isQuery() {
            return switch (verb) {
                case "select", "values", "table", "union", "intersect", "except" -> true;
                case "order", "limit", "offset", "fetch", "for" -> true;
                default -> false;
            };
        }
    }
}
