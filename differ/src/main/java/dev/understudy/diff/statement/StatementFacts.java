package dev.understudy.diff.statement;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement's text tells about its answer.
 *
 * @param fingerprint names all statements of this form
 * @param sql the form: the text without its constants
 * @param verb the word that says what the statement does, behind a WITH, in lower case; empty for an empty text
 * @param carriesData whether its answer holds facts: not BEGIN, COMMIT, SET, SELECT 1 and the like
 * @param order the outermost ORDER BY, empty if there is none that binds the rows' order
 * @param limited whether LIMIT, OFFSET or FETCH makes the rows a selection
 * @param tables the tables that it seems to mention, with the schema where one is given
 * @param items the select list's or RETURNING's items by position, empty where they are not known by position
 * @param writes the columns that its text gives values to
 */
public record StatementFacts(
        String fingerprint,
        String sql,
        String verb,
        boolean carriesData,
        List<SortKey> order,
        boolean limited,
        Set<String> tables,
        List<SelectItem> items,
        List<Write> writes) {
    /** Of no text at all: an answer that belongs to no statement. */
    public static final StatementFacts NONE =
            new StatementFacts("q_none", "", "", false, List.of(), false, Set.of(), List.of(), List.of());

    /** Whether the statement binds its rows' order. */
    public boolean isOrdered() {
        return !order.isEmpty();
    }

    /** The item of a result's column; null behind a star, where positions are not those of the text. */
    public @Nullable SelectItem itemAt(int column) {
        for (int i = 0; i <= column && i < items.size(); i++) {
            if (items.get(i).star()) {
                return null;
            }
        }
        return column < items.size() ? items.get(column) : null;
    }

    /** Whether the statement changes rows and may return them. */
    public boolean isDml() {
        return switch (verb) {
            case "insert", "update", "delete", "merge" -> true;
            default -> false;
        };
    }

    /**
     * One expression of an ORDER BY.
     *
     * @param ordinal the output column that it names by number, from 1, else 0
     * @param name the name where it is nothing but one, perhaps qualified; else empty
     * @param text its tokens, normalised
     */
    public record SortKey(int ordinal, String name, String text) {}

    /**
     * One item of a select list.
     *
     * @param text its tokens without the alias, normalised
     * @param star whether it stands for several columns
     * @param functions the names of functions that it calls, and of key words that are such
     * @param names the other words in it, among them the columns that it is computed from
     */
    public record SelectItem(String text, boolean star, Set<String> functions, Set<String> names) {}

    /**
     * Columns of a table that get values.
     *
     * @param table with the schema where one is given
     * @param columns by name; empty for every column
     */
    public record Write(String table, Set<String> columns) {}
}
