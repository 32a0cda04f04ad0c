package dev.understudy.trace.ledger;

import dev.understudy.trace.chunk.ChunkFormatException;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.chunk.PartAssembler;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.Part;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One lane of one epoch of one agent: which of its chunks came, and what its entries add up to. */
final class LaneAudit {
    private final String name;
    private final NumberSet seqs = new NumberSet();
    private final PartAssembler entryParts = new PartAssembler(PartAssembler.DEFAULT_MAX_BYTES);
    private final NavigableSet<ExchangeId> open =
            new TreeSet<>(Comparator.comparingLong(ExchangeId::session).thenComparingLong(ExchangeId::ordinal));
    private final Problems problems = new Problems();
    private long highestSeq = -1;
    private boolean whole = true;
    private long counter = Long.MIN_VALUE;
    private long recorded;
    private long skipped;
    private long opaque;
    private long lost;
    private @Nullable Heartbeat last;
    private boolean lastEntryCloses;

    LaneAudit(ChunkHeader header) {
        this.name = "agent=" + header.agent() + " epoch=" + header.epoch() + " lane=" + header.lane();
    }

    /** Whether the chunk with this number was not seen before. */
    boolean isNew(long seq) {
        if (seq < 0) {
            problems.add(name + " seq=" + seq + ": expected a number from 0");
            return false;
        }
        if (!seqs.add(seq)) {
            return false;
        }
        if (seq < highestSeq) {
            problems.add(name + ": chunk seq=" + seq + " came after seq=" + highestSeq);
        }
        whole &= seq == highestSeq + 1;
        highestSeq = Math.max(highestSeq, seq);
        return true;
    }

    /** The entry to take into account: itself, the one that parts now make up, or null if it is only a part. */
    @Nullable Entry next(Entry entry) {
        if (entry.counter() < counter && whole) {
            problems.add(name + ": the counter falls from " + counter + " to " + entry.counter());
        }
        counter = Math.max(counter, entry.counter());
        lastEntryCloses = false;
        if (!(entry instanceof Part part)) {
            return entry;
        }
        if (part.of() != Part.Of.ENTRY) {
            return null;
        }
        try {
            return entryParts.accept(part);
        } catch (ChunkFormatException e) {
            problems.add(name + ": " + e.getMessage());
            return null;
        }
    }

    void recorded(ExchangeId id) {
        recorded++;
        // Exchanges of one session end in order: what began before this one and is not done never will be.
        if (!open.isEmpty()) {
            open.subSet(new ExchangeId(id.session(), 0), true, id, true).clear();
        }
    }

    void begun(ExchangeId id) {
        open.add(id);
    }

    void sessionEnded(long session) {
        open.subSet(new ExchangeId(session, 0), true, new ExchangeId(session, Long.MAX_VALUE), true)
                .clear();
    }

    void skipped(long exchanges) {
        skipped += exchanges;
    }

    void lost(long exchanges) {
        lost += exchanges;
    }

    void opaque() {
        opaque++;
    }

    /** Holds a ledger against the entries before it. */
    void heartbeat(Heartbeat heartbeat) {
        if (!heartbeat.isBalanced()) {
            problems.add(name + " counter=" + heartbeat.counter() + ": the ledger does not add up: forwarded="
                    + heartbeat.forwarded() + " recorded=" + heartbeat.recorded() + " skipped=" + heartbeat.skipped()
                    + " lost=" + heartbeat.lost() + " opaque=" + heartbeat.opaque());
        }
        if (whole) {
            agree(heartbeat, "recorded", heartbeat.recorded(), recorded);
            agree(heartbeat, "skipped", heartbeat.skipped(), skipped);
            agree(heartbeat, "opaque", heartbeat.opaque(), opaque);
        }
        last = heartbeat;
        lastEntryCloses = heartbeat.closing();
    }

    private void agree(Heartbeat heartbeat, String what, long told, long found) {
        if (told != found) {
            problems.add(name + " counter=" + heartbeat.counter() + ": the ledger tells " + what + "=" + told
                    + ", the entries before it " + found);
        }
    }

    /** What is wrong so far, missing chunks included. */
    Problems problems() {
        Problems all = new Problems();
        seqs.forEachMissing(
                0,
                highestSeq,
                (from, to) -> all.add(
                        from == to
                                ? name + ": chunk seq=" + from + " is missing"
                                : name + ": chunks seq=" + from + " to " + to + " are missing"));
        all.addAll(problems);
        return all;
    }

    /** Whether no chunk up to the last one is missing. */
    boolean isWhole() {
        return whole;
    }

    /** Whether its last entry is its closing ledger. */
    boolean isClosed() {
        return lastEntryCloses;
    }

    @Nullable Heartbeat last() {
        return last;
    }

    long openAtEnd() {
        return open.size();
    }

    long recorded() {
        return recorded;
    }

    long skipped() {
        return skipped;
    }

    long lost() {
        return lost;
    }

    long opaqueSessions() {
        return opaque;
    }
}
