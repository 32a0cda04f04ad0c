package dev.understudy.replay.access;

import java.util.HashSet;
import java.util.Set;

/** Finds the tables of a statement's scopes; those that a WITH names, and what is no table, have columns of their own. */
final class ColumnSources {
    private static final Set<String> AFTER_FROM = Set.of(
            "where", "group", "having", "window", "order", "limit", "offset", "fetch", "for", "returning", "union");
    private final Tokens tokens;
    private final ColumnNames names;
    private final Set<String> withNames = new HashSet<>();

    ColumnSources(Tokens tokens, ColumnNames names) {
        this.tokens = tokens;
        this.names = names;
    }

    /** The columns behind a table's name, as far as scopes ask. */
    ColumnNames names() {
        return names;
    }

    /** Notes a query that WITH names. */
    void with(String name) {
        withNames.add(name);
    }

    /** FROM, but not that of IS DISTINCT FROM. */
    int fromClause(int from, int to) {
        int at = tokens.find(from, to, Set.of("from"));
        while (at < to && tokens.isWord(at - 1, "distinct")) {
            at = tokens.find(at + 1, to, Set.of("from"));
        }
        return at;
    }

    /** Puts the tables of a FROM list, which begins there and ends before {@code end}, into a scope. */
    void tables(ColumnScope scope, int from, int end) {
        int to = tokens.find(from, end, AFTER_FROM);
        FromList list = new FromList(tokens, (open, close) -> {});
        list.read(from, to);
        list.tables().forEach(table -> table(scope, table));
        for (int i = from; i < to; i++) {
            // a subquery, a function: its columns are not known
            boolean query = tokens.is(i, '(') && ScopeReader.STARTS.contains(tokens.word(i + 1));
            boolean function = tokens.is(i, '(') && tokens.isName(i - 1) && !isClause(i - 1);
            if (query || function) {
                scope.open();
            }
        }
    }

    private boolean isClause(int i) {
        return Set.of("using", "on", "in", "and", "or", "not", "join", "from", "any", "all", "exists")
                .contains(tokens.word(i));
    }

    private void table(ColumnScope scope, FromList.Table table) {
        if (table.schema().isEmpty() && withNames.contains(table.name())) {
            scope.open();
        } else {
            scope.add(table);
        }
    }

    /** Puts the one table that a statement writes into its scope, with where SET assigns to it. */
    void target(ColumnScope scope, int from, int to, int setFrom, int setTo) {
        FromList list = new FromList(tokens, (open, close) -> {});
        list.read(from, to);
        if (list.tables().size() == 1) {
            scope.add(list.tables().get(0));
            scope.assigns(list.tables().get(0), setFrom, setTo);
        } else {
            scope.open();
        }
    }
}
