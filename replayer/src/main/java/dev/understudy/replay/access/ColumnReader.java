package dev.understudy.replay.access;

import dev.understudy.pgwire.sql.TokenKind;
import dev.understudy.replay.access.StatementColumns.Call;
import dev.understudy.replay.access.StatementColumns.Insert;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows a statement's queries, each with its tables, down to the values in them. */
final class ColumnReader {
    /** Functions that give another value each time: what they fill is not the client's choice. */
    private static final Set<String> DRAWING = Set.of(
            "nextval",
            "gen_random_uuid",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "uuidv4",
            "uuidv7",
            "random",
            "now",
            "clock_timestamp",
            "statement_timestamp",
            "transaction_timestamp",
            "txid_current",
            "pg_current_xact_id");

    private static final Set<String> CLOCKS = Set.of("current_timestamp", "localtimestamp", "current_date", "now");

    private final Tokens tokens;
    private final ColumnNames names;
    private final ColumnSources sources;
    private final OperandTokens operands;
    private final List<ColumnOperand> found = new ArrayList<>();
    private List<Call> calls = List.of();
    private @Nullable Insert insert;
    private int inserts;

    ColumnReader(Tokens tokens, ColumnNames names) {
        this.tokens = tokens;
        this.names = names;
        this.sources = new ColumnSources(tokens, names);
        this.operands = new OperandTokens(tokens);
    }

    StatementColumns read() {
        if (!tokens.isWhole() || tokens.size() == 0) {
            return StatementColumns.NONE;
        }
        int from = 0;
        int end = tokens.size();
        while (end > 0 && tokens.is(end - 1, ';')) {
            end--;
        }
        if (tokens.isWord(0, "explain")) {
            from = tokens.find(1, end, ScopeReader.STARTS);
        } else if (tokens.isWord(0, "declare")) {
            from = tokens.find(1, end, Set.of("for")) + 1;
        }
        boolean query = from < end && (tokens.is(from, '(') || ScopeReader.STARTS.contains(tokens.word(from)));
        if (!query) {
            return StatementColumns.NONE;
        }
        if (tokens.isWord(from, "select") && tokens.find(from, end, ScopeReader.SET_OPERATIONS) == end) {
            calls = new SelectCalls(tokens).read(from + 1, end);
        }
        statement(from, end, null);
        return new StatementColumns(found, calls, inserts == 1 ? insert : null);
    }

    private void statement(int from, int to, @Nullable ColumnScope outer) {
        if (tokens.is(from, '(') && tokens.after(from) == to) {
            statement(from + 1, to - 1, outer);
            return;
        }
        int start = from;
        if (tokens.isWord(from, "with")) {
            start = with(from, to);
        }
        while (start < to) {
            int end = tokens.find(start, to, ScopeReader.SET_OPERATIONS);
            branch(start, end, outer);
            start = end + 1;
            if (tokens.isWord(start, "all") || tokens.isWord(start, "distinct")) {
                start++;
            }
        }
    }

    /** Reads the queries of a WITH; answers where the main statement begins. */
    private int with(int from, int to) {
        int main = tokens.find(from + 1, to, ScopeReader.VERBS);
        for (int i = from + 1; i < main; i = tokens.after(i)) {
            boolean item = tokens.is(i - 1, ',') || i == from + 1 || tokens.isWord(i - 1, "recursive");
            if (item && tokens.isName(i)) {
                sources.with(tokens.text(i));
            }
        }
        for (int i = from + 1; i < main; i = tokens.after(i)) {
            if (tokens.is(i, '(') && ScopeReader.STARTS.contains(tokens.word(i + 1))) {
                statement(i + 1, tokens.close(i), null);
            }
        }
        return main;
    }

