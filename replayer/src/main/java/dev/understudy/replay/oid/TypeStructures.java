package dev.understudy.replay.oid;

import dev.understudy.trace.catalog.Catalog;
import java.util.HashMap;
import java.util.Map;

/** How production's types are sent in binary, as far as OIDs stand in their values. */
final class TypeStructures {
    /** FirstNormalObjectId: what the server numbers from here on is not its own. */
    private static final int FIRST_USER_OID = 16_384;

    private static final int MAX_DEPTH = 32;
    private static final Structure PLAIN = new Structure(Kind.PLAIN, 0);

    private final Map<Integer, Structure> structures = new HashMap<>();
    private final Map<Integer, Integer> bases = new HashMap<>();

    /** What a value is made of. */
    enum Kind {
        /** No OIDs in it. */
        PLAIN,
        /** Dimensions, flags, the element's OID, elements (array_send). */
        ARRAY,
        /** Fields, each with its OID (record_send). */
        COMPOSITE,
        /** Flags, bounds (range_send). */
        RANGE,
        /** Ranges (multirange_send). */
        MULTIRANGE
    }

    /** A kind, with what a range's bounds or a multirange's ranges are. */
    record Structure(Kind kind, int member) {}

    TypeStructures(Catalog captured) {
        for (Catalog.Type type : captured.types()) {
            Structure structure = of(type);
            if (structure.kind() != Kind.PLAIN) {
                structures.put(type.oid(), structure);
            }
        }
        captured.types().stream()
                .filter(type -> type.kind() == 'd')
                .forEach(type -> bases.put(type.oid(), type.base()));
    }

    /** OIDs are unsigned. */
    static boolean isUserDefined(int oid) {
        return Integer.compareUnsigned(oid, FIRST_USER_OID) >= 0;
    }

    private static Structure of(Catalog.Type type) {
        return switch (type.kind()) {
            case 'c' -> new Structure(Kind.COMPOSITE, 0);
            case 'r' -> new Structure(Kind.RANGE, type.base());
            case 'm' -> new Structure(Kind.MULTIRANGE, type.base());
            case 'b' -> type.element() != 0 && isUserDefined(type.oid()) ? new Structure(Kind.ARRAY, 0) : PLAIN;
            default -> PLAIN;
        };
    }

    /** How a type is sent: a domain as its base type. */
    Structure of(int type) {
        if (!isUserDefined(type)) {
            return PLAIN;
        }
        int base = type;
        for (int depth = 0; depth < MAX_DEPTH && bases.containsKey(base); depth++) {
            base = bases.get(base);
        }
        return structures.getOrDefault(base, PLAIN);
    }

    /** Whether OIDs of user-defined types may stand in the type's values. */
    boolean carriesOids(int type) {
        return carriesOids(type, 0);
    }

    private boolean carriesOids(int type, int depth) {
        Structure structure = of(type);
        return switch (structure.kind()) {
            case PLAIN -> false;
            case ARRAY, COMPOSITE -> true;
            case RANGE, MULTIRANGE -> depth < MAX_DEPTH && carriesOids(structure.member(), depth + 1);
        };
    }
}
