package dev.understudy.replay.generated;

import java.util.List;

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

    /** Whether its request uses any, so that it may have to wait for who brought them. */
    public boolean usesAny() {
        return !uses.isEmpty();
    }

    /** Whether its answer brought any. */
    public boolean bringsAny() {
        return !brings.isEmpty();
    }
}
