package dev.understudy.replay.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a FROM list: the tables at its own level, joins in parentheses included; subqueries go to who follows them. */
final class FromList {
    private static final Set<String> NO_ALIAS = Set.of(
            "join", "inner", "left", "right", "full", "cross", "natural", "on", "using", "tablesample", "set", "as");

    /** Who follows the tokens from behind a parenthesis to the one that closes it. */
    interface Parentheses {
        void inside(int from, int to);
    }

    /**
     * A table of the list.
     *
     * @param schema the schema, empty where none is given
     * @param name the table's name
     * @param alias what its columns are qualified with
     */
    record Table(String schema, String name, String alias) {}

    private final Tokens tokens;
    private final Parentheses parentheses;
    private final List<Table> tables = new ArrayList<>();

    FromList(Tokens tokens, Parentheses parentheses) {
        this.tokens = tokens;
        this.parentheses = parentheses;
    }

    List<Table> tables() {
        return tables;
    }

    void read(int from, int to) {
        boolean item = true;
        int i = from;
        while (i < to) {
            if (tokens.is(i, ',') || tokens.isWord(i, "join")) {
                item = true;
                i++;
            } else if (item && (tokens.isWord(i, "only") || tokens.isWord(i, "lateral"))) {
                i++;
            } else if (item && tokens.is(i, '(')) {
                parenthesised(i);
                item = false;
                i = tokens.after(i);
            } else if (item && tokens.isName(i)) {
                i = named(i, to);
                item = false;
            } else {
                if (tokens.isOpening(i)) {
                    parentheses.inside(i + 1, tokens.close(i));
                }
                i = tokens.after(i);
            }
        }
    }

    /** A subquery, or a join in parentheses. */
    private void parenthesised(int open) {
        int first = open + 1;
        while (tokens.is(first, '(')) {
            first++;
        }
        boolean query = ScopeReader.VERBS.contains(tokens.word(first)) || tokens.isWord(first, "with");
        if (query) {
            parentheses.inside(open + 1, tokens.close(open));
        } else {
            read(open + 1, tokens.close(open));
        }
    }

    /** A table or a function, with its alias; answers the index behind it. */
    private int named(int at, int to) {
        boolean qualified = tokens.is(at + 1, '.') && tokens.isName(at + 2);
        int name = qualified ? at + 2 : at;
        int next = name + 1;
        if (tokens.is(next, '(') || tokens.isWord(at, "rows") && tokens.isWord(next, "from")) {
            return next; // what is called stands among the statement's functions
        }
        next += tokens.isOperator(next, "*") ? 1 : 0;
        next += tokens.isWord(next, "as") ? 1 : 0;
        boolean alias = next < to && tokens.isName(next) && !NO_ALIAS.contains(tokens.word(next));
        tables.add(new Table(qualified ? tokens.text(at) : "", tokens.text(name), tokens.text(alias ? next : name)));
        return alias ? next + 1 : next;
    }
}
