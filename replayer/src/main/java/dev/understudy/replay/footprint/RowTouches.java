package dev.understudy.replay.footprint;

import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.value.Value;
import dev.understudy.replay.access.Accesses;
import dev.understudy.replay.access.Action;
import dev.understudy.replay.access.AnswerColumns;
import dev.understudy.replay.access.Effect;
import dev.understudy.replay.access.Region;
import dev.understudy.replay.access.Relations;
import dev.understudy.replay.access.TableKeys;
import dev.understudy.replay.access.Write;
import dev.understudy.replay.schedule.Touch;
import dev.understudy.replay.schedule.Touch.Use;
import dev.understudy.replay.schedule.Turn;
import dev.understudy.replay.schedule.Version;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a statement's {@link Accesses} mean for others. Beside the rows of tables, these have names of their own:
 *
 * <ul>
 *   <li>{@code table!columns}: which rows a foreign key can refer to. Those who refer to a row only look whether it is
 *       there, and are in nobody's way who changes something else of it;
 *   <li>{@code table#columns}: the values in a further unique index, where rows that are added wait for each other;
 *   <li>a blank and a word: what a server keeps beside tables.
 * </ul>
 */
final class RowTouches {
    static final String SEQUENCES = " sequences";
    static final String ADVISORY_LOCKS = " advisory locks";
    static final String NOTIFICATIONS = " notifications";
    static final String LARGE_OBJECTS = " large objects";

    private final Relations relations;
    private final AnswerColumns recorded;
    private final ShownRows shown = new ShownRows();

    /** For statements of which production's answers are known; {@code recorded} reads those. */
    RowTouches(Relations relations, AnswerColumns recorded) {
        this.relations = relations;
        this.recorded = recorded;
    }

    /**
     * Adds what one statement touches.
     *
     * @param facts what its text says
     */
    void add(TouchList touches, Accesses accesses, Step step, StatementFacts.Facts facts) {
        if (accesses.readsAnything() || accesses.writesAnything()) {
            touches.anything();
            return;
        }
        Use reading = facts.reading() == Use.WRITE && found(step, "SELECT 0") ? Use.MISS : facts.reading();
        Turn turn = Revealed.claim(facts, step);
        for (Region read : accesses.reads()) {
            List<@Nullable Object> keys = keys(read);
            boolean one = keys.size() == 1
                    && accesses.reads().size() == 1
                    && accesses.writes().isEmpty()
                    && step.dataRows().size() == 1;
            for (@Nullable Object key : keys) {
                Version version = one && key != null ? shown.shown(read.table(), step, 0) : null;
                touches.add(new Touch(read.table(), key, reading, key == null ? turn : null, version));
            }
        }
        for (Region check : accesses.checks()) {
            check(touches, check);
        }
        for (Write write : accesses.writes()) {
            if (found(step, "UPDATE 0") || found(step, "DELETE 0")) {
                touches.addAll(write.region().table(), keys(write.region()), Use.MISS);
                continue;
            }
            List<Write> told = recorded.told(write, step);
            draw(touches, told.get(0));
            for (int row = 0; row < told.size(); row++) {
                write(touches, told.get(row), step, row);
            }
        }
        for (Effect effect : accesses.effects()) {
            effect(touches, effect, step, facts);
        }
    }

    /** Whether the answer's tag is this one: nothing was found. */
    private static boolean found(Step step, String tag) {
        return tag.equals(step.tag());
    }

    /** A row that is added takes values from sequences. */
    private void draw(TouchList touches, Write write) {
        if (write.generated()) {
            relations.keys(write.region().table()).generated().forEach((column, sequence) -> {
                Set<Value> values = write.region().where().getOrDefault(column, Set.of());
                touches.add(new Touch(SEQUENCES, sequence, Use.DRAW, Revealed.drawn(sequence, values)));
            });
        }
    }

    private List<@Nullable Object> keys(Region region) {
        return RowKeys.of(region, relations.keys(region.table()).row());
    }

    private static void effect(TouchList touches, Effect effect, Step step, StatementFacts.Facts facts) {
        switch (effect) {
            case SEQUENCE -> touches.add(new Touch(SEQUENCES, facts.sequence(), Use.DRAW, Revealed.draw(facts, step)));
            case SESSION_LOCK -> touches.add(ADVISORY_LOCKS, null, Use.HOLD);
            case SESSION_UNLOCK -> touches.add(ADVISORY_LOCKS, null, Use.RELEASE);
            case TRANSACTION_LOCK -> touches.add(ADVISORY_LOCKS, null, Use.WRITE);
            case NOTIFICATION -> touches.add(NOTIFICATIONS, null, Use.WRITE);
            case LARGE_OBJECT -> touches.add(LARGE_OBJECTS, null, Use.WRITE);
            case ANYTHING -> touches.anything();
        }
    }

    /** A row that a foreign key refers to has to be there, or rows that refer to one must not. */
    private void check(TouchList touches, Region region) {
        Set<List<String>> referenced = relations.keys(region.table()).referenced();
        boolean told = false;
        for (List<String> columns : referenced) {
            boolean these = region.where().keySet().equals(Set.copyOf(columns));
            told |= these;
            if (these || region.where().isEmpty()) {
                touches.addAll(parents(region.table(), columns), notNull(region, columns), Use.SHARE);
            }
        }
        if (!told) {
            touches.addAll(region.table(), keys(region), Use.READ);
        }
    }

    private static List<@Nullable Object> notNull(Region region, List<String> columns) {
        return RowKeys.withoutNull(RowKeys.of(region, columns));
    }

    private static String parents(String table, List<String> columns) {
        return table + '!' + columns;
    }

    private void write(TouchList touches, Write write, Step step, int row) {
        String table = write.region().table();
        TableKeys keys = relations.keys(table);
        if (write.action() == Action.INSERT) {
            insert(touches, write, keys);
        } else {
            List<@Nullable Object> rows = RowKeys.of(write.reach(), keys.row());
            boolean one = rows.size() == 1 && rows.get(0) != null;
            if (one) {
                shown.written(table);
            }
            Version version =
                    one && write.action() == Action.UPDATE && step.dataRows().size() > row
                            ? shown.shown(table, step, row)
                            : null;
            for (@Nullable Object key : rows) {
                touches.add(new Touch(table, key, use(write.action()), null, version));
            }
        }
        for (List<String> columns : keys.unique()) {
            if (mayChange(write, columns) && !isNew(write, columns, keys)) {
                touches.addAll(table + '#' + columns, told(write, columns), Use.WRITE);
            }
        }
        for (List<String> columns : keys.referenced()) {
            if (mayChange(write, columns)) {
                touches.addAll(parents(table, columns), told(write, columns), Use.WRITE);
            }
        }
    }

    private static Use use(Action action) {
        return switch (action) {
            case TRUNCATE -> Use.EXCLUDE;
            case DELETE -> Use.REMOVE;
            default -> Use.WRITE;
        };
    }

    private void insert(TouchList touches, Write write, TableKeys keys) {
        String table = write.region().table();
        boolean added = !keys.anyUnique() || isNew(write, keys.row(), keys);
        touches.addAll(
                table, added ? RowKeys.ANY : RowKeys.of(write.region(), keys.row()), added ? Use.ADD : Use.WRITE);
    }

    /** Whether a row that is added gets a value in these columns that no other has: nobody gave it one. */
    private static boolean isNew(Write write, List<String> columns, TableKeys keys) {
        if (write.action() != Action.INSERT || columns.isEmpty()) {
            return false;
        }
        for (String column : columns) {
            if (!write.region().where().containsKey(column) && keys.defaulted().contains(column)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayChange(Write write, List<String> columns) {
        Set<String> changed = write.changed();
        return write.action() != Action.UPDATE
                || changed == null
                || columns.isEmpty()
                || !Collections.disjoint(changed, columns);
    }

    /** The values that rows lose or get: an UPDATE says only which they lose. */
    private static List<@Nullable Object> told(Write write, List<String> columns) {
        return write.action() == Action.INSERT || write.action() == Action.DELETE
                ? notNull(write.region(), columns)
                : RowKeys.ANY;
    }
}
