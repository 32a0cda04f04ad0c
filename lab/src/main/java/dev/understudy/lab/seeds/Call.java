package dev.understudy.lab.seeds;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One thing that a session does.
 *
 * @param act how
 * @param sql the statement; {@code ?} for parameters
 * @param arguments of the parameters; the rows of a COPY FROM
 * @param sqlState the error that it is meant to get, empty for none
 * @param facts what its answer and its effect depend on
 */
public record Call(Act act, String sql, List<Object> arguments, String sqlState, Facts facts) {
    /** How it is done. */
    public enum Act {
        /** A statement, all of its rows at once. */
        QUERY,
        /** A query, a few rows at a time. */
        CURSOR,
        /** COPY … TO STDOUT. */
        COPY_OUT,
        /** COPY … FROM STDIN. */
        COPY_IN,
        /** The transaction's begin. */
        BEGIN,
        /** Its end. */
        COMMIT,
        /** Its other end. */
        ROLLBACK
    }

    /**
     * What the answer and the effect depend on, each as {@code table.column}, or {@code table.*} for which rows there are.
     *
     * @param output the result's columns and what each is computed from
     * @param decides what decides which rows the result has, or whether the statement fails
     * @param written what it writes, and from what
     */
    public record Facts(Map<String, Set<String>> output, Set<String> decides, Map<String, Set<String>> written) {
        static final Facts NONE = new Facts(Map.of(), Set.of(), Map.of());

        /** Copies the collections. */
        public Facts {
            output = Map.copyOf(output);
            decides = Set.copyOf(decides);
            written = Map.copyOf(written);
        }
    }

    static Call of(Act act) {
        return new Call(act, "", List.of(), "", Facts.NONE);
    }

    static Call query(String sql, List<Object> arguments, Facts facts) {
        return new Call(Act.QUERY, sql, arguments, "", facts);
    }

    Call as(Act other) {
        return new Call(other, sql, arguments, sqlState, facts);
    }

    Call failing(String state) {
        return new Call(act, sql, arguments, state, facts);
    }

    boolean isWrite() {
        return !facts.written().isEmpty();
    }
}
