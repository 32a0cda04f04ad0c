package dev.understudy.replay.access;

import dev.understudy.replay.access.TableFacts.ForeignKey;
import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the arms' catalogs say about tables, put together: statements are read as the baseline's schema has them, and
 * what acts on tables (foreign keys, triggers, policies) counts on whichever arm it is. Immutable once made, but for what
 * it remembers; belongs to one thread.
 */
public final class Relations {
    private final Map<String, TableFacts> facts = new HashMap<>();
    private final Map<String, String> roots = new HashMap<>();
    private final Map<String, Set<String>> byName = new HashMap<>();
    private final Map<String, List<String>> orders = new HashMap<>();
    private final Map<String, List<Catalog.Function>> functions = new HashMap<>();
    private final Map<String, Reached> reachedByText = new HashMap<>();
    private final Map<String, TableKeys> keys = new HashMap<>();

    /**
     * Tables that code reaches.
     *
     * @param tables the tables' names
     * @param writes whether it may write them
     * @param anything whether it runs text that is not in it
     * @param effects what functions of the server that it calls do
     */
    record Reached(Set<String> tables, boolean writes, boolean anything, Set<Effect> effects) {
        /** The same, written if it was or if so told. */
        Reached writing(boolean also) {
            return new Reached(tables, writes || also, anything, effects);
        }
    }

    private Relations() {}

    /**
     * Puts catalogs together.
     *
     * @param catalogs the baseline's first; none where no catalog is known
     */
    public static Relations of(List<Catalog> catalogs) {
        Relations relations = new Relations();
        Set<String> baseline = new HashSet<>();
        for (Catalog catalog : catalogs) {
            relations.roots(catalog);
        }
        for (Catalog catalog : catalogs) {
            for (Catalog.Relation relation : catalog.relations()) {
                boolean otherKind = baseline.contains(relation.qualifiedName())
                        && relations.facts(relation.qualifiedName()).isView() != isView(relation);
                if (!otherKind && (isView(relation) || isTable(relation))) {
                    relations.add(relation);
                }
            }
            if (baseline.isEmpty()) {
                catalog.relations().forEach(relation -> baseline.add(relation.qualifiedName()));
            }
            catalog.functions()
                    .forEach(function -> relations
                            .functions
                            .computeIfAbsent(function.name(), name -> new ArrayList<>())
                            .add(function));
        }
        catalogs.forEach(relations::dependents);
        catalogs.forEach(relations::uniqueness);
        return relations;
    }

    private void roots(Catalog catalog) {
        for (Catalog.Relation relation : catalog.relations()) {
            for (String parent : relation.parents()) {
                join(relation.qualifiedName(), parent);
            }
        }
    }

    /** Tables that inherit share one root, whichever of them that is. */
    private void join(String child, String parent) {
        String a = root(child);
        String b = root(parent);
        if (!a.equals(b)) {
            roots.put(a, b);
        }
    }

    private String root(String name) {
        String root = name;
        for (String next = roots.get(root); next != null; next = roots.get(root)) {
            root = next;
        }
        return root;
    }

    private static boolean isTable(Catalog.Relation relation) {
        return relation.kind() == 'r' || relation.kind() == 'p' || relation.kind() == 'f';
    }

    private static boolean isView(Catalog.Relation relation) {
        return relation.kind() == 'v' || relation.kind() == 'm';
    }

    private void add(Catalog.Relation relation) {
        TableFacts table = facts(relation.qualifiedName());
        table.add(relation);
        byName.computeIfAbsent(relation.name(), name -> new HashSet<>()).add(table.name);
        orders.putIfAbsent(
                relation.qualifiedName(),
                relation.attributes().stream().map(Catalog.Attribute::name).toList());
        if (isView(relation) && relation.definition() != null) {
            table.viewQuery = relation.definition();
        }
    }

    private TableFacts facts(String qualifiedName) {
        return facts.computeIfAbsent(root(qualifiedName), TableFacts::new);
    }

