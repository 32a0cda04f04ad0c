package dev.understudy.diff.exercise;

import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names in one text of SQL, by its tokens: which relations, under which aliases, which columns, what it writes. No
 * parser: scopes are not told apart, and what the tokens do not tell is left out, so that less counts as exercised.
 */
final class SqlNames {
    /** A longer text is read up to here. */
    private static final int MAX_TOKENS = 50_000;

    private static final Set<String> BEFORE_RELATION =
            Set.of("from", "join", "into", "update", "only", "table", "truncate", "copy", "using", "lateral");
    private static final Set<String> NO_ALIAS = Set.of(
            "set",
            "where",
            "on",
            "using",
            "join",
            "inner",
            "left",
            "right",
            "full",
            "cross",
            "natural",
            "group",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
            "union",
            "intersect",
            "except",
            "having",
            "window",
            "returning",
            "values",
            "default",
            "select",
            "with",
            "from",
            "to",
            "when",
            "tablesample",
            "overriding",
            "do",
            "and",
            "or",
            "as",
            "cascade",
            "restrict",
            "in");

    /** What a statement does to a relation; columns are empty for a whole row. */
    record Write(String relation, boolean insert, Set<String> columns) {}

    private final List<String> tokens = new ArrayList<>();
    private final List<Boolean> names = new ArrayList<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Set<String> relations = new HashSet<>();
    private final Set<String> bare = new HashSet<>();
    private final Map<String, Set<String>> qualified = new HashMap<>();
    private final Set<String> called = new HashSet<>();
    private final List<Write> writes = new ArrayList<>();
    /** Places of the columns on the left side of assignments. */
    private final Set<Integer> assigned = new HashSet<>();

    private boolean star;
    private final Set<String> stars = new HashSet<>();

    private SqlNames(String sql) {
        for (SqlLexer lexer = new SqlLexer(sql); tokens.size() < MAX_TOKENS && lexer.next(); ) {
            boolean name = lexer.kind() == TokenKind.WORD || lexer.kind() == TokenKind.QUOTED_WORD;
            tokens.add(name ? lexer.name() : lexer.text());
            names.add(name);
        }
    }

    /** Reads one text. */
    static SqlNames of(String sql) {
        SqlNames read = new SqlNames(sql);
        read.scan();
        return read;
    }

    /** Names that stand where relations do, as written; common table expressions are among them. */
    Set<String> relations() {
        return relations;
    }

    /** The relation that an alias stands for, the name itself where it is none. */
    String relationOf(String alias) {
        return aliases.getOrDefault(alias, alias);
    }

    /** Words without a qualifier that may be columns. */
    Set<String> bare() {
        return bare;
    }

    /** Columns with a qualifier, by it. */
    Map<String, Set<String>> qualified() {
        return qualified;
    }

    /** Whether a star without a qualifier asks for whole rows. */
    boolean star() {
        return star;
    }

    /** The qualifiers of the stars that have one. */
    Set<String> stars() {
        return stars;
    }

    /** Names that are called. */
    Set<String> called() {
        return called;
    }

    /** What is written. */
    List<Write> writes() {
        return writes;
    }

    private void scan() {
        for (int i = 0; i < tokens.size(); i++) {
            if (isName(i) && isRelationPlace(i)) {
                i = relation(i);
            } else if (isName(i)) {
                i = word(i);
            } else if (tokens.get(i).equals("*") && isWholeRow(i)) {
                star = true;
            }
        }
    }

    private boolean isRelationPlace(int i) {
        if (i == 0 || BEFORE_RELATION.contains(tokens.get(i)) || tokens.get(i).equals("select")) {
            return false;
        }
        String before = tokens.get(i - 1);
        if (names.get(i - 1)) {
            return BEFORE_RELATION.contains(before)
                    && !isUpdateOfConflict(i - 1)
                    && !isLock(i - 1)
                    && !isDistinctFrom(i - 1);
        }
        return before.equals(",") && inFromList(i - 1);
    }

