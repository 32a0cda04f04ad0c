package dev.understudy.replay.source;

import dev.understudy.trace.chunk.ChunkHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How far one partition has been read, in terms of the shared counter. A partition may hold chunks of several agents of
 * one host, and of one agent after the other; each says where it closed its last chunk. The lowest of those counts,
 * except of agents that are gone: they closed in good order, have started anew, or have been silent for long while others
 * wrote (every lane sends heartbeats).
 */
final class LaneProgress {
    private static final long SILENT_MICROS = 60_000_000;

    private final Map<Writer, Mark> marks = new HashMap<>();
    private long newestMicros = Long.MIN_VALUE;
    private boolean ended;

    private record Writer(UUID agent, int epoch) {}

    private record Mark(long counterClose, long wallMicros, boolean closing) {}

    void read(ChunkHeader header, boolean closing) {
        marks.keySet().removeIf(writer -> writer.agent().equals(header.agent()) && writer.epoch() < header.epoch());
        marks.put(
                new Writer(header.agent(), header.epoch()),
                new Mark(header.counterClose(), header.wallMicros(), closing));
        newestMicros = Math.max(newestMicros, header.wallMicros());
    }

    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** Everything unread of this partition has a {@code sentAfter} of at least this. */
    long counter() {
        if (ended) {
            return Long.MAX_VALUE;
        }
        long highest = Long.MIN_VALUE;
        long lowest = Long.MAX_VALUE;
        for (Mark mark : marks.values()) {
            highest = Math.max(highest, mark.counterClose());
            if (!mark.closing() && mark.wallMicros() >= newestMicros - SILENT_MICROS) {
                lowest = Math.min(lowest, mark.counterClose());
            }
        }
        return Math.min(lowest, highest);
    }
}
