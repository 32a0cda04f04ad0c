package dev.understudy.lab.seeds;

import java.util.Set;

/**
 * What a migration does wrong.
 *
 * @param kind what
 * @param location where, as the workload sees it
 * @param object the table's or view's name
 * @param column its column, or {@code *} for its rows
 * @param sql what does it
 * @param refs what it makes wrong by itself
 */
public record Fault(FaultKind kind, Location location, String object, String column, String sql, Set<String> refs) {
    /** Copies the set. */
    public Fault {
        refs = Set.copyOf(refs);
    }

    /** For people. */
    @Override
    public String toString() {
        return kind + " at " + object + "." + column + " (" + location + ")";
    }
}
