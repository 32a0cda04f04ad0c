package dev.understudy.diff.state;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When the time for a comparison is used up. Any thread may ask. */
final class Deadline {
    private final LongSupplier nanos;
    private final Duration budget;
    private final long end;

    Deadline(LongSupplier nanos, Duration budget) {
        this.nanos = nanos;
        this.budget = budget;
        this.end = nanos.getAsLong() + budget.toNanos();
    }

    long nanos() {
        return nanos.getAsLong();
    }

    boolean isOver() {
        return end - nanos.getAsLong() <= 0;
    }

    /** What is left, in milliseconds, at least 1 and at most what a server's timeout can hold. */
    long leftMillis() {
        return Math.max(1, Math.min(Integer.MAX_VALUE, (end - nanos.getAsLong()) / 1_000_000));
    }

    /** Why something was left out. */
    String note() {
        return "time budget of " + budget.toString().substring(2).toLowerCase(java.util.Locale.ROOT) + " used up";
    }
}
