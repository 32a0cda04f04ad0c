package dev.understudy.diff.statement;

import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.diff.statement.StatementFacts.SortKey;
import dev.understudy.pgwire.sql.NormalizedSql;
import dev.understudy.pgwire.sql.OuterClauses;
import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.StatementKind;
import dev.understudy.pgwire.sql.TableNames;
import dev.understudy.pgwire.sql.TokenKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads one statement's outermost level by its tokens. No parser: what the tokens do not tell for certain is left
 * unknown, and unknown always means that more is compared, never less.
 */
final class StatementReader {
    /** A statement of more tokens is read up to here; what its end would have told is unknown. */
    private static final int MAX_TOKENS = 100_000;

    private static final Set<String> VERBS = Set.of("select", "insert", "update", "delete", "merge", "values", "table");
    private static final Set<String> SET_OPERATIONS = Set.of("union", "intersect", "except");
    private static final Set<String> AFTER_LIST =
            Set.of("from", "where", "group", "having", "window", "order", "limit", "offset", "fetch", "for", "into");
    /** Key words that call a function without parentheses. */
    private static final Set<String> CALLING_WORDS = Set.of(
            "current_timestamp",
            "current_date",
            "current_time",
            "localtimestamp",
            "localtime",
            "current_user",
            "session_user",
            "current_catalog",
            "current_role",
            "user");

    private final List<Token> tokens = new ArrayList<>();
    private List<SortKey> distinctOn = List.of();
    /** The token behind the select list. */
    private int listEnd;

    private StatementReader(String sql) {
        int depth = 0;
        for (SqlLexer token = new SqlLexer(sql); tokens.size() < MAX_TOKENS && token.next(); ) {
            if (token.is(')') || token.is(']')) {
                tokens.add(new Token(token.kind(), token.text(), depth));
                depth = Math.max(0, depth - 1);
                continue;
            }
            if (token.is('(') || token.is('[')) {
                depth++;
            }
            boolean word = token.kind() == TokenKind.WORD;
            tokens.add(new Token(token.kind(), word ? token.name() : token.text(), depth));
        }
    }

    static StatementFacts read(String sql) {
        NormalizedSql form = NormalizedSql.of(sql);
        return new StatementReader(sql).facts(sql, form, StatementKind.of(sql), OuterClauses.of(sql));
    }

    private StatementFacts facts(String sql, NormalizedSql form, StatementKind kind, OuterClauses clauses) {
        int verbAt = verb();
        String verb = verbAt < 0 ? "" : tokens.get(verbAt).text();
        List<SelectItem> items = verbAt < 0 ? List.of() : items(verbAt, verb);
        Set<String> tables = TableNames.of(sql);
        // An order by chance is none.
        List<SortKey> order = clauses.orderBy().stream()
                .map(StatementReader::sortKey)
                .takeWhile(key -> !key.isDrawn())
                .toList();
        return new StatementFacts(
                form.fingerprint(),
                form.text(),
                verb,
                kind.carriesData(),
                order,
                new RowChoiceReader(tokens, listEnd).read(clauses.limited(), tables, distinctOn),
                tables,
                items,
                WrittenColumns.of(tokens));
    }

    /** The statement's verb: its first word, or behind WITH the first verb outside parentheses of its own. */
    private int verb() {
        int first = 0;
        while (first < tokens.size()
                && (tokens.get(first).is('(') || tokens.get(first).is(';'))) {
            first++;
        }
        if (first == tokens.size()) {
            return -1;
        }
        Token word = tokens.get(first);
        if (word.isWord("with")) {
            return find(first + 1, word.depth(), VERBS);
        }
        return word.kind() == TokenKind.WORD ? first : -1;
    }

    /** One expression of the outermost ORDER BY. */
    private static SortKey sortKey(String expression) {
        return sortKey(new StatementReader(expression).tokens);
    }

