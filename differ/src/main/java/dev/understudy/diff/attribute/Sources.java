package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.statement.ServerFunctions;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.diff.statement.StatementFacts.Write;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.trace.catalog.Catalog;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a result's values come from, as far as the statement's text and both servers' catalogs prove it: a function that
 * only one side's default or view calls is the migration's doing. Immutable.
 */
final class Sources {
    private static final Pattern CALL =
            Pattern.compile("([a-z_0-9]+)\\s*\\(|\\b(current_timestamp|current_date|current_time|localtimestamp)\\b");

    /** No column of a user may be called so (chapter 5.6). */
    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    private final Statements statements;
    private final Side left;
    private final Side right;

    Sources(Statements statements, Side left, Side right) {
        this.statements = statements;
        this.left = left;
        this.right = right;
    }

    StatementFacts facts(Difference difference) {
        Step step = left.step(difference.place().step());
        if (step == null || step.sql().isEmpty()) {
            step = right.step(difference.place().step());
        }
        return step == null ? StatementFacts.NONE : statements.of(step.sql());
    }

    /** What the select list says of the column that a difference is in, null if that is not known. */
    @Nullable SelectItem item(Difference difference) {
        StatementFacts facts = facts(difference);
        RowDescription rows = rows(left, difference);
        rows = rows == null ? rows(right, difference) : rows;
        int column = difference.place().leftColumn();
        int width = rows == null ? facts.items().size() : rows.fields().size();
        return column < 0 ? null : facts.itemAt(column, width);
    }

    /** The functions that compute a difference's column: in the statement, or in a view on both sides. */
    Set<String> functions(Difference difference) {
        SelectItem item = item(difference);
        Set<String> functions = new HashSet<>(item == null ? Set.of() : item.functions());
        Set<String> inView = viewFunctions(left, difference, difference.place().leftColumn());
        if (!inView.isEmpty()) {
            inView.retainAll(viewFunctions(right, difference, difference.place().rightColumn()));
            functions.addAll(inView);
        }
        return functions;
    }

    private Set<String> viewFunctions(Side side, Difference difference, int column) {
        Field field = field(side, difference, column);
        ServerCatalog catalog = side.answer().catalog();
        String query = field == null ? null : catalog.viewQuery(field);
        if (field == null || query == null) {
            return new HashSet<>();
        }
        StatementFacts view = statements.of(query);
        SelectItem item =
                view.itemAt(catalog.attributeNumber(field) - 1, view.items().size());
        return item == null ? new HashSet<>() : new HashSet<>(item.functions());
    }

    /** Whether an INSERT left the column to its default, and both sides' defaults call such a function. */
    boolean isDefaulted(Difference difference, Predicate<String> function) {
        return isDefaulted(difference)
                && calls(attribute(left, difference, difference.place().leftColumn()), function)
                && calls(attribute(right, difference, difference.place().rightColumn()), function);
    }

    private static boolean calls(Catalog.@Nullable Attribute attribute, Predicate<String> function) {
        if (attribute == null) {
            return false;
        }
        String expression = attribute.defaultValue();
        boolean identity = attribute.identity() != Catalog.NONE && function.test("nextval");
        return identity || expression != null && names(expression).stream().anyMatch(function);
    }

    private static Set<String> names(String expression) {
        return CALL.matcher(expression.toLowerCase(Locale.ROOT))
                .results()
                .map(Sources::name)
                .collect(Collectors.toSet());
    }

    private static String name(MatchResult call) {
        return call.group(1) != null ? call.group(1) : call.group(2);
    }

    private boolean isDefaulted(Difference difference) {
        StatementFacts facts = facts(difference);
        Catalog.Attribute attribute =
                attribute(left, difference, difference.place().leftColumn());
        if (!facts.verb().equals("insert") || attribute == null) {
            return false;
        }
        if (facts.sql().contains("default values")) {
            return true;
        }
        for (Write write : facts.writes()) {
            if (write.columns().isEmpty() || write.columns().contains(attribute.name())) {
                return false;
            }
        }
        return !facts.writes().isEmpty();
    }

    /** The default's expression of the column that the value was stored in, the same on both sides; null for none. */
    @Nullable String storedDefault(Difference difference) {
        Catalog.Attribute before =
                attribute(left, difference, difference.place().leftColumn());
        Catalog.Attribute after =
                attribute(right, difference, difference.place().rightColumn());
        String expression = before == null ? null : before.defaultValue();
        return expression != null && after != null && expression.equals(after.defaultValue()) ? expression : null;
    }

    /** Whether the column that a value was stored in has a default that draws it, by one expression on both sides. */
    boolean isDrawnByDefault(Difference difference) {
        String expression = storedDefault(difference);
        return expression != null && ServerFunctions.asksVolatile(expression);
    }

    /** Whether the column is one of the server's own: a system column of a table, or a column of its statistics. */
    boolean isServersOwn(Difference difference) {
        Field before = field(left, difference, difference.place().leftColumn());
        Field after = field(right, difference, difference.place().rightColumn());
        boolean system = before != null && before.attributeNumber() < 0 && after != null && after.attributeNumber() < 0;
        SelectItem item = item(difference);
        boolean named = item != null && item.names().stream().anyMatch(SYSTEM_COLUMNS::contains);
        boolean statistics = difference.origin().isEmpty()
                && facts(difference).tables().stream().anyMatch(ServerFunctions::isStatistics);
        return system || named || statistics;
    }

    @Nullable Field field(Difference difference) {
        return field(left, difference, difference.place().leftColumn());
    }

    private static Catalog.@Nullable Attribute attribute(Side side, Difference difference, int column) {
        Field field = field(side, difference, column);
        return field == null ? null : side.answer().catalog().attribute(field);
    }

    private static @Nullable Field field(Side side, Difference difference, int column) {
        RowDescription rows = rows(side, difference);
        return rows == null || column < 0 || column >= rows.fields().size()
                ? null
                : rows.fields().get(column);
    }

    private static @Nullable RowDescription rows(Side side, Difference difference) {
        Step step = side.step(difference.place().step());
        return step == null ? null : step.rows();
    }
}
