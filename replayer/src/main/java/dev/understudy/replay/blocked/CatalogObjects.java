package dev.understudy.replay.blocked;

import dev.understudy.replay.access.Action;
import dev.understudy.trace.catalog.Catalog;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the functions and relations of catalogs that reach beyond their database: by what they are, and by what they
 * run, however many steps away. Triggers, rules, defaults, checks, policies, views, cascading foreign keys and
 * partitions are followed; aggregates' and operators' functions, casts and event triggers are not.
 */
final class CatalogObjects {
    /** How many steps away is looked for; beyond that nothing new is expected of code that people wrote. */
    private static final int MAX_ROUNDS = 20;

    private final LeavingObjects objects = new LeavingObjects();
    private boolean changed;

    private CatalogObjects() {}

    static LeavingObjects of(List<Catalog> catalogs) {
        CatalogObjects search = new CatalogObjects();
        int round = 0;
        do {
            search.changed = false;
            catalogs.forEach(search::round);
        } while (search.changed && ++round < MAX_ROUNDS);
        return search.objects;
    }

    private void round(Catalog catalog) {
        catalog.functions().forEach(this::function);
        catalog.relations().forEach(this::relation);
        for (Catalog.Trigger trigger : catalog.triggers()) {
            if (trigger.kind() != 'e' && trigger.enabled() != 'D') {
                fires(trigger);
            }
        }
        for (Catalog.Policy policy : catalog.policies()) {
            Set<BlockedRule> rules = code(policy.using());
            rules.addAll(code(policy.check()));
            changed |= objects.read(policy.schema(), policy.relation(), rules);
        }
        for (Catalog.Constraint constraint : catalog.constraints()) {
            constraint(constraint);
        }
    }

    /** A trigger's or a rule's events stand before the name of what it is on. */
    private void fires(Catalog.Trigger trigger) {
        Set<BlockedRule> rules = code(trigger.definition());
        for (Action action : LeavingObjects.WRITES) {
            if (trigger.definition().contains(" " + action.name())) {
                written(action, trigger.schema(), trigger.relation(), rules);
            }
        }
    }

    private void function(Catalog.Function function) {
        Set<BlockedRule> rules = code(function.definition());
        if (Languages.isUntrusted(function.language())) {
            rules.add(BlockedRule.UNTRUSTED_LANGUAGE);
        }
        rules.addAll(objects.function(function.schema(), function.name()));
        changed |= objects.function(function.schema(), function.name(), rules);
        objects.function(function.oid(), rules);
    }

    private void relation(Catalog.Relation relation) {
        String definition = relation.definition();
        if (relation.kind() == 'f') {
            for (Action action : LeavingObjects.WRITES) {
                written(action, relation.schema(), relation.name(), EnumSet.of(BlockedRule.FOREIGN_TABLE));
            }
        }
        if (definition != null && !definition.isEmpty()) {
            changed |= objects.read(relation.schema(), relation.name(), code(definition));
            for (Action action : LeavingObjects.WRITES) {
                written(action, relation.schema(), relation.name(), writtenThrough(action, definition));
            }
        }
        for (Catalog.Attribute column : relation.attributes()) {
            written(Action.INSERT, relation.schema(), relation.name(), code(column.defaultValue()));
        }
        for (String parent : relation.parents()) {
            for (Action action : LeavingObjects.WRITES) {
                written(action, parent, objects.written(action, relation.schema(), relation.name()));
            }
        }
    }

    /** What writing a view reaches: whatever writing one of the relations in its query does. */
    private Set<BlockedRule> writtenThrough(Action action, String definition) {
        Set<BlockedRule> rules = EnumSet.noneOf(BlockedRule.class);
        Words words = new Words(definition, false);
        for (int i = 0; i < words.size(); i++) {
            if (words.isName(i)) {
                rules.addAll(objects.written(action, "", words.name(i)));
            }
        }
        return rules;
    }

    private void constraint(Catalog.Constraint constraint) {
        String referenced = constraint.referenced();
        if (constraint.kind() == 'c') {
            for (Action action : List.of(Action.INSERT, Action.UPDATE)) {
                written(action, constraint.schema(), constraint.relation(), code(constraint.definition()));
            }
        } else if (referenced != null
                && (constraint.definition().contains(" CASCADE")
                        || constraint.definition().contains(" SET "))) {
            for (Action action : List.of(Action.DELETE, Action.UPDATE)) {
                written(Action.DELETE, referenced, objects.written(action, constraint.schema(), constraint.relation()));
                written(Action.UPDATE, referenced, objects.written(action, constraint.schema(), constraint.relation()));
            }
        }
    }

    private void written(Action action, String qualifiedName, Set<BlockedRule> rules) {
        int dot = qualifiedName.indexOf('.');
        written(action, qualifiedName.substring(0, Math.max(0, dot)), qualifiedName.substring(dot + 1), rules);
    }

    private void written(Action action, String schema, String name, Set<BlockedRule> rules) {
        changed |= objects.written(action, schema, name, copy(rules));
    }

    private static Set<BlockedRule> copy(Set<BlockedRule> rules) {
        Set<BlockedRule> copy = EnumSet.noneOf(BlockedRule.class);
        copy.addAll(rules);
        return copy;
    }

    private Set<BlockedRule> code(@Nullable String text) {
        return text == null || text.isEmpty() ? EnumSet.noneOf(BlockedRule.class) : StatementScan.code(text, objects);
    }
}
