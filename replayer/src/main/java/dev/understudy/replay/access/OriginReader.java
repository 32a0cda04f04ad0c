package dev.understudy.replay.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the columns of one SELECT's answer are, as a view's query tells them. */
final class OriginReader {
    private final Tokens tokens;
    private final ColumnSources sources;
    private final OperandTokens operands;

    OriginReader(Tokens tokens, ColumnNames names) {
        this.tokens = tokens;
        this.sources = new ColumnSources(tokens, names);
        this.operands = new OperandTokens(tokens);
    }

    /** What the columns are; null for one that is no column, empty where that is not certain. */
    List<StatementColumns.@Nullable Origin> read() {
        int end = tokens.is(tokens.size() - 1, ';') ? tokens.size() - 1 : tokens.size();
        boolean plain = tokens.isWhole()
                && tokens.isWord(0, "select")
                && tokens.find(0, end, ScopeReader.SET_OPERATIONS) == end
                && sources.fromClause(0, end) < end;
        if (!plain) {
            return List.of();
        }
        int clause = sources.fromClause(0, end);
        ColumnScope scope = new ColumnScope(sources.names(), null);
        sources.tables(scope, clause + 1, end);
        List<StatementColumns.@Nullable Origin> origins = new ArrayList<>();
        int start = 1;
        for (int i = 1; i <= clause; i = i < clause ? tokens.after(i) : i + 1) {
            if (i == clause || tokens.is(i, ',')) {
                if (tokens.isOperator(i - 1, "*") || tokens.isWord(start, "distinct")) {
                    return List.of();
                }
                origins.add(origin(scope, start, i));
                start = i + 1;
            }
        }
        return origins;
    }

    /** {@code column [AS name]}. */
    private StatementColumns.@Nullable Origin origin(ColumnScope scope, int from, int to) {
        int last = tokens.isWord(to - 2, "as") ? to - 3 : to - 1;
        ColumnScope.Name name = operands.nameAfter(from);
        ColumnScope.Found column = name == null ? null : scope.find(name);
        boolean alone = name != null
                && (last - from)
                        == (name.qualifier().isEmpty() ? 0 : name.schema().isEmpty() ? 2 : 4);
        return column == null || !alone
                ? null
                : new StatementColumns.Origin(
                        column.table().schema(), column.table().name(), column.column());
    }
}
