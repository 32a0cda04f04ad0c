package dev.understudy.replay.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.understudy.pgwire.exchange.Parameter;
import dev.understudy.pgwire.value.Value;
import dev.understudy.replay.access.StatementUses.Reach;
import dev.understudy.replay.access.TableUse.Insert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what statements touch. Texts that were read are remembered; belongs to one thread. */
public final class AccessResolver {
    /** Rows of one INSERT that are told apart. */
    static final int MAX_ROWS = 1_000;

    private static final long MAX_CACHED_CHARACTERS = 4_000_000;
    private static final int ENTRY_WEIGHT = 300;

    private final Relations relations;
    private final Cache<String, StatementUses> texts = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .<String, StatementUses>weigher((sql, uses) -> ENTRY_WEIGHT + 2 * sql.length())
            .executor(Runnable::run)
            .build();

    /** A resolver of statements as they were written for these relations. */
    public AccessResolver(Relations relations) {
        this.relations = relations;
    }

    /** What one statement touches when it is run with these parameters. */
    public Accesses of(String sql, List<Parameter> parameters) {
        StatementUses uses = texts.get(sql, UsesReader::read);
        if (uses.equals(StatementUses.NOTHING)) {
            return Accesses.NONE;
        }
        AccessBuilder builder = new AccessBuilder(relations);
        for (TableUse use : uses.tables()) {
            for (TableFacts table : relations.named(use.schema(), use.table())) {
                add(builder, table, use, parameters);
            }
        }
        builder.reached(relations.reachedByFunctions(uses.functions()));
        builder.named(uses.words());
        builder.reach(uses.reach() != Reach.NAMED, uses.reach() == Reach.WRITES_ANYTHING);
        return builder.build(uses.tables().size() == 1);
    }

    private void add(AccessBuilder builder, TableFacts table, TableUse use, List<Parameter> parameters) {
        if (table.isView()) {
            builder.view(table, use.action());
            return;
        }
        Region region = new Region(table.name, where(table, use.where(), parameters));
        Insert insert = use.insert();
        switch (use.action()) {
            case READ -> builder.read(table, region);
            case INSERT -> insert(builder, table, use, insert, parameters);
            case UPDATE, DELETE -> {
                builder.read(table, region);
                builder.write(
                        table, new Write(region, use.action(), changed(table, use.assigned()), use.constants(), false));
            }
            case TRUNCATE -> builder.write(table, new Write(region, Action.TRUNCATE, Set.of(), true, false));
            case ANY -> {
                builder.read(table, region);
                builder.write(table, Write.anywhere(table.name));
            }
        }
    }

    private static @Nullable Set<String> changed(TableFacts table, @Nullable Set<String> assigned) {
        Set<String> rewritten = table.rewritten;
        if (assigned == null || rewritten == null) {
            return null;
        }
        Set<String> changed = new HashSet<>(assigned);
        changed.addAll(rewritten);
        return changed;
    }

    /** Rows that satisfy all that is certain; a comparison with NULL leaves none, told by no value at all. */
    private static Map<String, Set<Value>> where(
            TableFacts table, Map<String, List<Operand>> where, List<Parameter> parameters) {
        Map<String, Set<Value>> certain = new HashMap<>();
        where.forEach((column, operands) -> {
            Set<Value> values = values(table.columns.get(column), operands, parameters);
            if (values != null) {
                values.remove(Value.Null.NULL);
                certain.put(column, values);
            }
        });
        return certain;
    }

    private static @Nullable Set<Value> values(
            @Nullable Family family, List<Operand> operands, List<Parameter> parameters) {
        if (family == null) {
            return null;
        }
        Set<Value> values = new HashSet<>();
        for (Operand operand : operands) {
            Set<Value> these = family.values(operand, parameters);
            if (these == null) {
                return null;
            }
            values.addAll(these);
        }
        return values;
    }

    private void insert(
            AccessBuilder builder,
            TableFacts table,
            TableUse use,
            @Nullable Insert insert,
            List<Parameter> parameters) {
        List<String> columns =
                insert == null || !insert.columns().isEmpty() || insert.rows().isEmpty()
                        ? insert == null ? List.of() : insert.columns()
                        : relations.order(use.schema(), use.table());
        List<Map<String, Set<Value>>> rows = rows(table, insert, columns, parameters);
        boolean generated = insert == null || !columns.containsAll(table.generated.keySet());
        List<String> conflict = insert == null ? null : insert.conflict();
        for (Map<String, Set<Value>> row : rows) {
            Region region = new Region(table.name, row);
            if (conflict == null) {
                builder.write(table, new Write(region, Action.INSERT, Set.of(), true, generated));
            } else {
                Map<String, Set<Value>> arbiters = new HashMap<>(row);
                arbiters.keySet().retainAll(conflict);
                // who arbitrates is not said, or decides by more than the values that are known: any row may
                Region existing = new Region(table.name, arbiters);
                builder.read(table, existing);
                builder.write(
                        table, new Write(existing, Action.UPDATE, changed(table, use.assigned()), false, generated));
            }
            builder.parents(table, row, columns);
        }
        builder.rowByRow(conflict == null && (insert == null || !insert.rows().isEmpty()));
    }

    /** The values of each row that an INSERT adds; one row of which nothing is known where they are not certain. */
    private static List<Map<String, Set<Value>>> rows(
            TableFacts table, @Nullable Insert insert, List<String> columns, List<Parameter> parameters) {
        Set<String> rewritten = table.rewritten;
        if (insert == null
                || rewritten == null
                || insert.rows().isEmpty()
                || insert.rows().size() > MAX_ROWS) {
            return List.of(Map.of());
        }
        List<Map<String, Set<Value>>> rows = new ArrayList<>();
        for (List<@Nullable Operand> operands : insert.rows()) {
            Map<String, Set<Value>> row = new HashMap<>();
            for (int i = 0; i < Math.min(columns.size(), operands.size()); i++) {
                Operand operand = operands.get(i);
                Set<Value> values = operand == null || rewritten.contains(columns.get(i))
                        ? null
                        : values(table.columns.get(columns.get(i)), List.of(operand), parameters);
                if (values != null && values.size() == 1 && values.stream().allMatch(AccessResolver::isKept)) {
                    row.put(columns.get(i), values);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    /** Long texts are no keys; text that ends in blanks may be cut to its column's length. */
    private static boolean isKept(Value value) {
        return !(value instanceof Value.Text text)
                || text.value().length() <= 100 && !text.value().endsWith(" ");
    }
}
