package dev.understudy.capture.recorder;

import dev.understudy.capture.spool.SpoolWriter;
import dev.understudy.capture.tap.CancelFacts;
import dev.understudy.capture.tap.SessionFacts;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.capture.tap.TapHandler;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.Access;
import dev.understudy.trace.entry.Async;
import dev.understudy.trace.entry.Cancel;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.Part;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.entry.Skip;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes entries of one lane's tap records. Belongs to the lane's recorder thread, but for {@link #ledger()}.
 *
 * <p>Every number that a record brings goes one of two ways: into an entry that was added to a chunk, or into the
 * {@link LossBook}, from which it gets into a gap. Nothing throws out of here: an error costs the exchange.
 */
public final class LaneRecorder implements TapHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LaneRecorder.class);

    /** Of a chunk: beyond this a request or answer goes into parts. */
    private static final int USUAL_PART_SHARE = 4;
    /** The same, once what all unfinished exchanges hold comes near its bound. */
    private static final int SMALL_PART_SHARE = 64;
    /** An encoded part is at most so much longer than its bytes. */
    private static final int PART_OVERHEAD = 64;

    private static final int MAX_SPARE_RECORDS = 256;
    /** Entries without a number of an exchange that wait for room in the spool. */
    private static final int MAX_OWED = 64 * 1024;

    private final LaneIdentity identity;
    private final RecorderSettings settings;
    private final LaneChunks chunks;
    private final LossBook losses;
    private final TapClock clock;
    private final int pieceBytes;

    private final Map<Integer, SessionRecord> sessions = new HashMap<>();
    private final Deque<ExchangeRecord> spare = new ArrayDeque<>();
    private final Deque<LongFunction<Entry>> owed = new ArrayDeque<>();

    private long counter;
    private long pageCounter;
    private long chunkCounter = -1;
    private long heldBytes;

    private long forwarded;
    private long recorded;
    private long skipped;
    private long lost;
    private long opaque;
    private long openSessions;
    private long failures;
    private long lastFlush;
    private long lastHeartbeat;
    private volatile LaneLedger ledger = LaneLedger.EMPTY;

    /**
     * A recorder for one lane.
     *
     * @param losses shared by the recorders of all lanes
     * @param counterAtStart the counter when the epoch began
     */
    public LaneRecorder(
            LaneIdentity identity,
            RecorderSettings settings,
            SpoolWriter spool,
            LossBook losses,
            TapClock clock,
            long counterAtStart) {
        this.identity = identity;
        this.settings = settings;
        this.losses = losses;
        this.clock = clock;
        this.counter = counterAtStart;
        this.pageCounter = counterAtStart;
        this.lastFlush = clock.nanos();
        this.lastHeartbeat = lastFlush;
        this.pieceBytes = settings.chunkBytes() / 2 - PART_OVERHEAD;
        this.chunks =
                new LaneChunks(identity, settings.chunkBytes(), spool, settings.onFull(), clock, this::counterClose);
    }

    /** The lane's counts. Any thread may call it. */
    public LaneLedger ledger() {
        return ledger;
    }

    /** Adds an entry of the agent's own, as soon as there is room. */
    public void add(LongFunction<Entry> entryAtCounter) {
        owe(entryAtCounter);
        payOwed();
    }

    private ExchangeRecord exchange(SessionRecord session, long ordinal) {
        for (ExchangeRecord exchange : session.open) {
            if (exchange.ordinal() == ordinal) {
                return exchange;
            }
        }
        ExchangeRecord exchange = spare.poll();
        exchange = (exchange == null ? new ExchangeRecord(settings.maxResultBytes()) : exchange).reset(ordinal);
        session.open.add(exchange);
        return exchange;
    }

    private void recycle(SessionRecord session, ExchangeRecord exchange) {
        session.open.remove(exchange);
        heldBytes -= exchange.heldBytes();
        if (spare.size() < MAX_SPARE_RECORDS) {
            spare.push(exchange);
        }
    }

    @Override
    public void client(int serial, long ordinal, long sentAfter, long nanos, ByteBuf bytes) {
        advance(sentAfter);
        SessionRecord session = sessions.get(serial);
        if (session == null || session.opaque) {
            return;
        }
        ExchangeRecord exchange = exchange(session, ordinal);
        int heldBefore = exchange.heldBytes();
        try {
            exchange.feed(bytes, sentAfter, nanos);
            if (exchange.request().readableBytes() > partBytes() && !requestToParts(session, exchange)) {
                exchange.lose(noRoom());
            }
        } catch (RuntimeException e) {
            failed(session, exchange, e);
        }
        heldBytes += exchange.heldBytes() - heldBefore;
    }

    @Override
    public void server(int serial, long ordinal, long doneNo, long nanos, ByteBuf bytes) {
        advance(doneNo);
        SessionRecord session = sessions.get(serial);
        if (session == null || session.opaque) {
            return;
        }
        ExchangeRecord exchange = exchange(session, ordinal);
        int heldBefore = exchange.heldBytes();
        try {
            exchange.answer.feed(bytes, nanos, session.parameters);
            if (exchange.answer.kept().readableBytes() > partBytes() && !answerToParts(session, exchange)) {
                exchange.lose(noRoom());
            }
        } catch (RuntimeException e) {
            failed(session, exchange, e);
        }
        heldBytes += exchange.heldBytes() - heldBefore;
        if (doneNo != 0) {
            over(session, exchange, doneNo, nanos);
        }
    }

    @Override
    public void broken(int serial, long ordinal, long doneNo, long nanos) {
        advance(doneNo);
        SessionRecord session = sessions.get(serial);
        if (session != null && !session.opaque) {
            ExchangeRecord exchange = exchange(session, ordinal);
            exchange.flag(ExchangeFlag.BROKEN_OFF);
            over(session, exchange, doneNo, nanos);
        }
    }

    private void over(SessionRecord session, ExchangeRecord exchange, long doneNo, long nanos) {
        if (exchange.lost() == null) {
            int heldBefore = exchange.heldBytes();
            exchange.dropFrameUnderWay();
            try {
                if (!write(session, exchange, doneNo, nanos)) {
                    exchange.lose(noRoom());
                }
            } catch (RuntimeException e) {
                failed(session, exchange, e);
            }
            heldBytes += exchange.heldBytes() - heldBefore;
        }
        Gap.Reason reason = exchange.lost();
        if (reason == null) {
            recorded++;
        } else {
            lost++;
            losses.add(identity.lane(), reason, session.session, doneNo, true, exchange.bytes());
            session.hasHole = true;
        }
        session.status = exchange.answer.status();
        recycle(session, exchange);
    }

    private boolean write(SessionRecord session, ExchangeRecord exchange, long doneNo, long nanos) {
        return prepare(session, exchange)
                && (exchange.requestParts() == 0 || requestToParts(session, exchange))
                && (exchange.answer.parts() == 0 || answerToParts(session, exchange))
                && chunks.add(exchange.end(counter, session.session, doneNo, session.status, nanos));
    }

    /** Whatever has to stand before a session's next exchange: its start, gaps, and a snapshot behind a hole. */
    private boolean prepare(SessionRecord session, ExchangeRecord exchange) {
        if (!prepare(session)) {
            return false;
        }
        if (session.hasHole && !exchange.isBegun()) {
            if (!chunks.add(session.snapshot(counter, exchange.ordinal()))) {
                return false;
            }
            session.hasHole = false;
        }
        return true;
    }

    private boolean prepare(SessionRecord session) {
        if (!payOwed() || !writeLosses()) {
            return false;
        }
        if (!session.startRecorded) {
            session.startRecorded = chunks.add(session.start(counter));
        }
        return session.startRecorded;
    }

    private boolean requestToParts(SessionRecord session, ExchangeRecord exchange) {
        ByteBuf request = exchange.request();
        int count = toParts(session, exchange, Part.Of.REQUEST, request, exchange.requestParts());
        if (count >= 0) {
            exchange.requestPartsTaken(count);
        }
        return count >= 0;
    }

    private boolean answerToParts(SessionRecord session, ExchangeRecord exchange) {
        ByteBuf kept = exchange.answer.kept();
        int count = toParts(session, exchange, Part.Of.ANSWER, kept, exchange.answer.parts());
        if (count >= 0) {
            exchange.answer.partsTaken(count);
        }
        return count >= 0;
    }

    /** How many parts were written, -1 where there was no room. */
    private int toParts(SessionRecord session, ExchangeRecord exchange, Part.Of of, ByteBuf bytes, int firstIndex) {
        ExchangeId id = new ExchangeId(session.session, exchange.ordinal());
        int count = 0;
        for (int at = 0; at < bytes.readableBytes(); at += pieceBytes) {
            ByteBuf piece = bytes.slice(at, Math.min(pieceBytes, bytes.readableBytes() - at));
            if (!chunks.add(new Part(counter, id, of, firstIndex + count, piece))) {
                return -1;
            }
            count++;
        }
        return count;
    }

    private int partBytes() {
        int share = heldBytes > settings.assemblyBytes() / 2 ? SMALL_PART_SHARE : USUAL_PART_SHARE;
        return settings.chunkBytes() / share;
    }

    @Override
    public void lost(int serial, long ordinal, long doneNo, long bytes, byte status) {
        advance(doneNo);
        lost++;
        losses.add(
                identity.lane(), Gap.Reason.BUFFER_FULL, SessionIds.of(identity.epoch(), serial), doneNo, true, bytes);
        SessionRecord session = sessions.get(serial);
        if (session == null) {
            return;
        }
        session.hasHole = true;
        session.status = TransactionStatus.of(status);
        while (!session.open.isEmpty() && session.open.getFirst().ordinal() <= ordinal) {
            recycle(session, session.open.getFirst());
        }
    }

    @Override
    public void gap(int serial, long atCounter, List<NumberRange> numbers, long exchanges, long bytes) {
        advance(atCounter);
        lost += exchanges;
        long session = serial == 0 ? 0 : SessionIds.of(identity.epoch(), serial);
        losses.add(identity.lane(), Gap.Reason.BUFFER_FULL, new LossBook.Losses(session, numbers, exchanges, bytes));
        for (SessionRecord each : sessions.values()) {
            each.hasHole |= serial == 0 || each.session == session;
        }
    }

    /** Adds what is in the book of losses; answers false where there was no room for it. */
    private boolean writeLosses() {
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
        return all;
    }

    private Gap.Reason noRoom() {
        return chunks.refusal() == null ? Gap.Reason.SPOOL_FULL : Gap.Reason.SPOOL_FAILED;
    }

    private void failed(SessionRecord session, ExchangeRecord exchange, RuntimeException e) {
        failures++;
        exchange.lose(Gap.Reason.RECORDER_FAILED);
        LOG.error(
                "lane={} session={} exchange={}: could not be recorded and becomes a gap",
                identity.lane(),
                SessionIds.toString(session.session),
                exchange.ordinal(),
                e);
    }

    @Override
    public void async(int serial, long atCounter, long nanos, ByteBuf bytes) {
        advance(atCounter);
        SessionRecord session = sessions.get(serial);
        if (session != null && session.idle(bytes) > 0) {
            if (prepare(session)) {
                chunks.add(new Async(counter, session.session, nanos, session.idleBytes()));
            }
            session.idleTaken();
        }
    }

    @Override
    public void start(SessionFacts facts) {
        advance(facts.doneNo());
        SessionRecord session = new SessionRecord(identity.epoch(), facts);
        sessions.put(facts.serial(), session);
        prepare(session);
    }

    @Override
    public void end(int serial, long sentAfter, long doneNo, long nanos, SessionEnd.Reason reason, long exchanges) {
        advance(doneNo);
        SessionRecord session = sessions.remove(serial);
        if (session == null) {
            losses.add(identity.lane(), noRoom(), SessionIds.of(identity.epoch(), serial), doneNo, false, 0);
            return;
        }
        while (!session.open.isEmpty()) {
            recycle(session, session.open.getFirst());
        }
        if (!session.startRecorded && !prepare(session)) {
            losses.add(identity.lane(), noRoom(), session.session, session.startNo(), false, 0);
            losses.add(identity.lane(), noRoom(), session.session, doneNo, false, 0);
        } else if (owed.size() >= MAX_OWED) {
            losses.add(identity.lane(), noRoom(), session.session, doneNo, false, 0);
        } else {
            owe(now -> new SessionEnd(now, session.session, sentAfter, doneNo, nanos, reason, exchanges));
            payOwed();
        }
    }

    @Override
    public void opaque(int serial, long atCounter, Gap.Reason reason) {
        advance(atCounter);
        opaque++;
        long id = SessionIds.of(identity.epoch(), serial);
        SessionRecord session = sessions.get(serial);
        if (session != null) {
            prepare(session);
            session.opaque = true;
            while (!session.open.isEmpty()) {
                recycle(session, session.open.getFirst());
            }
        }
        owe(now -> new Gap(now, id, reason, List.of(), -1, 0, Access.UNKNOWN, true));
        payOwed();
    }

    @Override
    public void skipped(int serial, long atCounter) {
        advance(atCounter);
        skipped++;
        long id = SessionIds.of(identity.epoch(), serial);
        owe(now -> new Skip(now, id, Skip.Policy.REPLICATION, List.of(), 1, 0, Access.READ));
        payOwed();
    }

    @Override
    public void cancel(CancelFacts facts) {
        advance(facts.doneNo());
        long target = facts.targetSerial() == 0 ? 0 : SessionIds.of(identity.epoch(), facts.targetSerial());
        if (payOwed()) {
            chunks.add(
                    new Cancel(counter, target, facts.targetPid(), facts.sentAfter(), facts.doneNo(), facts.nanos()));
        }
    }

    @Override
    public void cancelled(int serial, long ordinal) {
        SessionRecord session = sessions.get(serial);
        if (session != null
                && !session.open.isEmpty()
                && session.open.getFirst().ordinal() == ordinal) {
            session.open.getFirst().flag(ExchangeFlag.CANCELLED);
        }
    }

    /** Keeps an entry that must not be lost until there is room for it. */
    private void owe(LongFunction<Entry> entryAtCounter) {
        owed.add(entryAtCounter);
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

    private void advance(long to) {
        counter = Math.max(counter, to);
    }

    @Override
    public void pageEnd(long atCounter, long forwardedByLoop, int sessionsOpen) {
        advance(atCounter);
        pageCounter = atCounter;
        forwarded = forwardedByLoop;
        openSessions = sessionsOpen;
        long now = clock.nanos();
        if (now - lastFlush >= settings.flushNanos()) {
            lastFlush = now;
            flush(now);
        }
        publish();
    }

    /** Everything that a lane's reader waits for: what is open, what is lost, how it stands. */
    private void flush(long now) {
        sessions.values().forEach(this::begin);
        boolean settled = payOwed() && writeLosses();
        boolean silent = chunks.entries() == 0 && counter != chunkCounter;
        if (settled && (silent || now - lastHeartbeat >= settings.heartbeatNanos())) {
            lastHeartbeat = now;
            chunks.add(heartbeat(false));
        }
        if (chunks.entries() > 0) {
            chunks.close();
            chunkCounter = counter;
        }
    }

    private void begin(SessionRecord session) {
        boolean first = true;
        for (ExchangeRecord exchange : session.open) {
            if (!exchange.isBegun() && exchange.lost() == null && exchange.bytes() > 0) {
                int heldBefore = exchange.heldBytes();
                if (begin(session, exchange, first ? session.status : TransactionStatus.UNKNOWN)) {
                    exchange.beginTaken();
                }
                heldBytes += exchange.heldBytes() - heldBefore;
            }
            first = false;
        }
    }

    private boolean begin(SessionRecord session, ExchangeRecord exchange, TransactionStatus before) {
        try {
            return prepare(session, exchange)
                    && (exchange.requestParts() == 0 || requestToParts(session, exchange))
                    && chunks.add(exchange.begin(counter, session.session, before));
        } catch (RuntimeException e) {
            failed(session, exchange, e);
            return false;
        }
    }

    private Heartbeat heartbeat(boolean closing) {
        return new Heartbeat(
                counter, clock.wallMicros(), forwarded, recorded, skipped, lost, opaque, openSessions, closing);
    }

    /** What a chunk may promise: every exchange of this lane that began below it has been added, whole or as begun. */
    private long counterClose() {
        long least = pageCounter;
        for (SessionRecord session : sessions.values()) {
            for (ExchangeRecord exchange : session.open) {
                if (!exchange.isBegun() && exchange.lost() == null && exchange.bytes() > 0) {
                    least = Math.min(least, exchange.sentAfter());
                }
            }
        }
        return least;
    }

    private void publish() {
        ledger = new LaneLedger(forwarded, recorded, skipped, lost, opaque, openSessions, chunks.closed(), failures);
    }

    /** From now on the spool's bound does not hold: the loop has ended and what is left closes the lane. */
    public void closing() {
        chunks.closing();
    }

    /**
     * Writes what is left and the closing heartbeat, after the loop's last page was read.
     *
     * @return whether all of it is in the spool
     */
    public boolean close() {
        closing();
        flush(clock.nanos());
        boolean settled = payOwed() && writeLosses() && chunks.add(heartbeat(true));
        chunks.close();
        publish();
        return settled && chunks.refusal() == null;
    }

    /** Why the disk refuses chunks, null if it does not. */
    @Nullable String refusal() {
        return chunks.refusal() == null ? null : chunks.refusal().toString();
    }
}
