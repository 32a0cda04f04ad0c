package dev.understudy.replay.access;

import dev.understudy.replay.access.StatementUses.Reach;
import dev.understudy.replay.access.TableUse.Insert;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows queries and DML through their scopes: each SELECT, whether outermost, in a WITH or in a subquery, has tables of
 * its own, and its WHERE says which of their rows can take part.
 */
final class ScopeReader {
    static final Set<String> VERBS = Set.of("select", "values", "table", "insert", "update", "delete", "merge");

    static final Set<String> STARTS =
            Set.of("select", "values", "table", "insert", "update", "delete", "merge", "with");
    static final Set<String> SET_OPERATIONS = Set.of("union", "intersect", "except");
    private static final Set<String> FROM = Set.of("from");
    private static final Set<String> WHERE = Set.of("where");
    private static final Set<String> AFTER_FROM = Set.of(
            "where", "group", "having", "window", "order", "limit", "offset", "fetch", "for", "returning", "into");
    private static final Set<String> AFTER_WHERE =
            Set.of("group", "having", "window", "order", "limit", "offset", "fetch", "for", "returning", "into");
    private static final Set<String> AFTER_SET = Set.of("from", "where", "returning");

    private final Tokens tokens;
    private final OperandReader operands;
    private final List<TableUse> uses = new ArrayList<>();
    private final Set<String> functions = new HashSet<>();
    private boolean unread;

