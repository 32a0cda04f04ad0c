package dev.understudy.capture.recorder;

import dev.understudy.capture.counter.SharedCounter;

/** A counter in memory. */
final class PlainCounter implements SharedCounter {
    private long value;

    @Override
    public long get() {
        return value;
    }

    @Override
    public long increment() {
        return ++value;
    }
}
