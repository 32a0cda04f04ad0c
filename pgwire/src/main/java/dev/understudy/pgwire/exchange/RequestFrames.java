package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendType;
import io.netty.buffer.ByteBuf;

/** The client's frames with one frame of lookahead. */
final class RequestFrames {
    private final FrameCursor cursor;
    private boolean present;
    private int syncsInsideCopy;

    RequestFrames(ByteBuf request) {
        cursor = new FrameCursor(request);
        present = cursor.next();
    }

    boolean isPresent() {
        return present;
    }

    byte type() {
        return cursor.type();
    }

    ByteBuf body() {
        return cursor.body();
    }

    void step() {
        present = cursor.next();
    }

    /** Steps over what the server reads while it is in COPY FROM STDIN: there it ignores Flush and Sync. */
    void skipCopyIn() {
        while (present && isWithinCopy(type())) {
            if (type() == FrontendType.SYNC) {
                syncsInsideCopy++;
            }
            step();
        }
        if (present && (type() == FrontendType.COPY_DONE || type() == FrontendType.COPY_FAIL)) {
            step();
        }
    }

    /** The COPY succeeded: the server has read, and ignored, every Sync inside it. */
    void copySucceeded() {
        syncsInsideCopy = 0;
    }

    /** Whether a Sync that seemed to be inside a COPY may have been read behind its error, and so was answered. */
    boolean claimSyncInsideCopy() {
        return syncsInsideCopy > 0 && syncsInsideCopy-- > 0;
    }

    private static boolean isWithinCopy(byte type) {
        return type == FrontendType.COPY_DATA || type == FrontendType.FLUSH || type == FrontendType.SYNC;
    }
}
