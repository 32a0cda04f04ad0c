package dev.understudy.diff.parity;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.StateComparison;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The old schema's relations, with what is known of their contents and of what stands behind other objects. */
final class FootprintTables {
    /** Kinds of relations whose rows an application may change. */
    private static final String HOLDS_ROWS = "rpf";

    private final Catalog catalog;
    private final Map<String, Catalog.Relation> relations = new HashMap<>();
    private final Map<String, Long> rows = new HashMap<>();
    private final Map<String, TableComparison> before = new HashMap<>();
    private final Map<String, TableComparison> after = new HashMap<>();
    private final Set<String> onCandidate = new HashSet<>();

    FootprintTables(
            ArmState control, ArmState candidate, @Nullable StateComparison before, @Nullable StateComparison after) {
        this.catalog = control.catalog();
        catalog.relations().forEach(relation -> relations.put(relation.qualifiedName(), relation));
        candidate.catalog().relations().forEach(relation -> onCandidate.add(relation.qualifiedName()));
        for (TableState table : control.tables()) {
            if (table.note().isEmpty()) {
                rows.put(table.table(), table.rows());
            }
        }
        index(before, this.before);
        index(after, this.after);
        this.before.values().stream()
                .filter(table -> table.baselineRows() >= 0)
                .forEach(table -> rows.put(table.baseline(), table.baselineRows()));
    }

    private static void index(@Nullable StateComparison state, Map<String, TableComparison> tables) {
        if (state != null) {
            state.tables().stream()
                    .filter(table -> !table.baseline().isEmpty())
                    .forEach(table -> tables.put(table.baseline(), table));
        }
    }

    /** Whether whole tables were compared at all before the replay. */
    boolean isKnown() {
        return !before.isEmpty();
    }

    /** Whether a table may have held rows: known to be empty is the only no. */
    boolean heldRows(String table) {
        Catalog.Relation relation = relations.get(table);
        if (relation == null || "rmpf".indexOf(relation.kind()) < 0) {
            return false;
        }
        if (relation.kind() == 'p' && !rows.containsKey(table)) {
            return partitions(table).stream().anyMatch(this::heldRows);
        }
        Long known = rows.get(table);
        return known == null || known > 0;
    }

    /** The table itself, and what it is a part of. */
    List<String> lineage(String table) {
        Set<String> names = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(table));
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            Catalog.Relation relation = relations.get(name);
            if (names.add(name) && relation != null) {
                open.addAll(relation.parents());
            }
        }
        return List.copyOf(names);
    }

    private List<String> partitions(String table) {
        return relations.values().stream()
                .filter(relation -> relation.parents().contains(table))
                .map(Catalog.Relation::qualifiedName)
                .sorted()
                .toList();
    }

    /** The relation that an object is or belongs to, by its name: schema.relation or schema.relation.part. */
    String ofPart(String object) {
        String found = object;
        while (!relations.containsKey(found) && found.indexOf('.') >= 0) {
            found = found.substring(0, found.lastIndexOf('.'));
        }
        return relations.containsKey(found) ? found : "";
    }

    /** The table of an index; empty if it is not known. */
    static String ofIndex(String index, Catalog... catalogs) {
        for (Catalog catalog : catalogs) {
            for (Catalog.Index each : catalog.indexes()) {
                if (index.equals(each.schema() + "." + each.name())) {
                    return each.schema() + "." + each.relation();
                }
            }
        }
        return "";
    }

    /** The columns that a sequence gives values to: schema.table.column. */
    List<String> ofSequence(String sequence) {
        Set<String> columns = new TreeSet<>();
        catalog.sequences().stream()
                .filter(each -> each.qualifiedName().equals(sequence))
                .map(Catalog.Sequence::ownedBy)
                .filter(owner -> owner != null)
                .forEach(columns::add);
        String name = sequence.substring(sequence.lastIndexOf('.') + 1);
        for (Catalog.Relation relation : catalog.relations()) {
            for (Catalog.Attribute attribute : relation.attributes()) {
                String value = attribute.defaultValue();
                if (value != null && (value.contains("'" + sequence + "'") || value.contains("'" + name + "'"))) {
                    columns.add(relation.qualifiedName() + "." + attribute.name());
                }
            }
        }
        return List.copyOf(columns);
    }

    /** The columns of a type: schema.table.column. */
    List<String> ofType(String type) {
        Set<Integer> oids = new HashSet<>();
        for (Catalog.Type each : catalog.types()) {
            if (each.qualifiedName().equals(type)) {
                oids.add(each.oid());
            }
        }
        catalog.types().stream().filter(each -> oids.contains(each.element())).forEach(each -> oids.add(each.oid()));
        return catalog.relations().stream()
                .filter(relation -> HOLDS_ROWS.indexOf(relation.kind()) >= 0)
                .flatMap(relation -> relation.attributes().stream()
                        .filter(attribute -> oids.contains(attribute.typeOid()))
                        .map(attribute -> relation.qualifiedName() + "." + attribute.name()))
                .sorted()
                .toList();
    }

    /** The relations of a schema. */
    List<String> ofSchema(String schema) {
        return relations.values().stream()
                .filter(relation -> relation.schema().equals(schema))
                .map(Catalog.Relation::qualifiedName)
                .sorted()
                .toList();
    }

    /** Whether the name is a schema's. */
    boolean isSchema(String name) {
        return catalog.schemas().stream().anyMatch(schema -> schema.name().equals(name));
    }

    /** Why a table was not compared as a whole, before and after the replay; empty if it was, or has no rows of its own. */
    String notCompared(String table) {
        Catalog.Relation relation = relations.get(table);
        if (relation == null || HOLDS_ROWS.indexOf(relation.kind()) < 0 || !onCandidate.contains(table)) {
            return "";
        }
        String why = why(table, before, "before the replay");
        return why.isEmpty() ? why(table, after, "after the replay") : why;
    }

    private String why(String table, Map<String, TableComparison> moment, String when) {
        if (moment.isEmpty()) {
            return "not compared " + when;
        }
        for (String name : lineage(table)) {
            TableComparison found = moment.get(name);
            if (found != null) {
                return found.isWhole() ? "" : reason(found) + " " + when;
            }
        }
        List<String> parts = partitions(table);
        if (parts.isEmpty()) {
            return "not compared " + when;
        }
        return parts.stream()
                .map(part -> why(part, moment, when))
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static boolean isWholeButColumns(TableComparison table) {
        return table.method() != TableComparison.Method.NOT_COMPARED
                && table.note().isEmpty();
    }

    private static String reason(TableComparison table) {
        return !table.note().isEmpty()
                ? table.note()
                : table.leftOut().isEmpty() ? "not compared" : "without " + String.join(", ", table.leftOut());
    }

    /** Whether a column's cells were compared in every row, before and as far as there is one after the replay. */
    boolean isColumnCompared(String table, String column) {
        return isColumnCompared(before.get(table), column)
                && (after.isEmpty() || isColumnCompared(after.get(table), column));
    }

    private static boolean isColumnCompared(@Nullable TableComparison table, String column) {
        return table != null
                && isWholeButColumns(table)
                && table.leftOut().stream().noneMatch(out -> out.startsWith(column + ":"));
    }

    /** Every table that both arms have. */
    List<String> common() {
        return relations.values().stream()
                .filter(relation -> HOLDS_ROWS.indexOf(relation.kind()) >= 0)
                .map(Catalog.Relation::qualifiedName)
                .filter(onCandidate::contains)
                .sorted()
                .toList();
    }
}
