package dev.understudy.replay.source;

import dev.understudy.replay.blocked.BlockList;
import dev.understudy.replay.schedule.SessionInfo;
import java.util.List;
import java.util.Set;

/**
 * What of a trace is to be replayed. Belongs to the reading thread once reading has begun.
 *
 * @param capturedDatabase the database that the trace is about
 * @param blocked statements that are left out
 */
public record Intake(String capturedDatabase, BlockList blocked) {
    /** All that is about that database, but for what the rules block whatever the catalogs say. */
    public static Intake of(String capturedDatabase) {
        return new Intake(capturedDatabase, BlockList.of(List.of(), Set.of()));
    }

    /** Whether a session is of the captured database, as far as is known. */
    boolean isCaptured(SessionInfo session) {
        return session.database().isEmpty() || session.database().equals(capturedDatabase);
    }
}
