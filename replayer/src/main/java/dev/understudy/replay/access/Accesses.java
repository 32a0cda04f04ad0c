package dev.understudy.replay.access;

import java.util.List;
import java.util.Set;

/**
 * What one statement, as it was run, touches.
 *
 * @param reads rows that its answer or its effect depends on
 * @param checks rows that it depends on only where a foreign key fails
 * @param writes rows that it changes
 * @param rowByRow whether what becomes of a row depends on that row alone
 * @param readsAnything whether its text does not tell what it reads
 * @param writesAnything whether its text does not tell what it writes
 * @param effects what it does beside that
 */
public record Accesses(
        List<Region> reads,
        List<Region> checks,
        List<Write> writes,
        boolean rowByRow,
        boolean readsAnything,
        boolean writesAnything,
        Set<Effect> effects) {
    /** Copies the lists. */
    public Accesses {
        reads = List.copyOf(reads);
        checks = List.copyOf(checks);
        writes = List.copyOf(writes);
        effects = Set.copyOf(effects);
    }

    /** Of a statement that touches nothing. */
    public static final Accesses NONE = new Accesses(List.of(), List.of(), List.of(), true, false, false, Set.of());
}
