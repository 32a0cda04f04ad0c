package dev.understudy.diff.compare;

import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error is about: the fields with which the server names it, else the name that stands where its position points
 * (chapter 55.8), else what the message has in quotes.
 *
 * @param sql the statement that failed
 * @param facts what its text tells
 * @param left the left side's catalog, which still knows what the right side's lacks
 * @param right the right side's
 */
record ErrorPlace(String sql, StatementFacts facts, ServerCatalog left, ServerCatalog right) {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]{1,130})\"");
    /** Syntax errors and access rule violations name objects; other classes quote values. */
    private static final String NAMES_OBJECTS = "42";
    /** undefined_column, ambiguous_column, duplicate_column and what a column's type makes fail. */
    private static final Set<String> OF_COLUMNS = Set.of("42703", "42702", "42701", "42804", "42883", "42846", "42809");

    /** The column, {@code schema.table.column}; empty where it is about none, or nobody knows which. */
    String column(ServerMessage error) {
        Map<Character, String> fields = error.fields();
        String table = fields.getOrDefault('t', "");
        if (!table.isEmpty()) {
            String column = fields.getOrDefault('c', "");
            return column.isEmpty() || !fields.getOrDefault('n', "").isEmpty() ? "" : qualified(fields) + "." + column;
        }
        if (!OF_COLUMNS.contains(error.sqlState())) {
            return "";
        }
        List<String> name = nameAtPosition(error);
        // Of several statements in one text, the position counts from the first; the message tells whether it is this
        // one.
        if (name.isEmpty() || !error.text().contains(name.get(name.size() - 1))) {
            return "";
        }
        Set<String> column = Set.of(name.get(name.size() - 1));
        String found = left.onlyColumn(facts.tables(), column);
        return found.isEmpty() ? right.onlyColumn(facts.tables(), column) : found;
    }

    /** What the error names: the constraint, or column, or table; else that it is the statement. */
    String named(ServerMessage error) {
        Map<Character, String> fields = error.fields();
        String detail = fields.getOrDefault('n', fields.getOrDefault('c', ""));
        if (!fields.getOrDefault('t', "").isEmpty()) {
            return detail.isEmpty() ? qualified(fields) : qualified(fields) + "." + detail;
        }
        if (!detail.isEmpty()) {
            return detail;
        }
        if (!column(error).isEmpty()) {
            List<String> name = nameAtPosition(error);
            return name.get(name.size() - 1);
        }
        Matcher quoted = QUOTED.matcher(error.text());
        if (error.sqlState().startsWith(NAMES_OBJECTS) && quoted.find()) {
            return quoted.group(1);
        }
        List<String> name = error.sqlState().startsWith(NAMES_OBJECTS) ? nameAtPosition(error) : List.of();
        return name.isEmpty() ? "statement" : String.join(".", name);
    }

    private static String qualified(Map<Character, String> fields) {
        String schema = fields.getOrDefault('s', "");
        return schema.isEmpty() ? fields.getOrDefault('t', "") : schema + "." + fields.get('t');
    }

    /** The name with its qualifiers that stands where the error points; a text that the server made goes first. */
    private List<String> nameAtPosition(ServerMessage error) {
        Map<Character, String> fields = error.fields();
        String internal = fields.getOrDefault('q', "");
        return internal.isEmpty()
                ? nameAt(sql, fields.getOrDefault('P', ""))
                : nameAt(internal, fields.getOrDefault('p', ""));
    }

    /** Positions count characters from 1, those beyond the BMP as one. */
    private static List<String> nameAt(String text, String position) {
        if (!position.matches("[0-9]{1,9}")) {
            return List.of();
        }
        int characters = Integer.parseInt(position) - 1;
        if (characters < 0 || characters >= text.codePointCount(0, text.length())) {
            return List.of();
        }
        int offset = text.offsetByCodePoints(0, characters);
        List<String> name = new ArrayList<>();
        boolean reached = false;
        boolean dotted = false;
        for (SqlLexer token = new SqlLexer(text); token.next(); ) {
            boolean word = token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_WORD;
            if (word && !dotted) {
                if (reached) {
                    break;
                }
                name.clear();
            }
            if (word) {
                name.add(token.name());
                reached |= offset >= token.start() && offset < token.end();
                dotted = false;
            } else if (token.is('.') && !name.isEmpty()) {
                dotted = true;
            } else {
                if (reached) {
                    break;
                }
                name.clear();
                dotted = false;
            }
        }
        return reached ? List.copyOf(name) : List.of();
    }
}
