package dev.understudy.diff.exercise;

import dev.understudy.pgwire.sql.SqlLexer;
import java.util.ArrayList;
import java.util.List;

/**
 * A view's query as the server prints it, cut into the items of its outermost select list and the rest.
 *
 * @param items the expressions by position; empty where the query is no plain SELECT
 * @param rest what is behind the list, FROM first
 * @param whole the query
 */
record ViewText(List<String> items, String rest, String whole) {
    static ViewText of(String query) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        int from = -1;
        SqlLexer token = new SqlLexer(query);
        if (!token.next() || !token.isWord("select")) {
            return new ViewText(List.of(), "", query);
        }
        int itemFrom = token.end();
        boolean distinct = false;
        for (; token.next(); distinct = token.isWord("distinct")) {
            if (token.is('(') || token.is('[')) {
                depth++;
            } else if (token.is(')') || token.is(']')) {
                depth--;
            } else if (depth == 0 && from < 0 && token.is(',')) {
                items.add(query.substring(itemFrom, token.start()));
                itemFrom = token.end();
            } else if (depth == 0 && from < 0 && token.isWord("from") && !distinct) {
                items.add(query.substring(itemFrom, token.start()));
                from = token.start();
            } else if (depth == 0 && (token.isWord("union") || token.isWord("intersect") || token.isWord("except"))) {
                return new ViewText(List.of(), "", query);
            }
        }
        return from < 0
                ? new ViewText(List.of(), "", query)
                : new ViewText(List.copyOf(items), query.substring(from), query);
    }

    /** A query that reads what one column of the view reads; the whole where that is not known. */
    String reading(int position) {
        return position < items.size() ? "SELECT " + items.get(position) + " " + rest : whole;
    }
}
