package dev.understudy.trace.entry;

/**
 * A CancelRequest went through. Its key is never recorded.
 *
 * @param counter the shared counter at writing
 * @param targetSession the session whose backend it names, 0 if none of ours has it
 * @param targetPid the process id named
 * @param sentAfter the counter when it was read
 * @param doneNo the counter when the server had closed the cancel connection; does not tick
 * @param nanos when it was read
 */
public record Cancel(long counter, long targetSession, int targetPid, long sentAfter, long doneNo, long nanos)
        implements Entry {}
