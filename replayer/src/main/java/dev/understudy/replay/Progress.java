package dev.understudy.replay;

import java.time.Duration;

/**
 * How far a run is.
 *
 * @param done exchanges that have ended in a class
 * @param total exchanges that the trace accounts for, -1 until its end has been read
 * @param perSecond exchanges ended in the last interval, by second
 * @param differing exchanges of which an arm's answer was not byte for byte the recorded one (which need not be a
 *     difference: an OID or a clock suffices)
 * @param lag how far behind its schedule the last exchange was sent; zero at {@code --speed max}
 * @param moved exchanges whose place was moved because an arm waited
 */
public record Progress(long done, long total, double perSecond, long differing, Duration lag, long moved) {}