    /** DO UPDATE SET, FOR UPDATE: no relation follows. */
    private boolean isUpdateOfConflict(int i) {
        return tokens.get(i).equals("update")
                && tokens.get(Math.min(i + 1, tokens.size() - 1)).equals("set");
    }

    /** IS DISTINCT FROM: an expression follows. */
    private boolean isDistinctFrom(int i) {
        return i > 0 && tokens.get(i).equals("from") && tokens.get(i - 1).equals("distinct");
    }

    private boolean isLock(int i) {
        return i > 0
                && tokens.get(i).equals("update")
                && (tokens.get(i - 1).equals("for") || tokens.get(i - 1).equals("key"));
    }

    /** Whether the comma at that place separates items of a FROM clause. */
    private boolean inFromList(int comma) {
        int depth = 0;
        for (int i = comma - 1; i >= 0; i--) {
            String token = tokens.get(i);
            if (token.equals(")")) {
                depth++;
            } else if (token.equals("(")) {
                if (depth-- == 0) {
                    return false;
                }
            } else if (depth == 0 && names.get(i) && !isDistinctFrom(i)) {
                if (token.equals("from") || token.equals("truncate") || token.equals("using")) {
                    return true;
                }
                if (token.equals("select")
                        || token.equals("set")
                        || token.equals("where")
                        || token.equals("by")
                        || token.equals("returning")
                        || token.equals("values")) {
                    return false;
                }
            }
        }
        return false;
    }

    private int relation(int at) {
        int last = at;
        StringBuilder name = new StringBuilder(tokens.get(at));
        while (last + 2 < tokens.size() && tokens.get(last + 1).equals(".") && isName(last + 2)) {
            last += 2;
            name.append('.').append(tokens.get(last));
        }
        String relation = name.toString();
        boolean insert = tokens.get(at - 1).equals("into") || tokens.get(at - 1).equals("copy");
        if (!insert && last + 1 < tokens.size() && tokens.get(last + 1).equals("(")) {
            called.add(tokens.get(last)); // a function in FROM
            return last;
        }
        relations.add(relation);
        bare.add(tokens.get(last)); // or a column, as in EXTRACT(year FROM placed_at)
        aliases.putIfAbsent(tokens.get(last), relation);
        int next = last + 1;
        boolean as = next < tokens.size() && tokens.get(next).equals("as");
        int alias = as ? next + 1 : next;
        if (alias < tokens.size() && isName(alias) && !NO_ALIAS.contains(tokens.get(alias))) {
            aliases.put(tokens.get(alias), relation);
            last = alias;
        }
        return written(at, last, relation);
    }

    /** Notes what is written; returns the last token that belongs to it and is no expression. */
    private int written(int at, int last, String relation) {
        String verb = tokens.get(at - 1).equals("only") && at > 1 ? tokens.get(at - 2) : tokens.get(at - 1);
        switch (verb) {
            case "into", "copy" -> {
                boolean merge = at > 1 && tokens.get(at - 2).equals("merge");
                boolean out = verb.equals("copy")
                        && !tokens.subList(last, tokens.size()).contains("from");
                if (out) {
                    stars.add(relation);
                } else if (!merge) {
                    writes.add(new Write(relation, true, Set.of()));
                }
                Set<String> set = setColumns(last, merge);
                if (!set.isEmpty()) {
                    writes.add(new Write(relation, false, set));
                }
                if (merge && tokens.contains("insert")) {
                    writes.add(new Write(relation, true, Set.of()));
                }
                return afterColumns(last);
            }
            case "update" -> writes.add(new Write(relation, false, setColumns(last, false)));
            case "from", "truncate", "table" -> {
                boolean delete =
                        verb.equals("from") && at > 1 && tokens.get(at - 2).equals("delete");
                if (delete || verb.equals("truncate") || tokens.get(0).equals("truncate")) {
                    writes.add(new Write(relation, false, Set.of()));
                } else if (verb.equals("table")) {
                    stars.add(relation);
                }
            }
            default -> {
                if (tokens.get(0).equals("truncate")) {
                    writes.add(new Write(relation, false, Set.of()));
                }
            }
        }
        return last;
    }

