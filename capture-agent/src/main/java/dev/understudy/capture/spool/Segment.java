package dev.understudy.capture.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One file of a lane's log: frames end to end, appended to once, read in order, deleted whole.
 *
 * <pre>
 *   frame: offset  bytes
 *               0      4  length n of the chunk, big-endian
 *               4      4  the same with every bit inverted
 *               8      n  the chunk, which carries its own checksum
 * </pre>
 *
 * <p>Guarded by the lane's monitor.
 */
final class Segment {
    static final int FRAME_HEADER = 2 * Integer.BYTES;

    private final Path path;
    private final FileChannel channel;
    private long written;
    private long acknowledged;
    private boolean writable;

    private Segment(Path path, FileChannel channel, long written, boolean writable) {
        this.path = path;
        this.channel = channel;
        this.written = written;
        this.writable = writable;
    }

    static Segment create(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new Segment(path, channel, 0, true);
    }

    /** An earlier epoch's segment, of which {@code length} bytes are whole frames. */
    static Segment recovered(Path path, long length) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel.truncate(length);
        return new Segment(path, channel, length, false);
    }

    Path path() {
        return path;
    }

    long written() {
        return written;
    }

    /** Nothing more will be appended. */
    void seal() {
        writable = false;
    }

    /** Whether every frame has been acknowledged. */
    boolean isSettled() {
        return acknowledged == written;
    }

    boolean isWritable() {
        return writable;
    }

    void acknowledge(long upTo) {
        acknowledged = Math.max(acknowledged, upTo);
    }

    long acknowledged() {
        return acknowledged;
    }

    /** Appends a frame; on failure nothing of it counts. */
    void append(ByteBuffer chunk) throws IOException {
        int length = chunk.remaining();
        ByteBuffer header =
                ByteBuffer.allocate(FRAME_HEADER).putInt(length).putInt(~length).flip();
        long at = written;
        at += write(header, at);
        at += write(chunk, at);
        written = at;
    }

    private int write(ByteBuffer bytes, long at) throws IOException {
        int length = bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + length - bytes.remaining());
        }
        return length;
    }

    /**
     * The chunk in the frame at an offset.
     *
     * @throws IOException if there is no whole frame, or it cannot be read
     */
    byte[] read(long at) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FRAME_HEADER);
        readFully(channel, header, at);
        int length = header.getInt(0);
        if (length != ~header.getInt(Integer.BYTES) || length < 0 || length > written - at - FRAME_HEADER) {
            throw new IOException("spool=" + path + " offset=" + at + ": expected a frame's header");
        }
        byte[] chunk = new byte[length];
        readFully(channel, ByteBuffer.wrap(chunk), at + FRAME_HEADER);
        return chunk;
    }

    static void readFully(FileChannel from, ByteBuffer into, long at) throws IOException {
        long position = at;
        while (into.hasRemaining()) {
            int read = from.read(into, position);
            if (read < 0) {
                throw new IOException("offset=" + position + ": the file ends within a frame");
            }
            position += read;
        }
    }

    void delete() throws IOException {
        channel.close();
        Files.delete(path);
    }

    void close() throws IOException {
        channel.close();
    }
}
