package dev.understudy.capture.recorder;

import dev.understudy.capture.CaptureConfig;
import dev.understudy.capture.CaptureLimits;
import dev.understudy.capture.OnFull;

/**
 * How a recorder works.
 *
 * @param maxResultBytes how much of one result is kept
 * @param assemblyBytes what may be held of unfinished exchanges before they go into the trace in small parts
 * @param chunkBytes the bound for one chunk
 * @param flushNanos how long an entry may wait for its chunk to close
 * @param heartbeatNanos how often a lane without traffic says so
 * @param onFull what happens at the spool's bound
 */
public record RecorderSettings(
        int maxResultBytes, int assemblyBytes, int chunkBytes, long flushNanos, long heartbeatNanos, OnFull onFull) {
    /** What a capture's configuration says of it. */
    public static RecorderSettings of(CaptureConfig config) {
        CaptureLimits limits = config.limits();
        return new RecorderSettings(
                limits.maxResultBytes(),
                limits.assemblyBytes(),
                limits.chunkBytes(),
                limits.flushInterval().toNanos(),
                limits.heartbeatInterval().toNanos(),
                config.onFull());
    }
}
