package dev.understudy.replay.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a statement writes.
 *
 * @param region the rows, as far as they are known; those of an UPDATE as they are before it
 * @param action what becomes of them
 * @param changed columns that get another value, null if any may
 * @param overwrites whether those columns, or the whole row, no longer depend on what was there
 * @param generated whether a new row takes values from a sequence
 */
public record Write(
        Region region, Action action, @Nullable Set<String> changed, boolean overwrites, boolean generated) {
    static Write anywhere(String table) {
        return new Write(Region.whole(table), Action.ANY, null, false, false);
    }

    /** Where the rows are afterwards, on a server that ran the statement and on one that did not. */
    public Region reach() {
        return action == Action.INSERT || action == Action.DELETE ? region : region.without(changed);
    }
}
