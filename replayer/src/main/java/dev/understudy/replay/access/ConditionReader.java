package dev.understudy.replay.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a WHERE clause's equalities: columns that must have one of some values, since they are joined with the rest by
 * AND alone. Whatever is not such is left out, which leaves more rows possible.
 */
final class ConditionReader {
    private static final Set<String> OR = Set.of("or");

    private final Tokens tokens;
    private final OperandReader operands;
    private final List<Equality> found = new ArrayList<>();

    /** {@code qualifier} is empty where the column stands alone. */
    private record Equality(String qualifier, String column, List<Operand> values) {}

    ConditionReader(Tokens tokens) {
        this.tokens = tokens;
        this.operands = new OperandReader(tokens);
    }

    /** Reads one clause, from behind WHERE to its end. */
    void read(int from, int to) {
        if (hasChoice(from, to)) {
            return;
        }
        int start = from;
        boolean between = false;
        for (int i = from; i < to; i = tokens.after(i)) {
            if (tokens.isWord(i, "between")) {
                between = true;
            } else if (tokens.isWord(i, "and")) {
                // the AND of BETWEEN joins no conditions: what stands around it is one
                if (!between) {
                    conjunct(start, i);
                    start = i + 1;
                }
                between = false;
            }
        }
        conjunct(start, to);
    }

    /** Whether OR or CASE stands at this level: AND then joins something else than conditions of every row. */
    private boolean hasChoice(int from, int to) {
        return tokens.find(from, to, OR) < to || tokens.find(from, to, Set.of("case")) < to;
    }

    private void conjunct(int from, int to) {
        if (tokens.is(from, '(') && tokens.after(from) == to) {
            read(from + 1, to - 1);
            return;
        }
        int column = tokens.is(from + 1, '.') ? from + 2 : from;
        if (!tokens.isName(column) || tokens.is(column + 1, '.')) {
            return;
        }
        List<Operand> values = values(column + 1, to);
        if (values != null) {
            String qualifier = column == from ? "" : tokens.text(from);
            found.add(new Equality(qualifier, tokens.text(column), values));
        }
    }

    private @Nullable List<Operand> values(int from, int to) {
        if (tokens.isOperator(from, "=")) {
            Operand value =
                    tokens.isWord(from + 1, "any") ? operands.readAny(from + 2, to) : operands.read(from + 1, to);
            return value == null ? null : List.of(value);
        }
        if (!tokens.isWord(from, "in") || !tokens.is(from + 1, '(') || tokens.after(from + 1) != to) {
            return null;
        }
        List<Operand> values = new ArrayList<>();
        int start = from + 2;
        for (int i = start; i < to; i = tokens.after(i)) {
            if (i == to - 1 || tokens.is(i, ',')) {
                Operand value = operands.read(start, i);
                if (value == null) {
                    return null;
                }
                values.add(value);
                start = i + 1;
            }
        }
        return values;
    }

    /** What was found about the table that goes by this name; {@code alone} if no other table stands beside it. */
    Map<String, List<Operand>> of(String alias, boolean alone) {
        Map<String, List<Operand>> columns = new HashMap<>();
        for (Equality equality : found) {
            boolean meant = equality.qualifier().isEmpty()
                    ? alone
                    : equality.qualifier().equals(alias);
            if (meant) {
                columns.putIfAbsent(equality.column(), equality.values());
            }
        }
        return columns;
    }
}
