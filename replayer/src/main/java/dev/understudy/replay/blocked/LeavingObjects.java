package dev.understudy.replay.blocked;

import dev.understudy.replay.access.Action;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Functions and relations, with what is done to them, that reach beyond their database, with why. Mutable; belongs to one thread. */
final class LeavingObjects {
    /** How relations are written. */
    static final List<Action> WRITES = List.of(Action.INSERT, Action.UPDATE, Action.DELETE, Action.TRUNCATE);

    private final Map<String, Set<BlockedRule>> functions = new HashMap<>();
    private final Map<String, Set<BlockedRule>> read = new HashMap<>();
    private final Map<Action, Map<String, Set<BlockedRule>>> written = new EnumMap<>(Action.class);
    private final Map<Integer, Set<BlockedRule>> functionsByOid = new HashMap<>();

    /** A call of this function reaches out; true if that is news. */
    boolean function(String schema, String name, Set<BlockedRule> rules) {
        return add(functions, schema, name, rules);
    }

    void function(int oid, Set<BlockedRule> rules) {
        functionsByOid
                .computeIfAbsent(oid, any -> EnumSet.noneOf(BlockedRule.class))
                .addAll(rules);
    }

    /** Reading this relation reaches out; true if that is news. */
    boolean read(String schema, String name, Set<BlockedRule> rules) {
        return add(read, schema, name, rules);
    }

    /** Writing this relation so reaches out; true if that is news. */
    boolean written(Action action, String schema, String name, Set<BlockedRule> rules) {
        return !rules.isEmpty() && add(written.computeIfAbsent(action, any -> new HashMap<>()), schema, name, rules);
    }

    boolean hasRelations() {
        return !read.isEmpty() || !written.isEmpty();
    }

    /** Why a call of such a name is one; {@code schema} is empty where none is given, and then any counts. */
    Set<BlockedRule> function(String schema, String name) {
        BlockedRule known = ServerFunctions.named(schema, name);
        return known == null ? found(functions, schema, name) : EnumSet.of(known);
    }

    Set<BlockedRule> function(int oid) {
        BlockedRule known = ServerFunctions.numbered(oid);
        return known == null ? functionsByOid.getOrDefault(oid, Set.of()) : EnumSet.of(known);
    }

    Set<BlockedRule> read(String schema, String name) {
        return found(read, schema, name);
    }

    Set<BlockedRule> written(Action action, String schema, String name) {
        return found(written.getOrDefault(action, Map.of()), schema, name);
    }

    private static Set<BlockedRule> found(Map<String, Set<BlockedRule>> map, String schema, String name) {
        return map.getOrDefault(schema.isEmpty() ? name : schema + "." + name, Set.of());
    }

    private static boolean add(
            Map<String, Set<BlockedRule>> map, String schema, String name, Collection<BlockedRule> rules) {
        if (rules.isEmpty()) {
            return false;
        }
        map.computeIfAbsent(name, any -> EnumSet.noneOf(BlockedRule.class)).addAll(rules);
        return map.computeIfAbsent(schema + "." + name, any -> EnumSet.noneOf(BlockedRule.class))
                .addAll(rules);
    }
}
