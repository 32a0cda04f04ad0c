package dev.understudy.trace.chunk;

import java.util.UUID;

/**
 * What stands at a chunk's head.
 *
 * @param agent the agent that wrote it
 * @param epoch the agent's start, counted from 1 in its counter file
 * @param lane the lane: an event loop, a Kafka partition
 * @param lanes how many lanes the capture has
 * @param seq dense from 0 per agent, epoch and lane: drops Kafka's duplicates and shows what is missing
 * @param counterOpen the shared counter when the chunk was opened
 * @param counterClose the shared counter when it was closed: every exchange of this lane with {@code sentAfter} below
 *     it is in this chunk or an earlier one, whole or as begun
 * @param monotonicNanos the agent's monotonic clock at the anchor
 * @param wallMicros the wall clock at the anchor, microseconds since 1970
 * @param wallErrorMicros how far the two may be apart
 */
public record ChunkHeader(
        UUID agent,
        int epoch,
        int lane,
        int lanes,
        long seq,
        long counterOpen,
        long counterClose,
        long monotonicNanos,
        long wallMicros,
        int wallErrorMicros) {
    /** The wall time, microseconds since 1970, of a reading of the agent's monotonic clock. */
    public long wallMicros(long nanos) {
        return wallMicros + (nanos - monotonicNanos) / 1000;
    }
}
