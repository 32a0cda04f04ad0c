package dev.understudy.capture.spool;

import dev.understudy.trace.chunk.ChunkFormatException;
import dev.understudy.trace.chunk.ChunkReader;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a segment holds after its agent is gone.
 *
 * @param whole how many bytes from its beginning on are whole frames with sound chunks
 * @param length how long the file is
 */
record SegmentScan(long whole, long length) {
    private static final int LARGEST_CHUNK = 16 << 20;

    /** Reads frames up to the first that is torn or damaged. */
    static SegmentScan of(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long length = channel.size();
            long at = 0;
            for (long next = frame(channel, at, length); next > at; next = frame(channel, at, length)) {
                at = next;
            }
            return new SegmentScan(at, length);
        }
    }

    /** Where the frame ends, or where it begins if it is not sound. */
    private static long frame(FileChannel channel, long at, long end) throws IOException {
        if (end - at < Segment.FRAME_HEADER) {
            return at;
        }
        ByteBuffer header = ByteBuffer.allocate(Segment.FRAME_HEADER);
        Segment.readFully(channel, header, at);
        int length = header.getInt(0);
        long behind = at + Segment.FRAME_HEADER + length;
        if (length != ~header.getInt(Integer.BYTES) || length < 0 || length > LARGEST_CHUNK || behind > end) {
            return at;
        }
        ByteBuffer chunk = ByteBuffer.allocate(length);
        Segment.readFully(channel, chunk, at + Segment.FRAME_HEADER);
        try {
            ChunkReader.read(Unpooled.wrappedBuffer(chunk.array()));
        } catch (ChunkFormatException e) {
            return at;
        }
        return behind;
    }
}
