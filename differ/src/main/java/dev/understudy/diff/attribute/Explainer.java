package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.trace.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/** Explains the differences between two sides of one exchange by their values. Immutable. */
final class Explainer {
    private final Statements statements;
    private final Side left;
    private final Side right;

    Explainer(Statements statements, Side left, Side right) {
        this.statements = statements;
        this.left = left;
        this.right = right;
    }

    /** What explains it. */
    Explanation explain(Difference difference) {
        if (difference.tied()) {
            return Explanation.proven(Attribution.TIE);
        }
        if (VolatileFunctions.explain(difference, facts(difference), defaultOf(difference))) {
            return Explanation.proven(Attribution.VOLATILE);
        }
        ClockClaim claim = ClockClaim.of(difference);
        if (claim != null && claim.fits(left.window(), right.window())) {
            return Explanation.byValue(Attribution.CLOCK);
        }
        return Explanation.open(claim);
    }

    /** Whether the values of a difference show a cause of their own, as far as this exchange can tell. */
    boolean explains(Difference difference) {
        return explain(difference).attribution() != null;
    }

    private StatementFacts facts(Difference difference) {
        Step step = left.step(difference.place().step());
        return step == null ? StatementFacts.NONE : statements.of(step.sql());
    }

    private @Nullable String defaultOf(Difference difference) {
        Step step = left.step(difference.place().step());
        RowDescription rows = step == null ? null : step.rows();
        int column = difference.place().leftColumn();
        if (rows == null || column < 0 || column >= rows.fields().size()) {
            return null;
        }
        ServerCatalog catalog = left.answer().catalog();
        Catalog.Attribute attribute = catalog.attribute(rows.fields().get(column));
        return attribute == null ? null : attribute.defaultValue();
    }
}
