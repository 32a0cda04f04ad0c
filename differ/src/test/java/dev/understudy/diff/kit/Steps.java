package dev.understudy.diff.kit;

import dev.understudy.diff.attribute.ComparedStep;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.RowDescription;
import java.util.List;

/** Builds statements of an exchange, as they are when their answer was read. */
public final class Steps {
    private static final Statements STATEMENTS = new Statements();

    private Steps() {}

    /** A statement whose answer has so many rows of these columns. */
    public static ComparedStep step(String sql, long rows, Field... columns) {
        return new ComparedStep(STATEMENTS.of(sql), rows, new RowDescription(List.of(columns)));
    }

    /** A statement whose answer has no columns. */
    public static ComparedStep step(String sql) {
        return new ComparedStep(STATEMENTS.of(sql), 0, null);
    }

    /** The name of a statement's form. */
    public static String fingerprint(String sql) {
        return STATEMENTS.of(sql).fingerprint();
    }
}
