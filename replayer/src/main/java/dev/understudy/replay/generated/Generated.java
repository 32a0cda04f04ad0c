package dev.understudy.replay.generated;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a recorded exchange has to do with generated values: those that its request uses, and those that its answer brought.
 * Immutable.
 */
public final class Generated {
    /** Of an exchange that has nothing to do with any. */
    public static final Generated NONE = new Generated(List.of(), List.of());

    private final List<Use> uses;
    private final List<Brought> brings;

    Generated(List<Use> uses, List<Brought> brings) {
        this.uses = List.copyOf(uses);
        this.brings = List.copyOf(brings);
    }

    List<Use> uses() {
        return uses;
    }

    List<Brought> brings() {
        return brings;
    }

    /** One of the values that were brought for each column that brought any. */
    List<Brought> firstOfEachColumn() {
        Map<Long, Brought> columns = new LinkedHashMap<>();
        for (Brought brought : brings) {
            columns.putIfAbsent((long) brought.result() << Integer.SIZE | brought.index(), brought);
        }
        return List.copyOf(columns.values());
    }

    /** Whether its request uses any, so that it may have to wait for who brought them. */
    public boolean usesAny() {
        return !uses.isEmpty();
    }

    /** Whether its answer brought any. */
    public boolean bringsAny() {
        return !brings.isEmpty();
    }
}
