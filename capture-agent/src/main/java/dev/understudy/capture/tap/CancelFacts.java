package dev.understudy.capture.tap;

/**
 * A CancelRequest that went through.
 *
 * @param targetSerial the serial number of the session it names, 0 if none of ours has that process id
 * @param targetPid the process id named
 * @param sentAfter the counter when it was read
 * @param doneNo the counter when the server had closed the cancel connection
 * @param nanos when it was read
 */
public record CancelFacts(int targetSerial, int targetPid, long sentAfter, long doneNo, long nanos) {}