    private void branch(int from, int to, @Nullable ColumnScope outer) {
        if (tokens.is(from, '(') && tokens.after(from) == to) {
            statement(from + 1, to - 1, outer);
            return;
        }
        ColumnScope scope = new ColumnScope(names, outer);
        switch (tokens.word(from)) {
            case "select" -> {
                int clause = sources.fromClause(from, to);
                if (clause < to) {
                    sources.tables(scope, clause + 1, to);
                }
            }
            case "update" -> {
                int set = tokens.find(from + 1, to, Set.of("set"));
                int end = tokens.find(set + 1, to, Set.of("from", "where", "returning"));
                sources.target(scope, from + 1, set, set + 1, end);
                if (tokens.isWord(end, "from")) {
                    sources.tables(scope, end + 1, to);
                }
            }
            case "delete" -> {
                int end = tokens.find(from + 2, to, Set.of("using", "where", "returning"));
                sources.target(scope, from + 2, end, to, to);
                if (tokens.isWord(end, "using")) {
                    sources.tables(scope, end + 1, to);
                }
            }
            case "insert" -> {
                insert(scope, from, to, outer);
                return;
            }
            default -> scope.open();
        }
        expressions(scope, from, to, null);
    }

    /** INSERT INTO table [AS alias] [(columns)] [OVERRIDING …] rows [ON CONFLICT …] [RETURNING …]. */
    private void insert(ColumnScope scope, int from, int to, @Nullable ColumnScope outer) {
        inserts++;
        int name = from + 2;
        boolean qualified = tokens.is(name + 1, '.');
        int at = qualified ? name + 3 : name + 1;
        if (!tokens.isWord(from + 1, "into") || !tokens.isName(at - 1)) {
            return;
        }
        String schema = qualified ? tokens.text(name) : "";
        String table = tokens.text(at - 1);
        boolean alias = tokens.isWord(at, "as");
        FromList.Table target = new FromList.Table(schema, table, alias ? tokens.text(at + 1) : table);
        scope.add(target);
        at += alias ? 2 : 0;
        List<String> columns = names.of(schema, table);
        if (tokens.is(at, '(') && !ScopeReader.STARTS.contains(tokens.word(at + 1)) && !tokens.is(at + 1, '(')) {
            columns = tokens.names(at + 1, tokens.close(at));
            at = tokens.after(at);
        }
        int rest = tokens.find(at, to, Set.of("on", "returning"));
        int rows = tokens.find(at, rest, Set.of("values", "select", "with", "table", "default"));
        Set<String> given = new HashSet<>();
        if (tokens.isWord(rows, "values")) {
            values(scope, target, columns, rows + 1, rest, given);
        } else if (rows < rest && !tokens.isWord(rows, "default")) {
            given.addAll(columns);
            statement(rows, rest, outer);
        } else if (rows == rest) {
            given.addAll(columns);
        }
        insert = new Insert(schema, table, given);
        int set = tokens.find(rest, to, Set.of("set"));
        if (set < to) {
            scope.assigns(target, set + 1, tokens.find(set + 1, to, Set.of("where", "returning")));
        }
        expressions(scope, rest, to, null);
    }

    private void values(
            ColumnScope scope, FromList.Table target, List<String> columns, int from, int to, Set<String> given) {
        for (int i = from; i < to; i = tokens.after(i)) {
            if (!tokens.is(i, '(')) {
                continue;
            }
            int column = 0;
            int start = i + 1;
            for (int j = start; j <= tokens.close(i); j = tokens.after(j)) {
                if (j == tokens.close(i) || tokens.is(j, ',')) {
                    if (column < columns.size()) {
                        value(target, columns.get(column), start, j, given);
                    }
                    expressions(scope, start, j, null);
                    column++;
                    start = j + 1;
                }
            }
        }
    }

    private void value(FromList.Table target, String column, int from, int to, Set<String> given) {
        if (operands.isOperand(from) && operands.end(from) == to) {
            add(new ColumnScope.Found(target, column), from, false, true);
            given.add(column);
        } else if (!isDrawn(from, to)) {
            given.add(column);
        }
    }

