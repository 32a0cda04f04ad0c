package dev.understudy.replay.target;

import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What an arm's server answered to one request.
 *
 * @param sameAsRecorded whether the frames are byte for byte the expected ones; {@code frames} is then empty
 * @param frames the server's frames; unpooled heap, never released
 * @param truncated how many bytes were left out at the end
 * @param sentWallMicros when the request was written
 * @param latencyNanos from then to the answer's end: whatever the server did, it did meanwhile, though perhaps before the
 *     end of the answer before it was read here
 * @param brokenOff whether the answer's end never came
 * @param failed whether an ErrorResponse is in it
 * @param status the last transaction status, UNKNOWN without one
 */
public record ArmResult(
        boolean sameAsRecorded,
        ByteBuf frames,
        long truncated,
        long sentWallMicros,
        long latencyNanos,
        boolean brokenOff,
        boolean failed,
        TransactionStatus status) {
    /**
     * The same with other frames.
     *
     * @param meant unpooled heap, never released
     * @param recorded the recorded frames
     */
    public ArmResult meaning(ByteBuf meant, ByteBuf recorded) {
        boolean same = meant.equals(recorded);
        return new ArmResult(
                same,
                same ? Unpooled.EMPTY_BUFFER : meant,
                truncated,
                sentWallMicros,
                latencyNanos,
                brokenOff,
                failed,
                status);
    }
}
