package dev.understudy.replay.access;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what SET assigns: {@code column = expression, (column, …) = …}. */
final class Assignments {
    private final Tokens tokens;
    private final OperandReader operands;
    private final Set<String> columns = new HashSet<>();
    private boolean known;
    private boolean constant;

    Assignments(Tokens tokens, OperandReader operands) {
        this.tokens = tokens;
        this.operands = operands;
    }

    /** Reads from behind SET to the clause's end. */
    void read(int from, int to) {
        known = true;
        constant = true;
        int start = from;
        for (int i = from; i < to; i = tokens.after(i)) {
            if (tokens.is(i, ',')) {
                assignment(start, i);
                start = i + 1;
            }
        }
        assignment(start, to);
    }

    private void assignment(int from, int to) {
        if (tokens.isName(from)) {
            columns.add(tokens.text(from));
            constant &= tokens.isOperator(from + 1, "=") && operands.read(from + 2, to) != null;
        } else if (tokens.is(from, '(')) {
            for (int i = from + 1; i < tokens.close(from); i++) {
                if (tokens.isName(i)) {
                    columns.add(tokens.text(i));
                }
            }
            constant = false;
        } else {
            known = false;
        }
    }

    /** The columns, null if they could not all be read. */
    @Nullable Set<String> columns() {
        return known ? columns : null;
    }

    /** Whether all of them get values that stand in the statement. */
    boolean areConstant() {
        return known && constant;
    }
}
