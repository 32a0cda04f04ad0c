package dev.understudy.capture.recorder;

import dev.understudy.capture.spool.SpoolWriter;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.trace.entry.Access;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.NumberRange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane's log as its recorder writes it: entries in the order of the counter, what is owed before what is new, gaps for
 * what found no room, and the ledger that says how it adds up. Belongs to the lane's recorder thread, but for
 * {@link #ledger()}.
 */
final class LaneLog {
    private static final Logger LOG = LoggerFactory.getLogger(LaneLog.class);

    /** Entries without the number of an exchange that wait for room in the spool. */
    private static final int MAX_OWED = 64 * 1024;

    private static final long WARN_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LaneIdentity identity;
    private final LaneChunks chunks;
    private final LossBook losses;
    private final TapClock clock;
    private final Deque<LongFunction<Entry>> owed = new ArrayDeque<>();

    private long counter;
    private long closedAt = -1;
    private long forwarded;
    private long recorded;
    private long skipped;
    private long lost;
    private long opaque;
    private long sessions;
    private long failures;
    private boolean lacksRoom;
    private long warnedNanos;
    private volatile LaneLedger ledger = LaneLedger.EMPTY;

    LaneLog(
            LaneIdentity identity,
            RecorderSettings settings,
            SpoolWriter spool,
            LossBook losses,
            TapClock clock,
            long counterAtStart,
            LongSupplier counterClose) {
        this.identity = identity;
        this.losses = losses;
        this.clock = clock;
        this.warnedNanos = clock.nanos() - WARN_INTERVAL_NANOS;
        this.counter = counterAtStart;
        this.chunks = new LaneChunks(identity, settings.chunkBytes(), spool, settings.onFull(), clock, counterClose);
    }

    LaneLedger ledger() {
        return ledger;
    }

    /** The counter at the record that is being read: what entries are written at. */
    long counter() {
        return counter;
    }

    void advance(long to) {
        counter = Math.max(counter, to);
    }

    /** Adds an entry; answers false where there is no room for it. */
    boolean add(Entry entry) {
        return chunks.add(entry);
    }

    /** Adds an entry that must not be lost, now or when there is room. */
    void owe(LongFunction<Entry> entryAtCounter) {
        owed.add(entryAtCounter);
        payOwed();
    }

    /** Whether no more should be owed than what nothing else can account for. */
    boolean owesMuch() {
        return owed.size() >= MAX_OWED;
    }

    /** Adds what is owed and tells what was lost; answers false where there is no room for it. */
    boolean settle() {
        return payOwed() && tellLosses();
    }

    private boolean payOwed() {
        for (LongFunction<Entry> entry = owed.peek(); entry != null; entry = owed.peek()) {
            if (!chunks.add(entry.apply(counter))) {
                return false;
            }
            owed.poll();
        }
        return true;
    }

    private boolean tellLosses() {
        if (losses.isEmpty()) {
            return true;
        }
        if (!chunks.tryOpen()) {
            return false;
        }
        boolean all = true;
        for (Map.Entry<Gap.Reason, LossBook.Losses> entry :
                losses.take(identity.lane()).entrySet()) {
            LossBook.Losses each = entry.getValue();
            Gap gap = new Gap(
                    counter,
                    each.session(),
                    entry.getKey(),
                    each.numbers(),
                    each.exchanges(),
                    each.bytes(),
                    Access.UNKNOWN,
                    false);
            if (!all || !chunks.add(gap)) {
                all = false;
                losses.add(identity.lane(), entry.getKey(), each);
            }
        }
        if (all && lacksRoom) {
            lacksRoom = false;
            LOG.info("lane={}: there is room again, recording goes on", identity.lane());
        }
        return all;
    }

    /** An exchange is in the trace. */
    void recorded() {
        recorded++;
    }

    /** An exchange is lost. */
    void lost(Gap.Reason reason, long session, long number, long bytes) {
        lost++;
        losses.add(identity.lane(), reason, session, number, true, bytes);
        boolean quietLongEnough = clock.nanos() - warnedNanos >= WARN_INTERVAL_NANOS;
        if (!lacksRoom && quietLongEnough && reason != Gap.Reason.RECORDER_FAILED) {
            lacksRoom = true;
            warnedNanos = clock.nanos();
            LOG.warn("lane={} reason={}: exchanges become a gap until there is room", identity.lane(), reason);
        }
    }

    /** Several exchanges are lost. */
    void lost(Gap.Reason reason, long session, List<NumberRange> numbers, long exchanges, long bytes) {
        lost += exchanges;
        losses.add(identity.lane(), reason, new LossBook.Losses(session, numbers, exchanges, bytes));
    }

    /** The number of a session's start or end is lost. */
    void lostNumber(long session, long number) {
        losses.add(identity.lane(), shortage(), session, number, false, 0);
    }

    /** A session is relayed unread. */
    void opaque() {
        opaque++;
    }

    /** A session is left out. */
    void skipped() {
        skipped++;
    }

    /** The recorder failed at something. */
    void failed() {
        failures++;
    }

    /** Why there is no room. */
    Gap.Reason shortage() {
        return chunks.refusal() == null ? Gap.Reason.SPOOL_FULL : Gap.Reason.SPOOL_FAILED;
    }

    /** The loop's side of the ledger, as of the page that was read last. */
    void loopSays(long forwardedByLoop, int sessionsOpen) {
        forwarded = forwardedByLoop;
        sessions = sessionsOpen;
    }

    /** Whether readers of this lane do not know yet that the counter has moved on, and no entry will tell them. */
    boolean isSilent() {
        return chunks.entries() == 0 && counter != closedAt;
    }

    void heartbeat(boolean closing) {
        chunks.add(new Heartbeat(
                counter, clock.wallMicros(), forwarded, recorded, skipped, lost, opaque, sessions, closing));
    }

    void closeChunk() {
        if (chunks.entries() > 0) {
            chunks.close();
            closedAt = counter;
        }
    }

    /** Brings {@link #ledger()} up to date. */
    void publish() {
        ledger = new LaneLedger(forwarded, recorded, skipped, lost, opaque, sessions, chunks.closed(), failures);
    }

    /** The spool's bound does not hold any more: what is left closes the lane. */
    void closing() {
        chunks.closing();
    }

    /** Ends the lane with its closing heartbeat; answers whether all of it is in the spool. */
    boolean close() {
        boolean settled = settle();
        if (settled) {
            heartbeat(true);
        }
        closeChunk();
        publish();
        return settled && chunks.refusal() == null;
    }
}
