package dev.understudy.capture.spool;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane's log. The recorder appends, the shipper reads in order, acknowledgements free whole segments; all of them
 * under the lane's monitor, none of them on an event loop.
 */
public final class LaneSpool implements SpoolWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSpool.class);

    private static final String SUFFIX = ".seg";

    private final Path directory;
    private final long segmentBytes;
    private final Spool spool;
    /** Oldest first; the last one may be written to. */
    private final Deque<Segment> segments = new ArrayDeque<>();
    /** Handed out and not acknowledged yet, in order. */
    private final Deque<Frame> inFlight = new ArrayDeque<>();

    private long nextNumber;
    private @Nullable Segment reading;
    private long readAt;

    /** One chunk on its way to Kafka. */
    public static final class Frame {
        private final Segment segment;
        private final long end;
        private final byte[] chunk;
        private boolean acknowledged;

        private Frame(Segment segment, long end, byte[] chunk) {
            this.segment = segment;
            this.end = end;
            this.chunk = chunk;
        }

        /** The chunk; not to be changed. */
        public byte[] chunk() {
            return chunk;
        }
    }

    private LaneSpool(Path directory, long segmentBytes, Spool spool) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.spool = spool;
    }

    static LaneSpool open(Path directory, long segmentBytes, Spool spool) throws IOException {
        LaneSpool lane = new LaneSpool(directory, segmentBytes, spool);
        Files.createDirectories(directory);
        lane.recover();
        return lane;
    }

    private synchronized void recover() throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(directory)) {
            left = new ArrayList<>(files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList());
        }
        for (Path path : left) {
            nextNumber = number(path) + 1;
            SegmentScan scan = SegmentScan.of(path);
            if (scan.whole() < scan.length()) {
                LOG.warn(
                        "segment={} whole={} length={}: what is behind the last whole chunk is torn and dropped",
                        path,
                        scan.whole(),
                        scan.length());
            }
            Segment segment = Segment.recovered(path, scan.whole());
            if (scan.whole() == 0) {
                segment.delete();
            } else {
                spool.use(scan.whole());
                segments.add(segment);
            }
        }
    }

    private static long number(Path path) throws IOException {
        String name = String.valueOf(path.getFileName());
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            throw new IOException("segment=" + path + ": expected a number and " + SUFFIX, e);
        }
    }

    @Override
    public synchronized boolean tryReserve() {
        if (spool.tryUse(Spool.RESERVED)) {
            return true;
        }
        Segment active = segments.peekLast();
        if (active != null && active.isWritable() && active.written() > 0 && active.isSettled()) {
            active.seal();
            deleteSettled();
            return spool.tryUse(Spool.RESERVED);
        }
        return false;
    }

    @Override
    public synchronized void reserveAnyway() {
        spool.use(Spool.RESERVED);
    }

    @Override
    public synchronized void append(ByteBuf chunk) throws IOException {
        Segment active = segments.peekLast();
        if (active == null || !active.isWritable()) {
            active = roll();
        }
        long before = active.written();
        active.append(chunk.nioBuffer());
        spool.free(Spool.RESERVED - (active.written() - before));
        if (active.written() >= segmentBytes) {
            active.seal();
        }
    }

    private Segment roll() throws IOException {
        Segment segment = Segment.create(directory.resolve(String.format(Locale.ROOT, "%020d%s", nextNumber, SUFFIX)));
        nextNumber++;
        segments.add(segment);
        return segment;
    }

    /**
     * The next chunk to send, null if all have been handed out.
     *
     * @throws IOException if it cannot be read
     */
    public synchronized @Nullable Frame next() throws IOException {
        if (reading == null) {
            reading = segments.peekFirst();
            readAt = reading == null ? 0 : reading.acknowledged();
        }
        Segment from = reading;
        Segment behind = from == null || readAt < from.written() ? null : behind(from);
        if (behind != null) {
            from = behind;
            reading = from;
            readAt = 0;
        }
        if (from == null || readAt == from.written()) {
            return null;
        }
        byte[] chunk = from.read(readAt);
        readAt += Segment.FRAME_HEADER + chunk.length;
        Frame frame = new Frame(from, readAt, chunk);
        inFlight.add(frame);
        return frame;
    }

    private @Nullable Segment behind(Segment segment) {
        boolean found = false;
        for (Segment each : segments) {
            if (found) {
                return each;
            }
            found = each == segment;
        }
        return null;
    }

    /** Kafka has taken a chunk. Segments of which it has taken all are deleted. */
    public synchronized void acknowledge(Frame frame) {
        frame.acknowledged = true;
        while (!inFlight.isEmpty() && inFlight.getFirst().acknowledged) {
            Frame first = inFlight.removeFirst();
            first.segment.acknowledge(first.end);
        }
        deleteSettled();
    }

    /** Hands out again, in order, whatever has not been acknowledged. Acknowledgements of earlier frames change nothing. */
    public synchronized void rewind() {
        inFlight.clear();
        reading = null;
    }

    private void deleteSettled() {
        for (Segment first = segments.peekFirst();
                first != null && !first.isWritable() && first.isSettled();
                first = segments.peekFirst()) {
            segments.removeFirst();
            if (reading == first) {
                reading = null;
            }
            spool.free(first.written());
            try {
                first.delete();
            } catch (IOException e) {
                LOG.warn("segment={}: could not be deleted and will be sent again: {}", first.path(), e.toString());
            }
        }
    }

    /** Bytes that Kafka has not acknowledged yet. */
    synchronized long pendingBytes() {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment.written() - segment.acknowledged();
        }
        return bytes;
    }

    synchronized void close() {
        for (Segment segment : segments) {
            try {
                if (segment.isSettled()) {
                    segment.delete();
                } else {
                    segment.close();
                }
            } catch (IOException e) {
                LOG.warn("segment={}: could not be closed: {}", segment.path(), e.toString());
            }
        }
    }
}
