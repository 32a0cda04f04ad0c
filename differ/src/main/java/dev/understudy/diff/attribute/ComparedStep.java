package dev.understudy.diff.attribute;

import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.pgwire.message.RowDescription;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was compared.
 *
 * @param facts the statement
 * @param rows how many rows the baseline's answer has
 * @param shape their columns as recorded, null if it has none or they are not known
 */
public record ComparedStep(
        StatementFacts facts, long rows, @Nullable RowDescription shape) {}
