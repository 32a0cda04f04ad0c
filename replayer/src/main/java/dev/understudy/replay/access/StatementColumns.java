package dev.understudy.replay.access;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement's text says about the columns that its values stand for.
 *
 * @param operands values for which a column is certain
 * @param calls what the outermost SELECT's columns call, one for each column up to the first that is not certain
 * @param insert what is inserted, null if the statement inserts nothing, or in more than one place
 */
public record StatementColumns(
        List<ColumnOperand> operands,
        List<Call> calls,
        @Nullable Insert insert) {
    /** Of a statement that says nothing. */
    public static final StatementColumns NONE = new StatementColumns(List.of(), List.of(), null);

    /** Copies the lists. */
    public StatementColumns {
        operands = List.copyOf(operands);
        calls = List.copyOf(calls);
    }

    /**
     * A column of an answer that is the value of one function.
     *
     * @param function its name, empty where the column is anything else
     * @param argument its only argument where that is a string, else empty
     */
    public record Call(String function, String argument) {
        static final Call OTHER = new Call("", "");
    }

    /**
     * An INSERT.
     *
     * @param given columns that may get a value which the client chose
     */
    public record Insert(String schema, String table, Set<String> given) {
        /** Copies the set. */
        public Insert {
            given = Set.copyOf(given);
        }
    }

    /** A column of a table, as a statement names them. */
    public record Origin(String schema, String table, String column) {}

    /**
     * What the columns of a query's answer are; null for one that is no column, empty where that is not certain. Reads only
     * what one SELECT says.
     */
    public static List<@Nullable Origin> origins(String query, ColumnNames names) {
        return new OriginReader(new Tokens(query), names).read();
    }

    /** Reads one statement. Time is linear in its text, but for the depth of its parentheses. */
    public static StatementColumns read(String sql, ColumnNames names) {
        return new ColumnReader(new Tokens(sql), names).read();
    }

    /** Whether nothing in it can matter. */
    public boolean isEmpty() {
        return operands.isEmpty() && calls.isEmpty() && insert == null;
    }
}
