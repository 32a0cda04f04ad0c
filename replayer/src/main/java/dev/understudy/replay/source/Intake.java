package dev.understudy.replay.source;

import dev.understudy.replay.blocked.BlockList;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.selection.Selection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a trace is to be replayed. Belongs to the reading thread once reading has begun.
 *
 * @param capturedDatabase the database that the trace is about
 * @param otherNames under which clients reached it too, such as a pooler's aliases
 * @param users the role that stands for a captured one, by the captured one's name, where that is another
 * @param blocked statements that are left out
 * @param selection the part that the run is about
 */
public record Intake(
        String capturedDatabase,
        Set<String> otherNames,
        Map<String, String> users,
        BlockList blocked,
        Selection selection) {
    /** Copies the collections. */
    public Intake {
        otherNames = Set.copyOf(otherNames);
        users = Map.copyOf(users);
    }

    /** All that is about that database, but for what the rules block whatever the catalogs say. */
    public static Intake of(String capturedDatabase) {
        return new Intake(capturedDatabase, Set.of(), Map.of(), BlockList.of(List.of(), Set.of()), Selection.WHOLE);
    }

    /** The role that stands for a captured one. */
    String user(String captured) {
        return users.getOrDefault(captured, captured);
    }

    /** Whether a session is of the captured database, as far as is known. */
    boolean isCaptured(SessionInfo session) {
        return session.database().isEmpty()
                || session.database().equals(capturedDatabase)
                || otherNames.contains(session.database());
    }
}
