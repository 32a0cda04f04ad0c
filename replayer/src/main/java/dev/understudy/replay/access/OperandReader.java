package dev.understudy.replay.access;

import dev.understudy.pgwire.sql.TokenKind;
import org.jspecify.annotations.Nullable;

/** Reads what stands for one value: a parameter or a constant, perhaps cast. Anything else is null. */
final class OperandReader {
    private final Tokens tokens;

    OperandReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The value that exactly the tokens of the range stand for. */
    @Nullable Operand read(int from, int to) {
        int at = from;
        boolean minus = tokens.isOperator(at, "-");
        at += minus ? 1 : 0;
        if (at >= to) {
            return null;
        }
        String cast = cast(at + 1, to);
        if (cast == null) {
            return null;
        }
        if (tokens.has(at, TokenKind.NUMBER)) {
            return new Operand.Bare((minus ? "-" : "") + tokens.text(at), cast);
        }
        if (minus) {
            return null;
        }
        if (tokens.has(at, TokenKind.PARAMETER)) {
            int number = parameter(tokens.text(at));
            return number < 0 ? null : new Operand.Bound(number, cast);
        }
        if (tokens.has(at, TokenKind.STRING)) {
            return literal(tokens.text(at), cast);
        }
        return switch (tokens.word(at)) {
            case "true", "false" -> new Operand.Bare(tokens.text(at), cast);
            case "null" -> new Operand.Null(cast);
            default -> null;
        };
    }

    /** The array that {@code ANY (…)} compares with; {@code from} stands behind ANY. */
    @Nullable Operand readAny(int from, int to) {
        if (!tokens.is(from, '(') || tokens.after(from) != to) {
            return null;
        }
        return read(from + 1, to - 1) instanceof Operand.Bound bound
                ? new Operand.AnyBound(bound.number(), bound.cast())
                : null;
    }

    private static @Nullable Operand literal(String text, String cast) {
        boolean plain = text.length() >= 2
                && text.charAt(0) == '\''
                && text.charAt(text.length() - 1) == '\''
                && text.indexOf('\\') < 0;
        // a string that goes on in another line has a quote inside that is not doubled
        String inside = plain ? text.substring(1, text.length() - 1).replace("''", "\0") : "'";
        return inside.indexOf('\'') >= 0 ? null : new Operand.Literal(inside.replace('\0', '\''), cast);
    }

    private static int parameter(String text) {
        return text.length() > 6 ? -1 : Integer.parseInt(text.substring(1));
    }

    /** The one simple type that the range casts to; empty for an empty range, null for anything else. */
    private @Nullable String cast(int from, int to) {
        if (from >= to) {
            return "";
        }
        StringBuilder type = new StringBuilder();
        if (!tokens.isOperator(from, "::")) {
            return null;
        }
        for (int i = from + 1; i < to; i++) {
            boolean array = tokens.is(i, '[') || tokens.is(i, ']');
            if (!tokens.has(i, TokenKind.WORD) && !array) {
                return null;
            }
            type.append(type.isEmpty() || array ? "" : " ").append(tokens.text(i));
        }
        return type.toString();
    }
}
