package dev.understudy.capture.recorder;

import dev.understudy.capture.tap.TapClock;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until it is told otherwise. */
final class ManualClock implements TapClock {
    private long nanos = 1;

    void advance(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long wallMicros() {
        return 1_700_000_000_000_000L + nanos / 1000;
    }
}
