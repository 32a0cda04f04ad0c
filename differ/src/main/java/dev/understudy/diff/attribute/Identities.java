package dev.understudy.diff.attribute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which identifiers the sides drew for one row, column by column: one of each side belong together wherever they come up,
 * or they are no row's identity. Neither the order of additions nor their number changes what it says.
 *
 * <p>Mutable; belongs to one thread. As many are held as there are open claims at most.
 */
public final class Identities {
    private final Map<Name, DrawnIds> partners = new HashMap<>();
    private final Set<Name> ambiguous = new HashSet<>();
    private final Set<DrawnIds> drawn = new HashSet<>();

    private enum Of {
        PRODUCTION,
        CONTROL,
        CANDIDATE
    }

    /** An identifier of one side. */
    private record Name(String column, Of side, long value) {}

    /** Identifiers that came up at one place. */
    public void add(OpenClaim claim) {
        if (!(claim instanceof DrawnIds ids)) {
            return;
        }
        for (Name name : names(ids)) {
            DrawnIds known = partners.putIfAbsent(name, ids);
            if (known != null && !known.isSameAs(ids)) {
                ambiguous.add(name);
            }
        }
        if (ids.drawn()) {
            drawn.add(ids);
        }
    }

    private static List<Name> names(DrawnIds ids) {
        List<Name> names = new ArrayList<>(3);
        names.add(new Name(ids.column(), Of.PRODUCTION, ids.recorded()));
        if (ids.control() != null) {
            names.add(new Name(ids.column(), Of.CONTROL, ids.control()));
        }
        names.add(new Name(ids.column(), Of.CANDIDATE, ids.candidate()));
        return names;
    }

    /** Whether none of them came up beside another one. */
    boolean isOne(DrawnIds ids) {
        return names(ids).stream().noneMatch(ambiguous::contains);
    }

    /** Whether an INSERT of the run drew them. */
    boolean wasDrawn(DrawnIds ids) {
        return drawn.contains(new DrawnIds(ids.column(), ids.recorded(), ids.control(), ids.candidate(), true));
    }
}
