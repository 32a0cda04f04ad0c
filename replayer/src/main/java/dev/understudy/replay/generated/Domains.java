package dev.understudy.replay.generated;

import dev.understudy.replay.access.ColumnNames;
import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns and sequences of the captured database have generated values. Immutable once made, but for what it
 * remembers of names.
 */
public final class Domains implements ColumnNames {
    private final Map<String, Column> columns;
    private final Map<Long, Column> byOid = new HashMap<>();
    private final Map<String, Domain> sequences;
    private final Map<String, List<String>> tables = new HashMap<>();
    private final Map<String, List<String>> schemas = new HashMap<>();
    private final Set<String> touching = new HashSet<>();
    private final Set<String> triggered = new HashSet<>();

    private Domains(Catalog catalog, Map<String, Column> columns, Map<String, Domain> sequences) {
        this.columns = columns;
        this.sequences = sequences;
        for (Catalog.Relation relation : catalog.relations()) {
            List<String> names = new ArrayList<>();
            for (Catalog.Attribute attribute : relation.attributes()) {
                names.add(attribute.name());
                Column column = columns.get(relation.qualifiedName() + "." + attribute.name());
                if (column != null) {
                    byOid.put(key(relation.oid(), attribute.number()), column);
                    touching.add(relation.name());
                }
            }
            if (!names.isEmpty() && relation.kind() != 'S') {
                tables.put(relation.qualifiedName(), names);
                schemas.computeIfAbsent(relation.name(), name -> new ArrayList<>())
                        .add(relation.schema());
            }
        }
        for (Catalog.Trigger trigger : catalog.triggers()) {
            triggered.add(trigger.schema() + "." + trigger.relation());
        }
    }

    /** Those of a captured database. */
    public static Domains of(Catalog captured) {
        DomainFinder finder = new DomainFinder(captured);
        return new Domains(captured, finder.columns(), finder.sequences());
    }

    private static long key(int relation, int attribute) {
        return (long) relation << 32 | attribute & 0xffffL;
    }

    /** Whether nothing in this database is generated. */
    public boolean isEmpty() {
        return columns.isEmpty() && sequences.isEmpty();
    }

    /** The column that an answer's RowDescription names; null if it has no generated values. */
    @Nullable Column column(int relationOid, int attribute) {
        return byOid.get(key(relationOid, attribute));
    }

    /** The column that a statement names; null if it has no generated values, or which one is meant is not certain. */
    @Nullable Column column(String schema, String table, String column) {
        Column found = null;
        for (String each : schemas(schema, table)) {
            Column candidate = columns.get(each + "." + table + "." + column);
            boolean same = found == null || candidate != null && candidate.domain() == found.domain();
            if (candidate == null || !same) {
                return null;
            }
            found = candidate;
        }
        return found;
    }

    /** Columns of a table that have generated values. */
    List<Column> columnsOf(String schema, String table) {
        List<Column> found = new ArrayList<>();
        for (String name : of(schema, table)) {
            Column column = column(schema, table, name);
            if (column != null) {
                found.add(column);
            }
        }
        return found;
    }

    /** Whether something fires by itself when a table of that name is written. */
    boolean isTriggered(String schema, String table) {
        for (String each : schemas(schema, table)) {
            if (triggered.contains(each + "." + table)) {
                return true;
            }
        }
        return false;
    }

    /** The sequence that {@code nextval('…')} names; null if it is not known. */
    @Nullable Domain sequence(String argument) {
        return sequences.get(SequenceNames.fold(argument));
    }

    /** Whether a table of this name, whatever its schema, has a column with generated values. */
    boolean mayTouch(String name) {
        return touching.contains(name);
    }

    private List<String> schemas(String schema, String table) {
        return schema.isEmpty() ? schemas.getOrDefault(table, List.of()) : List.of(schema);
    }

    @Override
    public List<String> of(String schema, String table) {
        List<String> found = null;
        for (String each : schemas(schema, table)) {
            List<String> names = tables.getOrDefault(each + "." + table, List.of());
            if (found != null && !found.equals(names)) {
                return List.of();
            }
            found = names;
        }
        return found == null ? List.of() : found;
    }
}
