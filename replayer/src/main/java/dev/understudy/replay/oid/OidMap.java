package dev.understudy.replay.oid;

import dev.understudy.trace.catalog.Catalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What production's OIDs of types and functions are on one arm, by name; arrays by their elements' names. */
final class OidMap {
    private final Map<Integer, Integer> types = new HashMap<>();
    private final Map<Integer, Integer> functions = new HashMap<>();
    private final Map<Integer, Integer> relations = new HashMap<>();

    private OidMap() {}

    static OidMap of(Catalog captured, Catalog arm) {
        OidMap map = new OidMap();
        Map<String, Integer> typesThere = new HashMap<>();
        Map<Integer, Integer> arraysThere = new HashMap<>();
        for (Catalog.Type type : arm.types()) {
            typesThere.put(type.qualifiedName(), type.oid());
            if (isArray(type)) {
                arraysThere.put(type.element(), type.oid());
            }
        }
        for (Catalog.Type type : captured.types()) {
            map.put(map.types, type.oid(), typesThere.get(type.qualifiedName()));
        }
        for (Catalog.Type type : captured.types()) {
            if (isArray(type)) {
                // the name of an array gives way to a table's, the element's does not
                map.put(map.types, type.oid(), arraysThere.get(map.type(type.element())));
            }
        }
        Map<String, Integer> functionsThere = new HashMap<>();
        arm.functions().forEach(function -> functionsThere.put(function.signature(), function.oid()));
        captured.functions()
                .forEach(function -> map.put(map.functions, function.oid(), functionsThere.get(function.signature())));
        Map<String, Integer> relationsThere = new HashMap<>();
        arm.relations().forEach(relation -> relationsThere.put(relation.qualifiedName(), relation.oid()));
        captured.relations()
                .forEach(relation ->
                        map.put(map.relations, relation.oid(), relationsThere.get(relation.qualifiedName())));
        return map;
    }

    private static boolean isArray(Catalog.Type type) {
        return type.element() != 0 && TypeStructures.isUserDefined(type.oid());
    }

    private void put(Map<Integer, Integer> oids, int captured, @Nullable Integer there) {
        if (there != null && there != captured && TypeStructures.isUserDefined(captured)) {
            oids.put(captured, there);
        } else if (there != null) {
            oids.remove(captured);
        }
    }

    /** Whether every OID means the same on the arm. */
    boolean isIdentity() {
        return types.isEmpty() && functions.isEmpty() && relations.isEmpty();
    }

    /** The arm's OID of a type; the same where the arm has none of that name. */
    int type(int captured) {
        return TypeStructures.isUserDefined(captured) ? types.getOrDefault(captured, captured) : captured;
    }

    /** The arm's OID of a table or the like; the same where the arm has none of that name. */
    int relation(int captured) {
        return TypeStructures.isUserDefined(captured) ? relations.getOrDefault(captured, captured) : captured;
    }

    /** The arm's OID of what has this number among types, relations and functions; the same unless it is just one. */
    int any(int captured) {
        int found = captured;
        for (Map<Integer, Integer> kind : List.of(types, relations, functions)) {
            Integer there = kind.get(captured);
            if (there != null && found != captured) {
                return captured;
            }
            found = there == null ? found : there;
        }
        return found;
    }

    /** The arm's OID of a function; the same where the arm has none of that signature. */
    int function(int captured) {
        return TypeStructures.isUserDefined(captured) ? functions.getOrDefault(captured, captured) : captured;
    }
}
