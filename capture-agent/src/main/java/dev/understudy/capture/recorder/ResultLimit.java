package dev.understudy.capture.recorder;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.trace.entry.Omission;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the head of every result of an answer and counts and digests the rest. A result is a run of DataRow or CopyData
 * frames; its head ends with the first frame that does not fit.
 *
 * <p>Hashing costs, and nearly all results are short: it begins when a frame is left out, or when the result's first
 * frames are about to leave the buffer that they are kept in. Belongs to one thread.
 */
final class ResultLimit {
    private final int maxResultBytes;
    private final List<Omission> omissions = new ArrayList<>();
    private @Nullable ResultDigest digest;

    private boolean inResult;
    private boolean hashing;
    private boolean omitting;
    private long resultBytes;
    private long frames;
    private long omittedFrames;
    private long omittedBytes;
    private int omittedAt;
    private int keptFrom;

    ResultLimit(int maxResultBytes) {
        this.maxResultBytes = maxResultBytes;
    }

    void reset() {
        omissions.clear();
        inResult = false;
    }

    /** What was left out of the results that are over. */
    List<Omission> omissions() {
        return omissions;
    }

    /**
     * A frame of a result begins.
     *
     * @param bodyLength its body's length
     * @param kept the answer's kept bytes that are still in memory; borrowed
     * @param keptLength how many bytes of the answer have been kept in all
     * @return whether to keep it
     */
    boolean frameBegins(int bodyLength, ByteBuf kept, long keptLength) {
        if (!inResult) {
            inResult = true;
            hashing = false;
            omitting = false;
            resultBytes = 0;
            frames = 0;
            omittedFrames = 0;
            omittedBytes = 0;
            keptFrom = kept.writerIndex();
        }
        int length = MessageWalker.HEADER_LENGTH + bodyLength;
        resultBytes += length;
        frames++;
        if (!omitting && resultBytes > maxResultBytes) {
            omitting = true;
            omittedAt = Math.toIntExact(keptLength);
            startHashing(kept);
        }
        if (omitting) {
            omittedFrames++;
            omittedBytes += length;
        }
        return !omitting;
    }

    /** Bytes of the body of the frame under way, kept or not; borrowed. */
    void frameBody(ByteBuf bytes, int index, int length) {
        if (hashing && digest != null) {
            digest.body(bytes, index, length);
        }
    }

    void frameEnds() {
        if (hashing && digest != null) {
            digest.frameEnd();
        }
    }

    /** Kept bytes are about to leave memory: what of the result stands in them has to be hashed now. */
    void leaves(ByteBuf kept) {
        if (inResult) {
            startHashing(kept);
        }
    }

    private void startHashing(ByteBuf kept) {
        if (hashing) {
            return;
        }
        hashing = true;
        ResultDigest into = digest == null ? digest = new ResultDigest() : digest;
        into.reset();
        FrameCursor cursor = new FrameCursor(kept.slice(keptFrom, kept.writerIndex() - keptFrom));
        int behind = keptFrom;
        while (cursor.next()) {
            if (AnswerRecord.isOfResult(cursor.type())) {
                into.body(kept, keptFrom + cursor.start() + MessageWalker.HEADER_LENGTH, cursor.bodyLength());
                into.frameEnd();
            }
            behind = keptFrom + cursor.end();
        }
        int begun = kept.writerIndex() - behind - MessageWalker.HEADER_LENGTH;
        if (begun >= 0 && AnswerRecord.isOfResult(kept.getByte(behind))) {
            into.body(kept, behind + MessageWalker.HEADER_LENGTH, begun);
        }
    }

    /** Another frame than a result's begins, or the answer is over. */
    void resultEnds() {
        if (!inResult) {
            return;
        }
        inResult = false;
        if (omitting && digest != null) {
            omissions.add(
                    new Omission(omittedAt, omittedFrames, omittedBytes, frames, digest.ordered(), digest.unordered()));
        }
    }
}