    /** Behind an INSERT's list of columns, which are no expressions. */
    private int afterColumns(int last) {
        if (last + 1 < tokens.size()
                && tokens.get(last + 1).equals("(")
                && last + 2 < tokens.size()
                && !tokens.get(last + 2).equals("select")
                && !tokens.get(last + 2).equals("with")) {
            for (int i = last + 1; i < tokens.size(); i++) {
                if (tokens.get(i).equals(")")) {
                    return i;
                }
            }
        }
        return last;
    }

    /** The columns that the next SET assigns; with {@code every}, as MERGE has it, those behind it too. */
    private Set<String> setColumns(int from, boolean every) {
        Set<String> columns = new HashSet<>();
        int at = from;
        do {
            at = assignments(next("set", at + 1) + 1, columns);
        } while (every && at < tokens.size());
        return columns;
    }

    private int next(String word, int from) {
        int i = from;
        while (i < tokens.size() && !tokens.get(i).equals(word)) {
            i++;
        }
        return i;
    }

    /** Reads {@code a = …, (b, c) = …}; returns what is behind it. */
    private int assignments(int from, Set<String> columns) {
        int depth = 0;
        int cases = 0;
        boolean target = true;
        int i = from;
        for (; i < tokens.size() && depth >= 0; i++) {
            String token = tokens.get(i);
            if (depth == 0 && isAfterAssignments(i, cases)) {
                break;
            } else if (token.equals("(") || token.equals(")")) {
                depth += token.equals("(") ? 1 : -1;
            } else if (token.equals("=")) {
                target = false;
            } else if (depth == 0 && token.equals(",")) {
                target = true;
            } else if (target && isName(i)) {
                columns.add(token);
                assigned.add(i);
            } else if (token.equals("case") || token.equals("end")) {
                cases += token.equals("case") ? 1 : -1;
            }
        }
        return i;
    }

    /** CASE has a WHEN of its own, IS DISTINCT FROM a FROM. */
    private boolean isAfterAssignments(int i, int cases) {
        return names.get(i)
                && switch (tokens.get(i)) {
                    case "where", "returning" -> true;
                    case "from" -> !isDistinctFrom(i);
                    case "when" -> cases == 0;
                    default -> false;
                };
    }

    private int word(int i) {
        if (i + 2 < tokens.size() && tokens.get(i + 1).equals(".")) {
            String qualifier = tokens.get(i);
            int last = i + 2;
            while (last + 2 < tokens.size() && tokens.get(last + 1).equals(".")) {
                qualifier = tokens.get(last); // schema.table.column
                last += 2;
            }
            if (last + 1 < tokens.size() && tokens.get(last + 1).equals("(")) {
                called.add(tokens.get(last));
            } else if (tokens.get(last).equals("*")) {
                stars.add(qualifier);
            } else if (!assigned.contains(last)) {
                qualified.computeIfAbsent(qualifier, any -> new HashSet<>()).add(tokens.get(last));
            }
            return last;
        }
        if (i + 1 < tokens.size() && tokens.get(i + 1).equals("(")) {
            called.add(tokens.get(i));
        }
        if (!assigned.contains(i)) {
            bare.add(tokens.get(i));
        }
        return i;
    }

    /** A star that is neither count(*) nor a multiplication. */
    private boolean isWholeRow(int i) {
        if (i == 0) {
            return false;
        }
        String before = tokens.get(i - 1);
        return before.equals(",")
                || names.get(i - 1)
                        && (before.equals("select")
                                || before.equals("distinct")
                                || before.equals("all")
                                || before.equals("returning"));
    }

    private boolean isName(int i) {
        return names.get(i);
    }
}
