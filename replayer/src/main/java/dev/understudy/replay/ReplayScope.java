package dev.understudy.replay;

import dev.understudy.replay.blocked.BlockedRule;
import java.util.Set;

/**
 * What of a trace is replayed.
 *
 * @param allowed rules for statements that leave the database which do not count in this run
 */
public record ReplayScope(Set<BlockedRule> allowed) {
    /** All of a trace, but for statements that leave the database. */
    public static final ReplayScope WHOLE = new ReplayScope(Set.of());

    /** Copies the set. */
    public ReplayScope {
        allowed = Set.copyOf(allowed);
    }

    /** The same with these rules not counting. */
    public ReplayScope withAllowed(Set<BlockedRule> rules) {
        return new ReplayScope(rules);
    }
}
