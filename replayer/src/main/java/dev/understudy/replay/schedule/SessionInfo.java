package dev.understudy.replay.schedule;

import dev.understudy.trace.entry.SessionSnapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One captured session.
 *
 * @param session its number
 * @param partition the partition of its lane
 * @param user the captured role; empty where recording began inside the session
 * @param database the captured database; empty where recording began inside the session
 * @param startup the startup message's parameters
 * @param snapshot what the session's server knew when its recording began; null if it was recorded from its start
 */
public record SessionInfo(
        long session,
        int partition,
        String user,
        String database,
        Map<String, String> startup,
        @Nullable SessionSnapshot snapshot) {
    /** Copies the map. */
    public SessionInfo {
        startup = Map.copyOf(startup);
    }

    /** The application's name, empty where none was given. */
    public String application() {
        return startup.getOrDefault("application_name", "");
    }
}
