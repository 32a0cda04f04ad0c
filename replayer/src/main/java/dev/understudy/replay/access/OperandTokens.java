package dev.understudy.replay.access;

import dev.understudy.pgwire.sql.TokenKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which tokens are a value, a comparison, a column that stands alone. Indexes outside answer no. */
final class OperandTokens {
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");
    /** Words of types' names behind the first. */
    private static final Set<String> OF_TYPES = Set.of("varying", "precision", "with", "without", "time", "zone");

    private static final int MAX_PARAMETER_DIGITS = 6;

    private final Tokens tokens;

    OperandTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    boolean isComparison(int i) {
        return tokens.has(i, TokenKind.OPERATOR) && COMPARISONS.contains(tokens.text(i));
    }

    /** Whether a parameter, a number without sign, or a plain string stands there, perhaps in parentheses. */
    boolean isOperand(int i) {
        return isValue(i) || isWrapped(i);
    }

    /** Parentheses around nothing but a value; those of a call or a list stand behind a word. */
    private boolean isWrapped(int i) {
        boolean follows = isComparison(i - 1) || tokens.is(i - 1, '(') || tokens.is(i - 1, ',');
        return follows && tokens.is(i, '(') && isOperand(i + 1) && end(i + 1) == tokens.close(i);
    }

    /** Where the value itself stands. */
    int value(int operand) {
        int i = operand;
        while (tokens.is(i, '(')) {
            i++;
        }
        return i;
    }

    private boolean isValue(int i) {
        if (tokens.has(i, TokenKind.PARAMETER)) {
            return tokens.text(i).length() <= MAX_PARAMETER_DIGITS;
        }
        if (tokens.has(i, TokenKind.NUMBER)) {
            return !tokens.has(i - 1, TokenKind.OPERATOR) || isComparison(i - 1);
        }
        if (!tokens.has(i, TokenKind.STRING)) {
            return false;
        }
        String text = tokens.text(i);
        return text.length() >= 2
                && text.charAt(0) == '\''
                && text.indexOf('\\') < 0
                && text.indexOf('\'', 1) == text.length() - 1;
    }

    /** The index behind a value with its casts. */
    int end(int operand) {
        int i = tokens.after(operand);
        while (tokens.isOperator(i, "::") && tokens.isName(i + 1)) {
            i += 2;
            while (tokens.is(i, '.') || OF_TYPES.contains(tokens.word(i))) {
                i += tokens.is(i, '.') ? 2 : 1;
            }
            while (tokens.isOpening(i)) {
                i = tokens.after(i);
            }
        }
        return i;
    }

    /** Whether what ends before {@code i} is not part of a larger expression. */
    boolean endsExpression(int i) {
        return !tokens.has(i, TokenKind.OPERATOR) && !tokens.is(i, '[') && !tokens.is(i, '.');
    }

    /** The column whose name ends at {@code i} and that is no part of a larger expression; null if there is none. */
    ColumnScope.@Nullable Name nameBefore(int i) {
        if (!tokens.isName(i)) {
            return null;
        }
        int first = i;
        while (tokens.is(first - 1, '.') && tokens.isName(first - 2) && i - first < 4) {
            first -= 2;
        }
        boolean alone = !tokens.has(first - 1, TokenKind.OPERATOR) && !tokens.is(first - 1, '.');
        return alone ? name(first, i) : null;
    }

    /** The same for a name that begins at {@code i}. */
    ColumnScope.@Nullable Name nameAfter(int i) {
        if (!tokens.isName(i)) {
            return null;
        }
        int last = i;
        while (tokens.is(last + 1, '.') && tokens.isName(last + 2) && last - i < 4) {
            last += 2;
        }
        boolean alone = endsExpression(last + 1) && !tokens.is(last + 1, '(');
        return alone ? name(i, last) : null;
    }

    private ColumnScope.Name name(int first, int last) {
        return new ColumnScope.Name(
                last - first == 4 ? tokens.text(first) : "",
                last - first >= 2 ? tokens.text(last - 2) : "",
                tokens.text(last),
                first);
    }
}