    /** DEFAULT, or an expression that gives another value each time. */
    private boolean isDrawn(int from, int to) {
        if (tokens.isWord(from, "default") && from + 1 == to) {
            return true;
        }
        for (int i = from; i < to; i++) {
            boolean calls = tokens.isName(i) && tokens.is(i + 1, '(') && DRAWING.contains(tokens.text(i));
            if (calls || CLOCKS.contains(tokens.word(i))) {
                return true;
            }
        }
        return false;
    }

    /** Finds values in a range of one scope; {@code listed} is the column with which its items are compared, if any. */
    private void expressions(ColumnScope scope, int from, int to, ColumnScope.@Nullable Found listed) {
        for (int i = from; i < to; i = tokens.after(i)) {
            if (tokens.isOpening(i) && !operands.isOperand(i)) {
                group(scope, i);
            } else if (operands.isOperand(i)) {
                int end = operands.end(i);
                boolean item = (i == from || tokens.is(i - 1, ',')) && (end == to || tokens.is(end, ','));
                ColumnScope.Found column = listed != null && item ? listed : compared(scope, i, end);
                if (column != null) {
                    add(column, i, false, false);
                }
            }
        }
    }

    private void group(ColumnScope scope, int open) {
        int close = tokens.close(open);
        if (tokens.is(open, '(') && ScopeReader.STARTS.contains(tokens.word(open + 1))) {
            statement(open + 1, close, scope);
            return;
        }
        ColumnScope.Found listed = null;
        if (tokens.isWord(open - 1, "in")) {
            listed = find(scope, operands.nameBefore(tokens.isWord(open - 2, "not") ? open - 3 : open - 2));
        } else if (tokens.isWord(open - 1, "any") && operands.isComparison(open - 2)) {
            listed = find(scope, operands.nameBefore(open - 3));
            if (listed != null && operands.isOperand(open + 1) && operands.end(open + 1) == close) {
                add(listed, open + 1, true, false);
                return;
            }
            if (tokens.isWord(open + 1, "array") && tokens.is(open + 2, '[')) {
                expressions(scope, open + 3, tokens.close(open + 2), listed);
                return;
            }
            listed = null;
        }
        expressions(scope, open + 1, close, listed);
    }

    private ColumnScope.@Nullable Found compared(ColumnScope scope, int at, int end) {
        if (operands.isComparison(at - 1)) {
            return operands.endsExpression(end) ? find(scope, operands.nameBefore(at - 2)) : null;
        }
        if (tokens.isWord(at - 1, "between")) {
            return find(scope, operands.nameBefore(tokens.isWord(at - 2, "not") ? at - 3 : at - 2));
        }
        if (tokens.isWord(at - 1, "and") && tokens.isWord(at - 3, "between") && operands.isOperand(at - 2)) {
            return operands.endsExpression(end)
                    ? find(scope, operands.nameBefore(tokens.isWord(at - 4, "not") ? at - 5 : at - 4))
                    : null;
        }
        if (tokens.isWord(at - 1, "from") && tokens.isWord(at - 2, "distinct")) {
            int is = tokens.isWord(at - 3, "not") ? at - 4 : at - 3;
            return operands.endsExpression(end) ? find(scope, operands.nameBefore(is - 1)) : null;
        }
        return operands.isComparison(end) && !tokens.has(at - 1, TokenKind.OPERATOR)
                ? find(scope, operands.nameAfter(end + 1))
                : null;
    }

    private ColumnScope.@Nullable Found find(ColumnScope scope, ColumnScope.@Nullable Name name) {
        return name == null ? null : scope.find(name);
    }

    private void add(ColumnScope.Found column, int operand, boolean many, boolean added) {
        int at = operands.value(operand);
        boolean string = tokens.has(at, TokenKind.STRING);
        boolean bound = tokens.has(at, TokenKind.PARAMETER);
        found.add(new ColumnOperand(
                column.table().schema(),
                column.table().name(),
                column.column(),
                bound ? Integer.parseInt(tokens.text(at).substring(1)) : 0,
                tokens.start(at) + (string ? 1 : 0),
                tokens.end(at) - (string ? 1 : 0),
                many,
                added));
    }
}