    private static SortKey sortKey(List<Token> tokens) {
        int end = tokens.size();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean outer = token.depth() == tokens.get(0).depth();
            if (outer
                    && i > 0
                    && (token.isWord("asc")
                            || token.isWord("desc")
                            || token.isWord("nulls")
                            || token.isWord("using"))) {
                end = i;
                break;
            }
        }
        String text = text(tokens, 0, end);
        if (end == 1 && tokens.get(0).kind() == TokenKind.NUMBER) {
            boolean ordinal = text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            return new SortKey(ordinal ? Integer.parseInt(text) : 0, "", text, Set.of(), Set.of());
        }
        boolean qualified = end >= 3 && tokens.get(end - 2).is('.') && isDotted(tokens, end);
        boolean name = (end == 1 || qualified) && tokens.get(end - 1).isName();
        Set<String> functions = new HashSet<>();
        Set<String> names = new HashSet<>();
        words(tokens, 0, end, functions, names);
        return new SortKey(0, name ? plain(tokens.get(end - 1)) : "", text, functions, names);
    }

    private static boolean isDotted(List<Token> tokens, int end) {
        for (int i = 0; i < end; i++) {
            if (i % 2 == 0 ? !tokens.get(i).isName() : !tokens.get(i).is('.')) {
                return false;
            }
        }
        return true;
    }

    private static void words(List<Token> tokens, int from, int end, Set<String> functions, Set<String> names) {
        for (int i = from; i < end; i++) {
            Token token = tokens.get(i);
            boolean called = i + 1 < end && tokens.get(i + 1).is('(');
            if (token.isName()) {
                (called || CALLING_WORDS.contains(token.text()) ? functions : names).add(plain(token));
            }
        }
    }

    private List<SelectItem> items(int verbAt, String verb) {
        int depth = tokens.get(verbAt).depth();
        if (verb.equals("select")) {
            return isCombined(verbAt, depth) ? List.of() : list(afterDistinct(verbAt + 1), depth);
        }
        int returning = verb.equals("values") || verb.equals("table") ? -1 : find(verbAt, depth, Set.of("returning"));
        return returning < 0 ? List.of() : list(returning + 1, depth);
    }

    /** Whether a set operation adds or takes rows of another query, which may stand in parentheses, as this one may. */
    private boolean isCombined(int from, int depth) {
        return tokens.subList(from, tokens.size()).stream()
                .anyMatch(token -> token.depth() <= depth
                        && token.kind() == TokenKind.WORD
                        && SET_OPERATIONS.contains(token.text()));
    }

    private int afterDistinct(int from) {
        int i = from;
        if (i < tokens.size() && tokens.get(i).isWord("all")) {
            return i + 1;
        }
        if (i < tokens.size() && tokens.get(i).isWord("distinct")) {
            i++;
            if (i < tokens.size() && tokens.get(i).isWord("on")) {
                int depth = tokens.get(i).depth();
                i++;
                int open = i;
                while (i < tokens.size() && tokens.get(i).depth() > depth) {
                    i++;
                }
                distinctOn = sortKeys(open + 1, i - 1, depth + 1);
            }
        }
        return i;
    }

    private List<SortKey> sortKeys(int from, int to, int depth) {
        List<SortKey> keys = new ArrayList<>();
        int start = from;
        for (int i = from; i <= to && to <= tokens.size(); i++) {
            if (i == to || tokens.get(i).depth() == depth && tokens.get(i).is(',')) {
                if (i > start) {
                    keys.add(sortKey(tokens.subList(start, i)));
                }
                start = i + 1;
            }
        }
        return keys;
    }

    private List<SelectItem> list(int from, int depth) {
        List<SelectItem> items = new ArrayList<>();
        int start = from;
        int i = from;
        for (; i < tokens.size() && !ends(tokens.get(i), depth, AFTER_LIST); i++) {
            if (tokens.get(i).depth() == depth && tokens.get(i).is(',')) {
                items.add(item(start, i, depth));
                start = i + 1;
            }
        }
        if (i > start) {
            items.add(item(start, i, depth));
        }
        listEnd = i;
        return items;
    }

    private SelectItem item(int from, int to, int depth) {
        int end = to;
        for (int i = from + 1; i < to; i++) {
            if (tokens.get(i).depth() == depth && tokens.get(i).isWord("as")) {
                end = i;
            }
        }
        Set<String> functions = new HashSet<>();
        Set<String> names = new HashSet<>();
        words(tokens, from, end, functions, names);
        Token last = tokens.get(end - 1);
        boolean star = last.kind() == TokenKind.OPERATOR && last.text().equals("*");
        return new SelectItem(text(tokens, from, end), star, functions, names);
    }

    private boolean ends(Token token, int depth, Set<String> words) {
        return token.depth() < depth
                || token.depth() == depth
                        && (token.kind() == TokenKind.WORD && words.contains(token.text())
                                || token.is(';')
                                || depth > 0 && token.is(')'));
    }

    private int find(int from, int depth, Set<String> words) {
        for (int i = from; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.depth() == depth && token.kind() == TokenKind.WORD && words.contains(token.text())) {
                return i;
            }
        }
        return -1;
    }

    private static String text(List<Token> tokens, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(text.isEmpty() ? "" : " ").append(tokens.get(i).text());
        }
        return text.toString();
    }

    static String plain(Token token) {
        String text = token.text();
        return token.kind() == TokenKind.QUOTED_WORD && text.length() >= 2 && text.charAt(0) == '"'
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text;
    }
}
