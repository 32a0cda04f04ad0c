package dev.understudy.replay.schedule;

import dev.understudy.trace.entry.SessionSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
    /** Of the settings that a server reports (chapter 55.2.7) those that a client can set. */
    private static final Set<String> REPORTED = Set.of(
            "application_name",
            "client_encoding",
            "DateStyle",
            "IntervalStyle",
            "TimeZone",
            "standard_conforming_strings",
            "default_transaction_read_only",
            "search_path");

    /** Copies the map. */
    public SessionInfo {
        startup = Map.copyOf(startup);
    }

    /**
     * A session that recording met in its middle. What its client asked for at its start is not known; what the server
     * reports of its settings stands in for it.
     *
     * @param user the captured role
     * @param snapshot what its server knew
     */
    public static SessionInfo of(int partition, String user, SessionSnapshot snapshot) {
        Map<String, String> startup = new HashMap<>();
        snapshot.parameters().forEach((name, value) -> {
            if (REPORTED.contains(name)) {
                startup.put(name, value);
            }
        });
        return new SessionInfo(snapshot.session(), partition, user, "", startup, snapshot);
    }

    /** The application's name, empty where none was given. */
    public String application() {
        return startup.getOrDefault("application_name", "");
    }
}
