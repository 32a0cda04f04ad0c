package dev.understudy.replay.source;

import dev.understudy.trace.chunk.ChunkHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Tells a lane's new chunks from duplicates, by their dense sequence numbers. */
final class ChunkOrder {
    private final Map<Lane, Long> last = new HashMap<>();
    private long duplicates;
    private long missing;

    private record Lane(UUID agent, int epoch, int lane) {}

    /** Whether a chunk is new; a jump in the numbers is counted. */
    boolean isNew(ChunkHeader header) {
        Lane lane = new Lane(header.agent(), header.epoch(), header.lane());
        long previous = last.getOrDefault(lane, -1L);
        if (header.seq() <= previous) {
            duplicates++;
            return false;
        }
        missing += header.seq() - previous - 1;
        last.put(lane, header.seq());
        return true;
    }

    long duplicates() {
        return duplicates;
    }

    long missing() {
        return missing;
    }
}
