package dev.understudy.replay.access;

import dev.understudy.pgwire.value.Value;
import dev.understudy.replay.access.TableFacts.ForeignKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a statement touches, and what the database does by itself when it does so. */
final class AccessBuilder {
    /** Cascades are followed that far; then whole tables count. */
    private static final int MAX_CASCADES = 64;

    private final Relations relations;
    private final List<Region> reads = new ArrayList<>();
    private final List<Region> checks = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    private boolean readsAnything;
    private boolean writesAnything;
    private boolean rowByRow = true;

    AccessBuilder(Relations relations) {
        this.relations = relations;
    }

    Accesses build(boolean oneTable) {
        return new Accesses(reads, checks, writes, rowByRow && oneTable, readsAnything, writesAnything, effects);
    }

    void reach(boolean anythingRead, boolean anythingWritten) {
        readsAnything |= anythingRead;
        writesAnything |= anythingWritten;
    }

    void rowByRow(boolean is) {
        rowByRow &= is;
    }

    void reached(Relations.Reached reached) {
        reach(reached.anything(), reached.anything() && reached.writes());
        effects.addAll(reached.effects());
        rowByRow &= reached.tables().isEmpty() && !reached.anything();
        for (String table : reached.tables()) {
            reads.add(Region.whole(table));
            if (reached.writes()) {
                writes.add(Write.anywhere(table));
            }
        }
    }

    void read(TableFacts table, Region region) {
        reads.add(region);
        table.readTexts.forEach(text -> reached(relations.reachedBy(text)));
    }

    /** A view stands for the tables that its query names. */
    void view(TableFacts view, Action action) {
        String query = view.viewQuery;
        Relations.Reached reached = relations.reachedBy(query == null ? "" : query);
        reached(reached.writing(action.writes()));
        if (action.writes()) {
            runs(view, Action.ANY);
            for (String table : reached.tables()) {
                write(relations.table(table), Write.anywhere(table));
            }
        }
    }

    void write(TableFacts table, Write write) {
        writes.add(write);
        runs(table, write.action());
        cascade(table, write, new HashSet<>());
    }

    /** Code that the database runs with such a write. */
    private void runs(TableFacts table, Action action) {
        reached(relations.reachedByFunctions(table.functionsOf(action)));
        table.ruleTexts.forEach(text -> reached(relations.reachedBy(text)));
    }

    /** Tables and functions of which a text only gives the names. */
    void named(Set<String> words) {
        if (!words.isEmpty()) {
            Relations.Reached reached = relations.reachedBy(words);
            reached(reached.writing(true));
        }
    }

    /** Rows of other tables that go with those that are removed, or keep them from being removed. */
    private void cascade(TableFacts table, Write write, Set<ForeignKey> followed) {
        Set<String> changed = write.changed();
        for (ForeignKey key : table.children) {
            boolean removes = write.action() == Action.DELETE || write.action() == Action.ANY;
            boolean changes = changed == null || !Collections.disjoint(changed, key.referenced());
            if (!removes && !changes || !followed.add(key) || followed.size() > MAX_CASCADES) {
                continue;
            }
            TableFacts child = relations.table(key.child());
            Region region = new Region(child.name, across(write.region(), key.referenced(), key.columns()));
            String rule = removes ? key.onDelete() : key.onUpdate();
            if (rule.startsWith("CASCADE") || rule.startsWith("SET ")) {
                Action action = removes && rule.startsWith("CASCADE") ? Action.DELETE : Action.UPDATE;
                Write dependent = new Write(
                        region,
                        action,
                        action == Action.DELETE ? Set.of() : new HashSet<>(key.columns()),
                        false,
                        false);
                writes.add(dependent);
                runs(child, action);
                cascade(child, dependent, followed);
            } else {
                checks.add(region);
            }
        }
        for (ForeignKey key : table.parents) {
            boolean changes = changed == null || !Collections.disjoint(changed, key.columns());
            if (changes && write.action() != Action.INSERT) {
                checks.add(Region.whole(key.parent()));
            }
        }
    }

    /** Rows that the foreign keys of a new row need. */
    void parents(TableFacts table, Map<String, Set<Value>> row, List<String> columns) {
        for (ForeignKey key : table.parents) {
            boolean given = columns.isEmpty()
                    || !Collections.disjoint(columns, key.columns())
                    || !Collections.disjoint(table.defaulted, key.columns());
            if (given) {
                checks.add(
                        new Region(key.parent(), across(new Region(table.name, row), key.columns(), key.referenced())));
            }
        }
    }

    /** What is known of columns on one side of a foreign key, told of those on the other. */
    private static Map<String, Set<Value>> across(Region known, List<String> from, List<String> to) {
        Map<String, Set<Value>> told = new HashMap<>();
        for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
            @Nullable Set<Value> values = known.where().get(from.get(i));
            if (values != null) {
                told.put(to.get(i), values);
            }
        }
        return told;
    }
}
