package dev.understudy.trace.entry;

import java.util.Map;

/**
 * A session reached its first ReadyForQuery.
 *
 * @param counter the shared counter at writing
 * @param session the session
 * @param sentAfter the counter when the startup message was read
 * @param doneNo the session start's own number: it ticks the counter as an exchange does
 * @param nanos when it became ready, on the agent's monotonic clock
 * @param serverPid the backend's process id, 0 if the server sent none
 * @param clientAddress host and port of the client
 * @param serverAddress host and port of the server
 * @param user the role logged in
 * @param database the database
 * @param protocol the protocol's version agreed upon, major in the upper 16 bits
 * @param startup the startup message's parameters, all of them
 * @param parameters the ParameterStatus values at the first ReadyForQuery
 */
public record SessionStart(
        long counter,
        long session,
        long sentAfter,
        long doneNo,
        long nanos,
        int serverPid,
        String clientAddress,
        String serverAddress,
        String user,
        String database,
        int protocol,
        Map<String, String> startup,
        Map<String, String> parameters)
        implements Entry {}
