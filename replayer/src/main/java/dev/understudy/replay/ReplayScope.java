package dev.understudy.replay;

import dev.understudy.replay.blocked.BlockedRule;
import dev.understudy.replay.selection.Selection;
import java.util.Set;

/**
 * What of a trace is replayed.
 *
 * @param users roles of production and those that stand for them on the arms
 * @param databases names under which clients reached the captured database, such as a pooler's aliases, and the target's
 * @param allowed rules for statements that leave the database which do not count in this run
 * @param selection the part of the trace, but for the cut
 * @param fromCut the name of the cut from which the copies were made, empty for none
 */
public record ReplayScope(
        NameMap users, NameMap databases, Set<BlockedRule> allowed, Selection selection, String fromCut) {
    /** All of a trace, but for statements that leave the database. */
    public static final ReplayScope WHOLE = new ReplayScope(NameMap.SAME, NameMap.SAME, Set.of(), Selection.WHOLE, "");

    /** Copies the set. */
    public ReplayScope {
        allowed = Set.copyOf(allowed);
    }

    /** The same with these rules not counting. */
    public ReplayScope withAllowed(Set<BlockedRule> rules) {
        return new ReplayScope(users, databases, rules, selection, fromCut);
    }

    /** The same with other roles. */
    public ReplayScope withUsers(NameMap roles) {
        return new ReplayScope(roles, databases, allowed, selection, fromCut);
    }

    /** The same with other names for the captured database. */
    public ReplayScope withDatabases(NameMap names) {
        return new ReplayScope(users, names, allowed, selection, fromCut);
    }

    /** The same of a part of the trace. */
    public ReplayScope withSelection(Selection part) {
        return new ReplayScope(users, databases, allowed, part, fromCut);
    }

    /** The same behind the cut of that name; empty for none. */
    public ReplayScope withFromCut(String cut) {
        return new ReplayScope(users, databases, allowed, selection, cut);
    }
}