    private void dependents(Catalog catalog) {
        for (Catalog.Trigger trigger : catalog.triggers()) {
            if (trigger.kind() != 'e' && trigger.enabled() != 'D') {
                TableFacts table = facts(trigger.schema() + "." + trigger.relation());
                fires(table, trigger);
                rewritten(table, trigger);
            }
        }
        for (Catalog.Policy policy : catalog.policies()) {
            TableFacts table = facts(policy.schema() + "." + policy.relation());
            for (String text : new @Nullable String[] {policy.using(), policy.check()}) {
                if (text != null) {
                    table.readTexts.add(text);
                }
            }
        }
        for (Catalog.Constraint constraint : catalog.constraints()) {
            if (constraint.kind() == 'f' && constraint.referenced() != null) {
                foreignKey(catalog, constraint, constraint.referenced());
            } else if (constraint.kind() == 'c') {
                TableFacts table = facts(constraint.schema() + "." + constraint.relation());
                table.functions(Action.INSERT, Names.of(constraint.definition()));
                table.functions(Action.UPDATE, Names.of(constraint.definition()));
            }
        }
    }

    private static void fires(TableFacts table, Catalog.Trigger trigger) {
        String definition = trigger.definition();
        if (trigger.kind() == 'r') {
            table.ruleTexts.add(definition);
            return;
        }
        String events = definition.substring(0, Math.max(0, definition.indexOf(" ON ")));
        for (Action action : List.of(Action.INSERT, Action.UPDATE, Action.DELETE, Action.TRUNCATE)) {
            if (events.contains(" " + action.name())) {
                table.functions(action, Names.of(definition));
            }
        }
    }

    /** A trigger that fires before the row is written may change whichever column its function names. */
    private void rewritten(TableFacts table, Catalog.Trigger trigger) {
        if (trigger.kind() == 'r') {
            table.rewritten = null;
            return;
        }
        if (!trigger.definition().contains(" BEFORE ") || table.rewritten == null) {
            return;
        }
        for (String name : Names.of(trigger.definition())) {
            for (Catalog.Function function : functions.getOrDefault(name, List.of())) {
                Set<String> words = Names.of(function.definition());
                boolean followed =
                        function.language().equals("plpgsql") && !RowRewrite.isPossible(function.definition());
                if (!followed) {
                    table.rewritten = null;
                    return;
                }
                table.rewritten.addAll(words);
            }
        }
    }

    private void foreignKey(Catalog catalog, Catalog.Constraint constraint, String referenced) {
        String child = constraint.schema() + "." + constraint.relation();
        TableFacts parent = facts(referenced);
        ForeignKey key = new ForeignKey(
                root(child),
                names(catalog, child, constraint.columns()),
                parent.name,
                names(catalog, referenced, constraint.referencedColumns()),
                rule(constraint.definition(), "ON DELETE "),
                rule(constraint.definition(), "ON UPDATE "));
        if (!facts(child).parents.contains(key)) {
            facts(child).parents.add(key);
            parent.children.add(key);
        }
    }

    private void uniqueness(Catalog catalog) {
        for (Catalog.Index index : catalog.indexes()) {
            if (index.unique()) {
                String table = index.schema() + "." + index.relation();
                List<String> columns = index.partial() || index.columns().contains(0)
                        ? List.of()
                        : names(catalog, table, index.columns());
                facts(table).unique(columns, index.primary());
            }
        }
    }

    /** What tells the rows of a table apart, by the name that a region has. */
    public TableKeys keys(String root) {
        TableFacts table = facts.get(root);
        return table == null ? TableKeys.NONE : keys.computeIfAbsent(root, name -> table.keys());
    }

    /** Tables among these names, views followed. */
    public Set<String> tablesAmong(Set<String> names) {
        Reach reach = new Reach();
        names.forEach(name -> reach.table(name, 0));
        return reach.tables;
    }

