package dev.understudy.replay.schedule;

/**
 * When what is due: the captured timeline by a factor, from one absolute start, so that lateness never adds up.
 *
 * @param factor how many times faster than production; 0 for no waiting at all
 * @param originWallMicros the captured moment that is sent at once
 * @param originNanos when that is, on the replay's monotonic clock
 */
public record Pace(double factor, long originWallMicros, long originNanos) {
    /** When what production's client sent at this moment is due. */
    public long dueNanos(long capturedWallMicros) {
        return factor == 0
                ? Long.MIN_VALUE
                : originNanos + Math.round((capturedWallMicros - originWallMicros) * 1000.0 / factor);
    }
}
