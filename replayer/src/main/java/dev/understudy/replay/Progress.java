package dev.understudy.replay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param done exchanges that have ended in a class
 * @param total exchanges that will end in a class, as far as the trace tells; -1 while that is not known
 * @param perSecond exchanges ended in the last interval, by second
 * @param differing exchanges of which an arm's answer was not byte for byte the recorded one (which need not be a
 *     difference: an OID or a clock suffices)
 * @param lag how far behind its schedule the last exchange was sent; zero at {@code --speed max}
 * @param lagP99 at most so late were ninety-nine of a hundred so far
 * @param eta how long it will take yet at the rate of the last intervals; null while that is not known
 * @param moved exchanges whose place was moved because an arm waited
 */
public record Progress(
        long done,
        long total,
        double perSecond,
        long differing,
        Duration lag,
        Duration lagP99,
        @Nullable Duration eta,
        long moved) {}