    private static String rule(String definition, String event) {
        int at = definition.indexOf(event);
        return at < 0 ? "" : definition.substring(at + event.length());
    }

    private static List<String> names(Catalog catalog, String table, List<Integer> numbers) {
        List<String> names = new ArrayList<>();
        for (Catalog.Relation relation : catalog.relations()) {
            if (relation.qualifiedName().equals(table)) {
                for (int number : numbers) {
                    relation.attributes().stream()
                            .filter(column -> column.number() == number)
                            .forEach(column -> names.add(column.name()));
                }
            }
        }
        return names;
    }

    /** Tables and views that a name can mean: without a schema, those of any; one without facts where none is known. */
    List<TableFacts> named(String schema, String name) {
        TableFacts exact = facts.get(root(schema + "." + name));
        if (!schema.isEmpty()) {
            return List.of(exact == null ? new TableFacts(name) : exact);
        }
        Set<String> known = byName.get(name);
        return known == null
                ? List.of(new TableFacts(name))
                : known.stream().map(this::facts).toList();
    }

    /** A table's columns in order, as an INSERT that names none fills them; empty if they are not certain. */
    List<String> order(String schema, String name) {
        if (!schema.isEmpty()) {
            return orders.getOrDefault(schema + "." + name, List.of());
        }
        List<String> found = List.of();
        for (Map.Entry<String, List<String>> order : orders.entrySet()) {
            if (order.getKey().endsWith("." + name)) {
                if (!found.isEmpty()) {
                    return List.of();
                }
                found = order.getValue();
            }
        }
        return found;
    }

    TableFacts table(String root) {
        TableFacts table = facts.get(root);
        return table == null ? new TableFacts(root) : table;
    }

    /** What a text that the database runs by itself reaches: names in it, and in the functions that these name. */
    Reached reachedBy(String text) {
        Reached known = reachedByText.get(text);
        if (known == null) {
            known = reachedBy(Names.of(text));
            reachedByText.put(text, known);
        }
        return known;
    }

    /** What any of these names reaches, as a table or as a function. */
    Reached reachedBy(Set<String> names) {
        Reach reach = new Reach();
        names.forEach(name -> reach.table(name, 0));
        names.forEach(name -> reach.function(name, 0));
        return reach.reached();
    }

    /** What functions of these names reach; names of functions that the database does not have reach nothing. */
    Reached reachedByFunctions(Set<String> names) {
        Reach reach = new Reach();
        names.forEach(name -> reach.function(name, 0));
        return reach.reached();
    }

    private final class Reach {
        /** Functions that call functions are followed that far, then they may do anything. */
        private static final int MAX_DEPTH = 20;

        final Set<String> tables = new HashSet<>();
        boolean writes;
        boolean anything;
        private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
        private final Set<String> followed = new HashSet<>();

        Reached reached() {
            return new Reached(tables, writes, anything, effects);
        }

        void table(String name, int depth) {
            for (String root : byName.getOrDefault(name, Set.of())) {
                TableFacts table = facts(root);
                String query = table.viewQuery;
                if (query == null) {
                    tables.add(root);
                } else if (followed.add(root)) {
                    Names.of(query).forEach(inner -> table(inner, depth + 1));
                }
            }
        }

        void function(String name, int depth) {
            List<Catalog.Function> called = functions.get(name);
            if (called == null) {
                Effect effect = Effect.ofServerFunction(name);
                if (effect != null) {
                    effects.add(effect);
                }
                return;
            }
            if (!followed.add(name + "()")) {
                return;
            }
            anything |= depth > MAX_DEPTH;
            for (Catalog.Function function : called) {
                Set<String> words = Names.of(function.definition());
                writes |= function.volatility() == 'v';
                anything |= function.language().equals("plpgsql") && words.contains("execute");
                if (depth <= MAX_DEPTH) {
                    words.forEach(word -> table(word, depth + 1));
                    words.forEach(word -> function(word, depth + 1));
                }
            }
        }
    }
}
