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
 * @param choice which rows it gives
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
        RowChoice choice,
        Set<String> tables,
        List<SelectItem> items,
        List<Write> writes) {
    /** Of no text at all: an answer that belongs to no statement. */
    public static final StatementFacts NONE =
            new StatementFacts("q_none", "", "", false, List.of(), RowChoice.ALL, Set.of(), List.of(), List.of());

    /** Whether the statement binds its rows' order. */
    public boolean isOrdered() {
        return !order.isEmpty();
    }

    /**
     * The item of a result's column; null where a star stands for it, or where positions are not those of the text.
     *
     * @param column from 0
     * @param width how many columns the result has
     */
    public @Nullable SelectItem itemAt(int column, int width) {
        int star = -1;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).star()) {
                if (star >= 0) {
                    return column < star ? items.get(column) : null;
                }
                star = i;
            }
        }
        if (star < 0 || column < star) {
            return column < items.size() ? items.get(column) : null;
        }
        int behind = items.size() - (width - column);
        return behind > star && behind < items.size() ? items.get(behind) : null;
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
     * @param functions the names of functions that it calls
     * @param names the other words in it, among them the columns that it is computed from
     */
    public record SortKey(int ordinal, String name, String text, Set<String> functions, Set<String> names) {
        /** Whether the name is qualified, so that it can't be that of an output column. */
        public boolean isQualified() {
            return !name.isEmpty() && text.indexOf(" . ") > 0;
        }

        /** Whether chance orders by it. */
        public boolean isDrawn() {
            return functions.stream().anyMatch(ServerFunctions::isVolatile);
        }
    }

    /**
     * One item of a select list.
     *
     * @param text its tokens without the alias, normalised
     * @param star whether it stands for several columns
     * @param functions the names of functions that it calls, and of key words that are such
     * @param names the other words in it, among them the columns that it is computed from
     */
    public record SelectItem(String text, boolean star, Set<String> functions, Set<String> names) {
        /** Whether it orders what it aggregates. */
        public boolean isOrdered() {
            return text.contains("order by");
        }
    }

    /**
     * Columns of a table that get values.
     *
     * @param table with the schema where one is given
     * @param columns by name; empty for every column
     */
    public record Write(String table, Set<String> columns) {}
}
