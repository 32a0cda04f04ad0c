package dev.understudy.replay.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mention of a table in a statement.
 *
 * @param schema the schema, empty where none is given
 * @param table the name as the server folds it
 * @param action what is done to it
 * @param where values of which a column must have one, by column: only such rows can take part
 * @param assigned columns that an UPDATE, or an INSERT's DO UPDATE, sets; null where they are not known
 * @param constants whether everything that is assigned is a value in the statement, not computed from the row
 * @param insert what an INSERT adds, null where it is not known or not an INSERT
 */
record TableUse(
        String schema,
        String table,
        Action action,
        Map<String, List<Operand>> where,
        @Nullable Set<String> assigned,
        boolean constants,
        @Nullable Insert insert) {

    /**
     * An INSERT's rows.
     *
     * @param columns the columns, empty where the statement names none
     * @param rows a value for each column, null where it is computed; empty where rows come from a query
     * @param conflict null without ON CONFLICT; the columns that arbitrate, empty where it names none
     */
    record Insert(
            List<String> columns,
            List<List<@Nullable Operand>> rows,
            @Nullable List<String> conflict) {}

    /** A mention of which nothing else is known. */
    static TableUse of(String schema, String table, Action action) {
        return new TableUse(schema, table, action, Map.of(), null, false, null);
    }
}
