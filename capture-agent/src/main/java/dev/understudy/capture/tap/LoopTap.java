package dev.understudy.capture.tap;

import dev.understudy.capture.counter.SharedCounter;
import java.util.concurrent.Executor;

/**
 * What the taps of one event loop share.
 *
 * @param writer the loop's way to its recorder
 * @param counter the counter of completed exchanges
 * @param clock the clocks
 * @param registry the epoch's sessions, shared by all loops
 * @param loop runs tasks on the event loop
 */
public record LoopTap(
        TapWriter writer, SharedCounter counter, TapClock clock, SessionRegistry registry, Executor loop) {}
