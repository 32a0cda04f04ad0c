package dev.understudy.capture.tap;

import java.util.Map;

/**
 * What is known of a session when it becomes ready; the trace's {@code SessionStart} without its place in the lane.
 *
 * @param serial the session's serial number in its epoch
 * @param sentAfter the counter when the startup message was read
 * @param doneNo the session start's own number
 * @param nanos when it became ready, on the agent's monotonic clock
 * @param serverPid the backend's process id, 0 if the server sent none
 * @param clientAddress host and port of the client
 * @param serverAddress host and port of the server
 * @param user the role logged in
 * @param database the database
 * @param protocol the version agreed upon, major in the upper 16 bits
 * @param startup the startup message's parameters
 * @param parameters the ParameterStatus values so far
 */
public record SessionFacts(
        int serial,
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
        Map<String, String> parameters) {}
