package dev.understudy.replay.source;

import dev.understudy.trace.entry.Cut;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What a look at a whole trace tells before anything of it is replayed.
 *
 * @param users the roles of its sessions of the captured database that may be wanted, as captured
 * @param databases how many sessions each database had
 * @param sessions those sessions
 * @param mostOpen how many of those were open at once in the order of the trace, at most
 * @param exchanges exchanges recorded, of any database
 * @param cuts its cuts
 */
public record TraceFacts(
        SortedSet<String> users,
        Map<String, Long> databases,
        long sessions,
        int mostOpen,
        long exchanges,
        List<Cut> cuts) {
    /** Copies the collections. */
    public TraceFacts {
        databases = Map.copyOf(databases);
        cuts = List.copyOf(cuts);
    }
}
