package dev.understudy.trace.ledger;

import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.entry.Heartbeat;
import java.util.Collection;
import java.util.TreeMap;

/** One start of one agent: all its lanes. */
final class EpochAudit {
    private final String name;
    private final TreeMap<Integer, LaneAudit> lanes = new TreeMap<>();
    private int laneCount;
    private long counterAtStart = Long.MAX_VALUE;
    private boolean deathClaimed;

    EpochAudit(ChunkHeader header) {
        this.name = "agent=" + header.agent() + " epoch=" + header.epoch();
        this.laneCount = header.lanes();
    }

    LaneAudit lane(ChunkHeader header) {
        laneCount = Math.max(laneCount, header.lanes());
        counterAtStart = Math.min(counterAtStart, header.counterOpen());
        return lanes.computeIfAbsent(header.lane(), lane -> new LaneAudit(header));
    }

    Collection<LaneAudit> lanes() {
        return lanes.values();
    }

    /** A later epoch says that this one ended without closing. */
    void claimDeath() {
        deathClaimed = true;
    }

    /** Whether every lane closed in good order. */
    boolean isClosed() {
        return lanes.size() >= laneCount && lanes.values().stream().allMatch(LaneAudit::isClosed);
    }

    /** Up to which number every lane has told all that it had, if it is not closed. */
    long settled() {
        if (lanes.size() < laneCount) {
            return counterAtStart;
        }
        long least = Long.MAX_VALUE;
        for (LaneAudit lane : lanes.values()) {
            Heartbeat last = lane.last();
            least = Math.min(least, last == null ? counterAtStart : last.counter());
        }
        return least;
    }

    /** The exchanges that went through: what the closing ledgers tell, else what the entries add up to. */
    long forwarded() {
        long forwarded = 0;
        boolean closed = isClosed();
        for (LaneAudit lane : lanes.values()) {
            Heartbeat last = lane.last();
            forwarded += closed && last != null
                    ? last.forwarded()
                    : lane.recorded() + lane.skipped() + lane.lost() + lane.opaqueSessions();
        }
        return forwarded;
    }

    /** What is wrong with its lanes, and between them: a gap may stand in another lane than the one that lost. */
    Problems problems() {
        Problems problems = new Problems();
        lanes.values().forEach(lane -> problems.addAll(lane.problems()));
        boolean whole = lanes.values().stream().allMatch(LaneAudit::isWhole);
        if (isClosed() && whole) {
            long told = 0;
            long found = 0;
            for (LaneAudit lane : lanes.values()) {
                Heartbeat last = lane.last();
                told += last == null ? 0 : last.lost();
                found += lane.lost();
            }
            if (told != found) {
                problems.add(name + ": the closing ledgers tell lost=" + told + ", the gaps " + found);
            }
        }
        return problems;
    }

    /** Of an epoch that did not close: whether it counted anything that no gap of a later epoch claims. */
    Problems unclaimed(EpochAudit later) {
        Problems problems = new Problems();
        if (!deathClaimed && later.counterAtStart > counterAtStart) {
            problems.add(name + ": it did not close, a later epoch began, and no gap claims what it left");
        }
        return problems;
    }
}
