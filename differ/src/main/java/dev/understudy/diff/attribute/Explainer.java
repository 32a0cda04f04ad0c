package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.statement.ServerFunctions;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
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
        return switch (difference.leeway()) {
            case TIE -> Explanation.proven(Attribution.TIE);
            case LIMIT -> Explanation.proven(Attribution.LIMIT);
            case DRAWN -> Explanation.proven(Attribution.VOLATILE);
            case UNKNOWN -> value(difference).butUndecidable();
            case NONE -> value(difference);
        };
    }

    private Explanation value(Difference difference) {
        StatementFacts facts = facts(difference);
        SelectItem item = item(difference, facts);
        if (VolatileFunctions.explain(difference, facts, item, defaultOf(difference))) {
            return Explanation.proven(Attribution.VOLATILE);
        }
        if (isSetting(difference, facts, item)) {
            return Explanation.proven(Attribution.SETTING);
        }
        ClockClaim claim = ClockClaim.of(difference);
        if (claim != null && claim.fits(left.window(), right.window())) {
            return Explanation.byValue(Attribution.CLOCK);
        }
        return Explanation.open(claim);
    }

    private static boolean isSetting(Difference difference, StatementFacts facts, @Nullable SelectItem item) {
        return difference.type().isValue()
                && (facts.verb().equals("show")
                        || item != null && item.functions().stream().anyMatch(ServerFunctions::isSetting));
    }

    /** Where a difference comes from: proven by both servers, else the one column that the expression names. */
    String origin(Difference difference) {
        if (!difference.origin().isEmpty()
                || !difference.type().isValue()
                || difference.place().leftColumn() < 0) {
            return difference.origin();
        }
        StatementFacts facts = facts(difference);
        SelectItem item = item(difference, facts);
        String named = item == null ? "" : left.answer().catalog().onlyColumn(facts.tables(), item.names());
        return named.isEmpty() ? "" : JudgedDifference.DERIVED + named;
    }

    /** What the select list says of the column that a difference is in, null if that is not known. */
    private @Nullable SelectItem item(Difference difference, StatementFacts facts) {
        RowDescription rows = rows(difference);
        int column = difference.place().leftColumn();
        return column < 0
                ? null
                : facts.itemAt(
                        column,
                        rows == null ? facts.items().size() : rows.fields().size());
    }

    private @Nullable RowDescription rows(Difference difference) {
        Step step = left.step(difference.place().step());
        RowDescription rows = step == null ? null : step.rows();
        Step other = right.step(difference.place().step());
        return rows != null || other == null ? rows : other.rows();
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
