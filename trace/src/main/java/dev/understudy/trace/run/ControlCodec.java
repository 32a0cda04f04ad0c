package dev.understudy.trace.run;

import io.netty.buffer.ByteBuf;

/** The bytes of a run's control topic. */
public final class ControlCodec {
    private ControlCodec() {}

    /** Encodes an entry into an unpooled heap buffer that is the caller's. */
    public static ByteBuf write(ControlEntry entry) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads one entry.
     *
     * @param bytes borrowed
     * @throws dev.understudy.trace.chunk.ChunkFormatException for an unknown version, a wrong checksum, or anything cut
     *     off
     */
    public static ControlEntry read(ByteBuf bytes) {
        throw new UnsupportedOperationException();
    }
}
