package dev.understudy.capture.tap;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The agent's two clocks. Any thread may call it. */
public interface TapClock {
    /** The monotonic clock, in nanoseconds from an arbitrary start. */
    long nanos();

    /** The wall clock, in microseconds since 1970. */
    long wallMicros();

    /** The machine's clocks. */
    static TapClock system() {
        return new TapClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public long wallMicros() {
                Instant now = Instant.now();
                return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
            }
        };
    }
}
