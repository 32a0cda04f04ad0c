package dev.understudy.diff.parity;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.TableState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** What the migration changed, as far as tables, columns, types and whole-table hashes tell it. */
public final class Footprint {
    private static final String TABLES = "rpvmf";

    private Footprint() {}

    /** Candidate against control before the run; {@code exercised} tells how many compared exchanges touched a table. */
    public static List<FootprintItem> of(ArmState control, ArmState candidate, ToLongFunction<String> exercised) {
        List<FootprintItem> items = new ArrayList<>();
        Map<String, Catalog.Relation> before = relations(control.catalog());
        Map<String, Catalog.Relation> after = relations(candidate.catalog());
        Map<String, TableState> states = ParityCheck.byName(candidate);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            Catalog.Relation old = before.get(name);
            Catalog.Relation migrated = after.get(name);
            long uses = exercised.applyAsLong(name);
            if (old == null || migrated == null) {
                String type = migrated == null ? "SCHEMA_OBJECT_MISSING" : "SCHEMA_OBJECT_EXTRA";
                items.add(new FootprintItem(name, type, false, false, uses));
            } else {
                columns(old, migrated, uses, items);
            }
        }
        for (TableState table : control.tables()) {
            TableState other = states.get(table.table());
            if (other != null) {
                state(table, other, exercised.applyAsLong(table.table()), items);
            }
        }
        return items;
    }

    private static Map<String, Catalog.Relation> relations(Catalog catalog) {
        Map<String, Catalog.Relation> relations = new HashMap<>();
        catalog.relations().stream()
                .filter(relation -> TABLES.indexOf(relation.kind()) >= 0)
                .forEach(relation -> relations.put(relation.qualifiedName(), relation));
        return relations;
    }

    private static void columns(Catalog.Relation old, Catalog.Relation migrated, long uses, List<FootprintItem> items) {
        Map<String, Catalog.Attribute> after = new HashMap<>();
        migrated.attributes().forEach(attribute -> after.put(attribute.name(), attribute));
        for (Catalog.Attribute attribute : old.attributes()) {
            Catalog.Attribute other = after.remove(attribute.name());
            String column = old.qualifiedName() + "." + attribute.name();
            if (other == null) {
                items.add(new FootprintItem(column, "SCHEMA_COLUMN", false, false, uses));
            } else if (!other.typeName().equals(attribute.typeName())) {
                items.add(new FootprintItem(column, "SCHEMA_TYPE", false, false, uses));
            } else if (other.notNull() != attribute.notNull()) {
                items.add(new FootprintItem(column, "SCHEMA_NULLABILITY", false, false, uses));
            }
        }
        new TreeSet<>(after.keySet())
                .forEach(name -> items.add(
                        new FootprintItem(old.qualifiedName() + "." + name, "SCHEMA_COLUMN", false, false, uses)));
    }

    private static void state(TableState table, TableState other, long uses, List<FootprintItem> items) {
        boolean hashed = !table.hash().isEmpty() && !other.hash().isEmpty();
        DifferenceClass type = null;
        if (table.rows() != other.rows()) {
            type = table.rows() > other.rows() ? DifferenceClass.STATE_ROW_MISSING : DifferenceClass.STATE_ROW_EXTRA;
        } else if (hashed && !table.hash().equals(other.hash())) {
            type = DifferenceClass.STATE_CELL;
        }
        if (type != null) {
            items.add(new FootprintItem(table.table(), type.name(), false, true, uses));
        }
    }
}
