package dev.understudy.diff.attribute;

import dev.understudy.diff.attribute.LeafPairs.Pair;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Leeway;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.ServerFunctions;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Explains the differences between two sides of one exchange by their values. A function in the select list is proof of
 * where a value comes from, and no excuse for what it is: a clock's value must be what that side's clock said, a
 * sequence's must lie near. That a value is there at all is no function's choice. Immutable.
 */
final class Explainer {
    /** Numbers that a sequence may have handed out on one side alone. */
    private static final long MAX_SEQUENCE_GAP = 10_000;
    /** Objects below are PostgreSQL's own (access/transam.h, FirstNormalObjectId). */
    private static final int FIRST_USERS_OID = 16_384;

    private final Sources sources;
    private final Side left;
    private final ClockValues clocks;

    Explainer(Statements statements, Side left, Side right) {
        this.sources = new Sources(statements, left, right);
        this.left = left;
        this.clocks = new ClockValues(left.window(), right.window());
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

    /** Whether the values of a difference show a cause of their own, as far as this exchange can tell. */
    boolean explains(Difference difference) {
        return explain(difference).attribution() != null;
    }

    private Explanation value(Difference difference) {
        DifferenceClass type = difference.type();
        if (sources.facts(difference).verb().equals("explain") && isOfContents(difference)) {
            return Explanation.proven(Attribution.VOLATILE);
        }
        boolean present = type != DifferenceClass.VALUE_NULL_TO_VALUE
                && type != DifferenceClass.VALUE_VALUE_TO_NULL
                && type != DifferenceClass.VALUE_EMPTY_NULL_SWAP;
        if (!type.isValue() || difference.count() > 1) {
            return Explanation.NONE;
        }
        return present ? byFunction(difference) : Explanation.NONE;
    }

    /** A plan's lines are the server's choice: what became slower is told by time. */
    private static boolean isOfContents(Difference difference) {
        return switch (difference.place().aspect()) {
            case ROW, VALUE, ORDER, CONTENT -> true;
            case ERROR, STATUS, TAG, SHAPE -> false;
        };
    }

    private Explanation byFunction(Difference difference) {
        Set<String> functions = sources.functions(difference);
        if (asks(functions, difference, ServerFunctions::isVolatile) || sources.isServersOwn(difference)) {
            return DrawnValues.canBeOfOne(difference, sources.item(difference))
                    ? Explanation.proven(Attribution.VOLATILE)
                    : Explanation.NONE;
        }
        boolean show = sources.facts(difference).verb().equals("show");
        if (show || asks(functions, difference, ServerFunctions::isSetting)) {
            return Explanation.proven(Attribution.SETTING);
        }
        boolean defaulted = sources.isDefaulted(difference, ServerFunctions::isSequence);
        if ((defaulted || functions.stream().anyMatch(ServerFunctions::isSequence)) && isGap(difference)) {
            return defaulted && isAhead(difference)
                    ? Explanation.proven(Attribution.GENERATED)
                    : Explanation.byValue(Attribution.GENERATED);
        }
        Field field = sources.field(difference);
        boolean sums = functions.stream().anyMatch(ServerFunctions::isFloatAggregate);
        if (sums && FloatSums.areOne(difference.left(), difference.right(), field == null ? 0 : field.typeOid())) {
            return Explanation.proven(Attribution.FLOAT_SUM);
        }
        SelectItem item = sources.item(difference);
        if (item != null && OpenOrders.explain(difference, item)) {
            return Explanation.proven(Attribution.TIE);
        }
        if (field != null && field.typeOid() == PgType.OID.oid() && isOfCatalog(field)) {
            return Explanation.byValue(Attribution.VOLATILE);
        }
        return clock(difference, asks(functions, difference, ServerFunctions::isClock));
    }

    private boolean asks(Set<String> functions, Difference difference, Predicate<String> kind) {
        return functions.stream().anyMatch(kind) || sources.isDefaulted(difference, kind);
    }

    /** Whether a result's column is one of the system's catalogs, where OIDs name what users made. */
    private static boolean isOfCatalog(Field field) {
        return field.relationOid() > 0 && field.relationOid() < FIRST_USERS_OID;
    }

    private static boolean isGap(Difference difference) {
        return difference.left() instanceof Value.Int a
                && difference.right() instanceof Value.Int b
                && a.value() > 0
                && b.value() > 0
                && Math.abs(a.value() - b.value()) <= MAX_SEQUENCE_GAP;
    }

    /** A failed insertion uses a number up; nothing that statements do sets a sequence back (chapter 9.17). */
    private static boolean isAhead(Difference difference) {
        return difference.left() instanceof Value.Int a
                && difference.right() instanceof Value.Int b
                && b.value() >= a.value();
    }

    private Explanation clock(Difference difference, boolean asked) {
        List<Pair> pairs = LeafPairs.of(difference);
        if (pairs.isEmpty()) {
            return Explanation.NONE;
        }
        SelectItem item = sources.item(difference);
        String expression = item == null ? "" : item.text();
        if (asked && pairs.stream().allMatch(pair -> clocks.areDerived(pair.left(), pair.right(), expression))) {
            return Explanation.proven(Attribution.CLOCK);
        }
        if (pairs.stream().allMatch(pair -> clocks.areStamps(pair.left(), pair.right()))) {
            return asked ? Explanation.proven(Attribution.CLOCK) : Explanation.byValue(Attribution.CLOCK);
        }
        return Explanation.open(claim(difference));
    }

    /** What the run's timelines may explain: a time that the difference is about, less what its default adds to now(). */
    @Nullable ClockClaim claim(Difference difference) {
        List<Pair> pairs = LeafPairs.of(difference);
        if (pairs.size() != 1 || !difference.type().isValue()) {
            return null;
        }
        ClockClaim claim = ClockClaim.of(pairs.get(0).left(), pairs.get(0).right());
        String expression = sources.storedDefault(difference);
        Long added = expression == null ? null : ClockDefault.added(expression);
        return claim == null || added == null ? claim : claim.less(added);
    }

    /**
     * What the run's other answers may explain: identifiers that each side's default drew.
     *
     * @param difference between baseline and candidate, the left and the right side of this
     * @param before between production and the baseline at that place, null if there is none
     */
    @Nullable DrawnIds drawn(Difference difference, @Nullable Difference before, boolean withControl) {
        boolean whole = difference.count() == 1
                && difference.leeway() == Leeway.NONE
                && !difference.origin().isEmpty()
                && sources.isDrawnByDefault(difference);
        if (!whole || withControl && (before == null || !before.right().equals(difference.left()))) {
            return null;
        }
        return DrawnIds.of(
                difference.origin(),
                before == null || !withControl ? difference.left() : before.left(),
                withControl ? difference.left() : null,
                difference.right(),
                sources.isDefaulted(difference, ServerFunctions::isVolatile));
    }

    /** Where a difference comes from: proven by both servers, else the one column that the expression names. */
    String origin(Difference difference) {
        if (!difference.origin().isEmpty()
                || !difference.type().isValue()
                || difference.place().leftColumn() < 0) {
            return difference.origin();
        }
        StatementFacts facts = sources.facts(difference);
        SelectItem item = sources.item(difference);
        String named = item == null ? "" : left.answer().catalog().onlyColumn(facts.tables(), item.names());
        return named.isEmpty() ? "" : JudgedDifference.DERIVED + named;
    }
}
