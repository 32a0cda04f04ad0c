package dev.understudy.replay.target;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The two clocks of a replay. */
public final class Ticks {
    private final InstantSource wall;
    private final LongSupplier monotonic;

    /** Clocks to read. */
    public Ticks(InstantSource wall, LongSupplier monotonic) {
        this.wall = wall;
        this.monotonic = monotonic;
    }

    /** The machine's clocks. */
    public static Ticks system() {
        return new Ticks(InstantSource.system(), System::nanoTime);
    }

    /** Wall clock, microseconds since 1970. */
    public long wallMicros() {
        var now = wall.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    /** Monotonic clock, nanoseconds from some origin. */
    public long nanos() {
        return monotonic.getAsLong();
    }
}
