package dev.understudy.trace.entry;

/**
 * A session ended. Its end releases what the session held, so it has both stamps.
 *
 * @param counter the shared counter at writing
 * @param session the session
 * @param sentAfter the counter when the Terminate or the client's end was read; when the server's end was read if that
 *     came first
 * @param doneNo the session end's own number: it ticks the counter as an exchange does
 * @param nanos when it ended, on the agent's monotonic clock
 * @param reason who ended it
 * @param exchanges how many exchanges the session had in all, recorded or not
 */
public record SessionEnd(
        long counter, long session, long sentAfter, long doneNo, long nanos, Reason reason, long exchanges)
        implements Entry {
    /** Who ended the session; the ordinal is the code in the format: append only. */
    public enum Reason {
        /** The client sent Terminate. */
        TERMINATE,
        /** The client's connection ended without Terminate. */
        CLIENT_CLOSED,
        /** The server's connection ended. */
        SERVER_CLOSED,
        /** The agent ended it (shutdown, a session that began nowhere). */
        AGENT
    }
}
