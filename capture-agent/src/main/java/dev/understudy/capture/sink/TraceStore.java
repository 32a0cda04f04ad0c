package dev.understudy.capture.sink;

import dev.understudy.capture.CaptureException;

/** Where a capture's trace is kept for good. */
public interface TraceStore {
    /**
     * Makes it ready for so many lanes.
     *
     * @param first whether this agent has never written to this capture before
     * @throws CaptureException INVALID if it exists and does not fit, UNREACHABLE if it does not answer
     */
    void prepare(int lanes, boolean first);

    /** Opens a way to it. */
    ChunkSink open();
}