    ScopeReader(Tokens tokens) {
        this.tokens = tokens;
        this.operands = new OperandReader(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.isName(i) && tokens.is(i + 1, '(')) {
                functions.add(tokens.text(i));
            }
        }
    }

    StatementUses uses() {
        return new StatementUses(uses, functions, Set.of(), unread ? Reach.WRITES_ANYTHING : Reach.NAMED);
    }

    /** A whole statement, or what stands in the parentheses of a subquery. */
    void statement(int from, int to) {
        if (tokens.is(from, '(') && tokens.after(from) == to) {
            statement(from + 1, to - 1);
            return;
        }
        switch (tokens.word(from)) {
            case "with" -> with(from, to);
            case "insert" -> insert(from, to);
            case "update" -> update(from, to);
            case "delete" -> delete(from, to);
            case "merge" -> merge(from, to);
            default -> query(from, to);
        }
    }

    private void with(int from, int to) {
        int verb = tokens.find(from + 1, to, VERBS);
        if (verb == to) {
            // the main query stands in parentheses, or the text is no statement
            parentheses(from, to);
        } else {
            parentheses(from, verb);
            statement(verb, to);
        }
    }

    /** Follows every subquery in the range, however deep. */
    private void parentheses(int from, int to) {
        for (int i = from; i < to; i = tokens.after(i)) {
            if (tokens.isOpening(i)) {
                inside(i + 1, tokens.close(i));
            }
        }
    }

    private void inside(int from, int to) {
        if (STARTS.contains(tokens.word(from))) {
            statement(from, to);
        } else if (tokens.is(from, '(') && isQuery(from, to)) {
            query(from, to);
        } else {
            parentheses(from, to);
        }
    }

    /** Whether what begins with a parenthesis is a query, perhaps of several by UNION and the like. */
    private boolean isQuery(int from, int to) {
        int first = from;
        while (tokens.is(first, '(')) {
            first++;
        }
        return STARTS.contains(tokens.word(first))
                && (tokens.after(from) == to || tokens.find(from, to, SET_OPERATIONS) < to);
    }

    private void query(int from, int to) {
        int start = from;
        while (start < to) {
            int end = tokens.find(start, to, SET_OPERATIONS);
            branch(start, end);
            start = end + 1;
            if (tokens.isWord(start, "all") || tokens.isWord(start, "distinct")) {
                start++;
            }
        }
    }

    private void branch(int from, int to) {
        switch (tokens.word(from)) {
            case "select" -> select(from, to);
            case "table" -> {
                tableName(tokens.isWord(from + 1, "only") ? from + 2 : from + 1);
                parentheses(from, to);
            }
            default -> parentheses(from, to);
        }
    }

    private void select(int from, int to) {
        int fromClause = from(from, to);
        if (fromClause == to) {
            scope(List.of(), from, to);
            parentheses(from, to);
            return;
        }
        int end = tokens.find(fromClause + 1, to, AFTER_FROM);
        FromList list = new FromList(tokens, this::inside);
        list.read(fromClause + 1, end);
        parentheses(from, fromClause);
        scope(list.tables(), end, to);
        parentheses(end, to);
    }

    /** FROM, but not that of IS DISTINCT FROM. */
    private int from(int from, int to) {
        int at = tokens.find(from, to, FROM);
        while (at < to
                && tokens.isWord(at - 1, "distinct")
                && (tokens.isWord(at - 2, "is") || tokens.isWord(at - 2, "not"))) {
            at = tokens.find(at + 1, to, FROM);
        }
        return at;
    }

    /** Adds a scope's tables with what the WHERE in the range says of them. */
    private void scope(List<FromList.Table> tables, int from, int to) {
        ConditionReader conditions = where(from, to);
        for (FromList.Table table : tables) {
            Map<String, List<Operand>> where = conditions.of(table.alias(), tables.size() == 1);
            uses.add(new TableUse(table.schema(), table.name(), Action.READ, where, null, false, null));
        }
    }

    private ConditionReader where(int from, int to) {
        ConditionReader conditions = new ConditionReader(tokens);
        int where = tokens.find(from, to, WHERE);
        if (where < to) {
            conditions.read(where + 1, tokens.find(where + 1, to, AFTER_WHERE));
        }
        return conditions;
    }

    private void tableName(int at) {
        FromList list = new FromList(tokens, this::inside);
        list.read(at, Math.min(at + (tokens.is(at + 1, '.') ? 3 : 1), tokens.size()));
        list.tables().forEach(table -> uses.add(TableUse.of(table.schema(), table.name(), Action.READ)));
    }

    /** UPDATE [ONLY] table [*] [[AS] alias] SET … [FROM …] [WHERE …] [RETURNING …]. */
    private void update(int from, int to) {
        int set = tokens.find(from + 1, to, Set.of("set"));
        int end = tokens.find(set + 1, to, AFTER_SET);
        Assignments assignments = new Assignments(tokens, operands);
        assignments.read(set + 1, end);
        target(from + 1, set, end, to, "from", Action.UPDATE, assignments);
        parentheses(set, to);
    }

    /** DELETE FROM [ONLY] table [*] [[AS] alias] [USING …] [WHERE …] [RETURNING …]. */
    private void delete(int from, int to) {
        int end = tokens.find(from + 2, to, Set.of("using", "where", "returning"));
        target(from + 2, end, end, to, "using", Action.DELETE, new Assignments(tokens, operands));
        parentheses(end, to);
    }

    private void target(int from, int to, int rest, int end, String more, Action action, Assignments assignments) {
        FromList target = new FromList(tokens, this::inside);
        target.read(from, to);
        if (target.tables().size() != 1) {
            unread = true;
            return;
        }
        FromList others = new FromList(tokens, this::inside);
        if (tokens.isWord(rest, more)) {
            others.read(rest + 1, tokens.find(rest + 1, end, AFTER_FROM));
        }
        FromList.Table table = target.tables().get(0);
        Map<String, List<Operand>> where =
                where(rest, end).of(table.alias(), others.tables().isEmpty());
        uses.add(new TableUse(
                table.schema(),
                table.name(),
                action,
                where,
                action == Action.DELETE ? Set.of() : assignments.columns(),
                action == Action.DELETE || assignments.areConstant(),
                null));
        scope(others.tables(), rest, end);
    }

    private void merge(int from, int to) {
        int using = tokens.find(from + 2, to, Set.of("using"));
        FromList target = new FromList(tokens, this::inside);
        target.read(from + 2, using);
        target.tables().forEach(table -> uses.add(TableUse.of(table.schema(), table.name(), Action.ANY)));
        FromList source = new FromList(tokens, this::inside);
        source.read(using + 1, tokens.find(using + 1, to, Set.of("on")));
        source.tables().forEach(table -> uses.add(TableUse.of(table.schema(), table.name(), Action.READ)));
        unread |= target.tables().size() != 1;
        parentheses(using, to);
    }

    /** INSERT INTO table [AS alias] [(columns)] [OVERRIDING …] rows [ON CONFLICT …] [RETURNING …]. */
    private void insert(int from, int to) {
        int name = from + 2;
        boolean qualified = tokens.is(name + 1, '.');
        int at = qualified ? name + 3 : name + 1;
        if (!tokens.isWord(from + 1, "into") || !tokens.isName(at - 1)) {
            unread = true;
            return;
        }
        at += tokens.isWord(at, "as") ? 2 : 0;
        List<String> columns = List.of();
        if (tokens.is(at, '(') && !STARTS.contains(tokens.word(at + 1)) && !tokens.is(at + 1, '(')) {
            columns = tokens.names(at + 1, tokens.close(at));
            at = tokens.after(at);
        }
        int returning = tokens.find(at, to, Set.of("returning"));
        int conflict = onConflict(at, returning);
        int rows = tokens.find(at, conflict, Set.of("values", "select", "with", "table", "default"));
        boolean values = tokens.isWord(rows, "values");
        Assignments assignments = new Assignments(tokens, operands);
        int set = tokens.find(conflict, returning, Set.of("set"));
        if (set < returning) {
            assignments.read(set + 1, tokens.find(set + 1, returning, WHERE));
        }
        uses.add(new TableUse(
                qualified ? tokens.text(name) : "",
                tokens.text(qualified ? name + 2 : name),
                Action.INSERT,
                Map.of(),
                set < returning ? assignments.columns() : Set.of(),
                false,
                new Insert(
                        columns,
                        values ? rows(rows + 1, conflict) : List.of(),
                        conflict < returning ? arbiters(conflict, returning) : null)));
        if (values || rows == conflict) {
            parentheses(at, conflict);
        } else if (!tokens.isWord(rows, "default")) {
            statement(rows, conflict);
        }
        parentheses(conflict, to);
    }

    private int onConflict(int from, int to) {
        int on = tokens.find(from, to, Set.of("on"));
        while (on < to && !tokens.isWord(on + 1, "conflict")) {
            on = tokens.find(on + 1, to, Set.of("on"));
        }
        return on;
    }

    private List<String> arbiters(int conflict, int to) {
        return conflict + 2 < to && tokens.is(conflict + 2, '(')
                ? tokens.names(conflict + 3, tokens.close(conflict + 2))
                : List.of();
    }

    private List<List<@Nullable Operand>> rows(int from, int to) {
        List<List<@Nullable Operand>> rows = new ArrayList<>();
        for (int i = from; i < to; i = tokens.after(i)) {
            if (tokens.is(i, '(')) {
                rows.add(row(i + 1, tokens.close(i)));
            } else if (!tokens.is(i, ',')) {
                return List.of();
            }
        }
        return rows;
    }

    private List<@Nullable Operand> row(int from, int to) {
        List<@Nullable Operand> values = new ArrayList<>();
        int start = from;
        for (int i = from; i < to; i = tokens.after(i)) {
            if (tokens.is(i, ',')) {
                values.add(operands.read(start, i));
                start = i + 1;
            }
        }
        values.add(operands.read(start, to));
        return values;
    }
}
