package dev.understudy.trace.run;

import io.netty.buffer.ByteBuf;

/**
 * What one arm answered to one exchange.
 *
 * @param arm which one; never RECORDED
 * @param sameAsRecorded whether the frames are byte for byte the recorded ones; {@code frames} is then empty
 * @param frames the backend's frames, async messages between them included; an unpooled view, never released
 * @param truncated how many bytes were left out of {@code frames} at its end because of the run's {@code max-result}
 * @param sentWallMicros when the request's first byte was written, wall clock, microseconds since 1970
 * @param latencyNanos from the first byte written to the answer's end read
 * @param brokenOff whether the arm's connection ended, or the wait limit passed, before the answer's end
 */
public record ArmAnswer(
        Arm arm,
        boolean sameAsRecorded,
        ByteBuf frames,
        long truncated,
        long sentWallMicros,
        long latencyNanos,
        boolean brokenOff) {}
