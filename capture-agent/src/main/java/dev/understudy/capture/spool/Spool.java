package dev.understudy.capture.spool;

import dev.understudy.capture.CaptureException;
import dev.understudy.trace.chunk.Chunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chunks on local disk until Kafka has acknowledged them: a log of segments for each lane, and one bound for all.
 *
 * <p>What an earlier epoch left behind is found again and goes first. Once the bound is reached nothing is taken until a
 * quarter of it is free, so that a spool at its bound makes few long gaps and not many short ones.
 */
public final class Spool implements AutoCloseable {
    /** A reservation: the largest chunk with its frame's header. */
    static final long RESERVED = Chunk.MAX_BYTES + Segment.FRAME_HEADER;

    private static final long LARGEST_SEGMENT = 16 << 20;
    private static final int SEGMENTS = 8;
    private static final String LANE_PREFIX = "lane-";

    private final long maxBytes;
    private final List<LaneSpool> lanes = new ArrayList<>();
    private long usedBytes;
    private boolean full;

    private Spool(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Opens the spool and finds what is left in it.
     *
     * @throws CaptureException if the directory cannot be used, or holds lanes that this capture does not have
     */
    public static Spool open(Path directory, int lanes, long maxBytes) {
        try {
            Files.createDirectories(directory);
            checkLanes(directory, lanes);
            Spool spool = new Spool(maxBytes);
            long segmentBytes = Math.max(Chunk.MAX_BYTES, Math.min(LARGEST_SEGMENT, maxBytes / lanes / SEGMENTS));
            for (int lane = 0; lane < lanes; lane++) {
                spool.lanes.add(LaneSpool.open(directory.resolve(LANE_PREFIX + lane), segmentBytes, spool));
            }
            return spool;
        } catch (IOException e) {
            throw new CaptureException(CaptureException.Category.STORAGE, "spool=" + directory + ": " + e, e);
        }
    }

    private static void checkLanes(Path directory, int lanes) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                String name = String.valueOf(entry.getFileName());
                boolean ours = false;
                for (int lane = 0; lane < lanes && !ours; lane++) {
                    ours = name.equals(LANE_PREFIX + lane);
                }
                if (!ours) {
                    throw new CaptureException(
                            CaptureException.Category.INVALID,
                            "spool=" + entry + ": this capture was made with more than " + lanes
                                    + " lanes; start it with as many, or choose another name");
                }
            }
        }
    }

    /** One lane's log. */
    public LaneSpool lane(int lane) {
        return lanes.get(lane);
    }

    /** How many lanes there are. */
    public int lanes() {
        return lanes.size();
    }

    /** Bytes on disk and set aside. */
    public synchronized long usedBytes() {
        return usedBytes;
    }

    /** Bytes that Kafka has not acknowledged yet. */
    public long pendingBytes() {
        long bytes = 0;
        for (LaneSpool lane : lanes) {
            bytes += lane.pendingBytes();
        }
        return bytes;
    }

    /** Whether every chunk of every lane has been acknowledged. */
    public boolean isSettled() {
        return pendingBytes() == 0;
    }

    synchronized boolean tryUse(long bytes) {
        if (full && usedBytes <= maxBytes - maxBytes / 4) {
            full = false;
        }
        if (full || usedBytes + bytes > maxBytes) {
            full = true;
            return false;
        }
        usedBytes += bytes;
        return true;
    }

    synchronized void use(long bytes) {
        usedBytes += bytes;
    }

    synchronized void free(long bytes) {
        usedBytes -= bytes;
    }

    /** Closes the files and leaves them where they are. */
    @Override
    public void close() {
        for (LaneSpool lane : lanes) {
            lane.close();
        }
    }
}
