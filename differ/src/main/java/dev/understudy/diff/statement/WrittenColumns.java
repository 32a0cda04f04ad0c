package dev.understudy.diff.statement;

import dev.understudy.diff.statement.StatementFacts.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a statement's text gives values to: the column lists of INSERT, MERGE and COPY, the assignments of
 * UPDATE, ON CONFLICT and MERGE (PostgreSQL's reference of these commands), wherever they stand, common table expressions
 * included. What triggers, defaults and cascades write is not told by a text.
 */
final class WrittenColumns {
    private static final Set<String> ENDS = Set.of("from", "where", "returning", "when");
    private static final Set<String> QUERIES = Set.of("select", "with", "values", "table");

    private final List<Token> tokens;
    private final Map<String, Set<String>> columns = new LinkedHashMap<>();
    private final Set<String> whole = new LinkedHashSet<>();
    /** What ON CONFLICT's or MERGE's assignments are about. */
    private String target = "";

    private WrittenColumns(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Write> of(List<Token> tokens) {
        return new WrittenColumns(tokens).read();
    }

    private List<Write> read() {
        int i = 0;
        while (i < tokens.size()) {
            i = statement(i);
        }
        List<Write> writes = new ArrayList<>();
        columns.forEach((table, names) -> writes.add(new Write(table, whole.contains(table) ? Set.of() : names)));
        return writes;
    }

    /** Reads what begins there; returns where to go on. */
    private int statement(int i) {
        if (isWord(i, "insert") && isWord(i + 1, "into")) {
            return list(target(i + 2));
        }
        if (isWord(i, "insert") && isWord(i - 1, "then")) {
            return list(i + 1);
        }
        if (isWord(i, "merge") && isWord(i + 1, "into")) {
            return target(isWord(i + 2, "only") ? i + 3 : i + 2);
        }
        if (isWord(i, "copy") && isName(i + 1)) {
            return copy(i);
        }
        if (isWord(i, "update")) {
            return update(i);
        }
        return i + 1;
    }

    private int update(int i) {
        if (isWord(i - 1, "do") || isWord(i - 1, "then")) {
            return isWord(i + 1, "set") ? assignments(i + 2) : i + 1;
        }
        boolean command = i == 0
                || tokens.get(i - 1).is('(')
                || tokens.get(i - 1).is(')')
                || tokens.get(i - 1).is(';');
        if (!command && !isWord(i - 1, "explain") && !isWord(i - 1, "analyze") && !isWord(i - 1, "as")) {
            return i + 1;
        }
        int depth = tokens.get(i).depth();
        int at = target(isWord(i + 1, "only") ? i + 2 : i + 1);
        while (at < tokens.size() && tokens.get(at).depth() >= depth && !isWord(at, "set")) {
            at++;
        }
        return isWord(at, "set") ? assignments(at + 1) : at;
    }

    private int copy(int i) {
        String before = target;
        int behindName = target(i + 1);
        String table = target;
        int at = behindName;
        while (at < tokens.size() && tokens.get(at).depth() > tokens.get(i).depth()) {
            at++;
        }
        target = before;
        if (!isWord(at, "from")) {
            return at;
        }
        target = table;
        return list(behindName);
    }

    /** Reads a table's name; returns what is behind it. */
    private int target(int from) {
        StringBuilder name = new StringBuilder();
        int i = from;
        while (isName(i)) {
            name.append(StatementReader.plain(tokens.get(i)));
            i++;
            if (i >= tokens.size() || !tokens.get(i).is('.')) {
                break;
            }
            name.append('.');
            i++;
        }
        target = name.toString();
        return i;
    }

    /** Reads a list of columns behind a table's name or its alias; none means every column. */
    private int list(int from) {
        int i = from;
        if (isWord(i, "as")) {
            i += 2;
        }
        boolean named = i < tokens.size() && tokens.get(i).is('(') && !isQuery(i + 1);
        if (!named) {
            written(null);
            return Math.max(i, from);
        }
        int depth = tokens.get(i).depth();
        boolean first = true;
        for (i++; i < tokens.size() && !(tokens.get(i).is(')') && tokens.get(i).depth() == depth); i++) {
            if (first && isName(i)) {
                written(StatementReader.plain(tokens.get(i)));
            }
            first = tokens.get(i).is(',') && tokens.get(i).depth() == depth;
        }
        return Math.min(i + 1, tokens.size());
    }

    private boolean isQuery(int i) {
        return i < tokens.size()
                && (tokens.get(i).is('(')
                        || QUERIES.stream().anyMatch(word -> tokens.get(i).isWord(word)));
    }

    /** Reads {@code a = …, (b, c) = …}. */
    private int assignments(int from) {
        if (from >= tokens.size()) {
            return from;
        }
        boolean grouped = tokens.get(from).is('(');
        int depth = tokens.get(from).depth() - (grouped ? 1 : 0);
        boolean first = true;
        int cases = 0;
        int i = from;
        while (i < tokens.size() && !ends(i, depth, cases)) {
            if (first && tokens.get(i).is('(')) {
                i = list(i);
                first = false;
                continue;
            }
            if (first && isName(i)) {
                written(StatementReader.plain(tokens.get(i)));
            } else if (isWord(i, "case")) {
                cases++;
            } else if (isWord(i, "end")) {
                cases--;
            }
            first = tokens.get(i).is(',') && tokens.get(i).depth() == depth;
            i++;
        }
        return i;
    }

    /** Whether that token is behind the assignments; CASE has a WHEN of its own, IS DISTINCT FROM a FROM. */
    private boolean ends(int i, int depth, int cases) {
        Token token = tokens.get(i);
        if (token.depth() != depth) {
            return token.depth() < depth;
        }
        boolean word = ENDS.stream().anyMatch(token::isWord)
                && !(cases > 0 && token.isWord("when"))
                && !(token.isWord("from") && isWord(i - 1, "distinct"));
        return word || token.is(';');
    }

    private void written(@Nullable String column) {
        if (target.isEmpty()) {
            return;
        }
        Set<String> names = columns.computeIfAbsent(target, any -> new LinkedHashSet<>());
        if (column == null) {
            whole.add(target);
        } else {
            names.add(column);
        }
    }

    private boolean isWord(int i, String word) {
        return i >= 0 && i < tokens.size() && tokens.get(i).isWord(word);
    }

    private boolean isName(int i) {
        return i < tokens.size() && tokens.get(i).isName();
    }
}
