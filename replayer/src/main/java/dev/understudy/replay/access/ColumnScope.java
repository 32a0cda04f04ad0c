package dev.understudy.replay.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables among which a column's name is looked up, from a query's own outwards (PostgreSQL, parse_relation.c). */
final class ColumnScope {
    private final ColumnNames names;
    private final @Nullable ColumnScope outer;
    private final List<FromList.Table> tables = new ArrayList<>();
    /** Whether something stands in FROM whose columns are not known. */
    private boolean open;

    /** What SET assigns to, and where SET's clause stands. */
    private FromList.@Nullable Table target;

    private int setFrom;
    private int setTo;

    /**
     * A column as a statement names it.
     *
     * @param qualifier the table's name or alias, empty where none is written
     */
    record Name(String schema, String qualifier, String column, int at) {}

    /** A column of a table as the FROM list names it. */
    record Found(FromList.Table table, String column) {}

    ColumnScope(ColumnNames names, @Nullable ColumnScope outer) {
        this.names = names;
        this.outer = outer;
    }

    void add(FromList.Table table) {
        tables.add(table);
        open |= names.of(table.schema(), table.name()).isEmpty();
    }

    void open() {
        open = true;
    }

    void assigns(FromList.Table to, int from, int end) {
        target = to;
        setFrom = from;
        setTo = end;
    }

    /** The table's column that a name means; null if that is not certain. */
    @Nullable Found find(Name name) {
        boolean assigned = target != null && name.at() >= setFrom && name.at() < setTo;
        if (assigned && target != null && name.qualifier().isEmpty()) {
            return has(target, name.column()) ? new Found(target, name.column()) : null;
        }
        return name.qualifier().isEmpty() ? unqualified(name.column()) : qualified(name);
    }

    private boolean has(FromList.Table table, String column) {
        return names.of(table.schema(), table.name()).contains(column);
    }

    private @Nullable Found qualified(Name name) {
        for (FromList.Table table : tables) {
            boolean meant = name.schema().isEmpty()
                    ? table.alias().equals(name.qualifier())
                    : table.schema().equals(name.schema()) && table.name().equals(name.qualifier());
            if (meant) {
                return has(table, name.column()) ? new Found(table, name.column()) : null;
            }
        }
        return outer == null || open ? null : outer.qualified(name);
    }

    private @Nullable Found unqualified(String column) {
        Found found = null;
        for (FromList.Table table : tables) {
            if (has(table, column)) {
                if (found != null) {
                    return null; // joined by USING: which of the two is shown does not matter to the server
                }
                found = new Found(table, column);
            }
        }
        return found != null || open || outer == null ? found : outer.unqualified(column);
    }
}
