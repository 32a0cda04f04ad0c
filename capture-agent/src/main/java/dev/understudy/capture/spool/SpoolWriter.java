package dev.understudy.capture.spool;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** One lane's way into the spool. Belongs to the lane's recorder thread. */
public interface SpoolWriter {
    /** Sets room aside for one more chunk of the largest size; answers whether the spool's bound allows it. */
    boolean tryReserve();

    /** Sets room aside beyond the bound: for what closes a lane in good order, once. */
    void reserveAnyway();

    /**
     * Appends a chunk in the room that was set aside.
     *
     * @param chunk borrowed, readerIndex to writerIndex
     * @throws IOException if it could not be written; nothing of it then counts, and the room is still set aside
     */
    void append(ByteBuf chunk) throws IOException;
}
