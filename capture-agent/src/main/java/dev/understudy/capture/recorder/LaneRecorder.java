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
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.entry.Skip;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes entries of one lane's tap records. Belongs to the lane's recorder thread, but for {@link #ledger()}.
 *
 * <p>Every number that a record brings goes one of two ways: into an entry that was added to a chunk, or into the
 * {@link LossBook}, from which it gets into a gap. An error costs the exchange.
 */
public final class LaneRecorder implements TapHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LaneRecorder.class);

    private final LaneIdentity identity;
    private final RecorderSettings settings;
    private final LaneLog log;
    private final ExchangePool exchanges;
    private final TapClock clock;
    private final Map<Integer, SessionRecord> sessions = new HashMap<>();

    private long pageCounter;
    private long lastFlush;
    private long lastHeartbeat;

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
        this.clock = clock;
        this.pageCounter = counterAtStart;
        this.lastFlush = clock.nanos();
        this.lastHeartbeat = lastFlush;
        this.log = new LaneLog(identity, settings, spool, losses, clock, counterAtStart, this::counterClose);
        this.exchanges = new ExchangePool(settings, log);
    }

    /** The lane's counts. Any thread may call it. */
    public LaneLedger ledger() {
        return log.ledger();
    }

    /** Adds an entry of the agent's own, as soon as there is room. */
    public void add(LongFunction<Entry> entryAtCounter) {
        log.owe(entryAtCounter);
    }

    @Override
    public void client(int serial, long ordinal, long sentAfter, long nanos, ByteBuf bytes) {
        log.advance(sentAfter);
        SessionRecord session = sessions.get(serial);
        if (session == null || session.opaque) {
            return;
        }
        ExchangeRecord exchange = exchanges.get(session, ordinal);
        try {
            exchange.feed(bytes, sentAfter, nanos);
            exchanges.bound(session, exchange);
        } catch (RuntimeException e) {
            failed(session, exchange, e);
        }
        exchanges.weigh(exchange);
    }

    @Override
    public void server(int serial, long ordinal, long doneNo, long nanos, ByteBuf bytes) {
        log.advance(doneNo);
        SessionRecord session = sessions.get(serial);
        if (session == null || session.opaque) {
            nobodyKnows(serial, doneNo);
            return;
        }
        ExchangeRecord exchange = exchanges.get(session, ordinal);
        try {
            exchange.answer.feed(bytes, nanos, session.parameters);
            exchanges.bound(session, exchange);
        } catch (RuntimeException e) {
            failed(session, exchange, e);
        }
        exchanges.weigh(exchange);
        if (doneNo != 0) {
            over(session, exchange, doneNo, nanos);
        }
    }

    @Override
    public void broken(int serial, long ordinal, long doneNo, long nanos) {
        log.advance(doneNo);
        SessionRecord session = sessions.get(serial);
        if (session == null || session.opaque) {
            nobodyKnows(serial, doneNo);
            return;
        }
        ExchangeRecord exchange = exchanges.get(session, ordinal);
        exchange.flag(ExchangeFlag.BROKEN_OFF);
        over(session, exchange, doneNo, nanos);
    }

    /** A number of a session that never began or is opaque: it cannot be, and if it is, it must not go missing. */
    private void nobodyKnows(int serial, long doneNo) {
        if (doneNo != 0) {
            log.failed();
            log.lost(Gap.Reason.RECORDER_FAILED, sessionId(serial), doneNo, 0);
        }
    }

    private void over(SessionRecord session, ExchangeRecord exchange, long doneNo, long nanos) {
        if (exchange.lost() == null) {
            exchange.dropFrameUnderWay();
            try {
                if (!write(session, exchange, doneNo, nanos)) {
                    exchange.lose(log.shortage());
                }
            } catch (RuntimeException e) {
                failed(session, exchange, e);
            }
        }
        Gap.Reason reason = exchange.lost();
        if (reason == null) {
            log.recorded();
        } else {
            log.lost(reason, session.session, doneNo, exchange.bytes());
            session.hasHole = true;
        }
        session.status = exchange.answer.status();
        exchanges.recycle(session, exchange);
    }

    private boolean write(SessionRecord session, ExchangeRecord exchange, long doneNo, long nanos) {
        return prepare(session, exchange)
                && exchanges.completeParts(session, exchange)
                && log.add(exchange.end(log.counter(), session.session, doneNo, session.status, nanos));
    }

    /** Whatever has to stand before a session's next exchange: its start, gaps, and a snapshot behind a hole. */
    private boolean prepare(SessionRecord session, ExchangeRecord exchange) {
        if (!prepare(session)) {
            return false;
        }
        if (session.hasHole && !exchange.isBegun()) {
            if (!log.add(session.snapshot(log.counter(), exchange.ordinal()))) {
                return false;
            }
            session.hasHole = false;
        }
        return true;
    }

    private boolean prepare(SessionRecord session) {
        if (!log.settle()) {
            return false;
        }
        if (!session.startRecorded) {
            session.startRecorded = log.add(session.start(log.counter()));
        }
        return session.startRecorded;
    }

    private void failed(SessionRecord session, ExchangeRecord exchange, RuntimeException e) {
        log.failed();
        exchange.lose(Gap.Reason.RECORDER_FAILED);
        LOG.error(
                "lane={} session={} exchange={}: could not be recorded and becomes a gap",
                identity.lane(),
                SessionIds.toString(session.session),
                exchange.ordinal(),
                e);
    }

    @Override
    public void lost(int serial, long ordinal, long doneNo, long bytes, byte status) {
        log.advance(doneNo);
        log.lost(Gap.Reason.BUFFER_FULL, sessionId(serial), doneNo, bytes);
        SessionRecord session = sessions.get(serial);
        if (session != null) {
            session.hasHole = true;
            session.status = TransactionStatus.of(status);
            exchanges.recycleUpTo(session, ordinal);
        }
    }

    @Override
    public void gap(int serial, long atCounter, List<NumberRange> numbers, long lostExchanges, long bytes) {
        log.advance(atCounter);
        long session = serial == 0 ? 0 : sessionId(serial);
        log.lost(Gap.Reason.BUFFER_FULL, session, numbers, lostExchanges, bytes);
        for (SessionRecord each : sessions.values()) {
            each.hasHole |= serial == 0 || each.session == session;
        }
    }

    @Override
    public void async(int serial, long atCounter, long nanos, ByteBuf bytes) {
        log.advance(atCounter);
        SessionRecord session = sessions.get(serial);
        if (session != null && session.idle(bytes) > 0) {
            if (prepare(session)) {
                log.add(new Async(log.counter(), session.session, nanos, session.idleBytes()));
            }
            session.idleTaken();
        }
    }

    @Override
    public void start(SessionFacts facts) {
        log.advance(facts.doneNo());
        SessionRecord session = new SessionRecord(identity.epoch(), facts);
        sessions.put(facts.serial(), session);
        prepare(session);
    }

    @Override
    public void end(int serial, long sentAfter, long doneNo, long nanos, SessionEnd.Reason reason, long count) {
        log.advance(doneNo);
        SessionRecord session = sessions.remove(serial);
        if (session == null) {
            log.lostNumber(sessionId(serial), doneNo);
            return;
        }
        exchanges.recycleUpTo(session, Long.MAX_VALUE);
        if (!session.startRecorded && !prepare(session)) {
            log.lostNumber(session.session, session.startNo());
            log.lostNumber(session.session, doneNo);
        } else if (log.owesMuch()) {
            log.lostNumber(session.session, doneNo);
        } else {
            log.owe(now -> new SessionEnd(now, session.session, sentAfter, doneNo, nanos, reason, count));
        }
    }

    @Override
    public void opaque(int serial, long atCounter, Gap.Reason reason) {
        log.advance(atCounter);
        log.opaque();
        SessionRecord session = sessions.get(serial);
        if (session != null) {
            prepare(session);
            session.opaque = true;
            exchanges.recycleUpTo(session, Long.MAX_VALUE);
        }
        long id = sessionId(serial);
        log.owe(now -> new Gap(now, id, reason, List.of(), -1, 0, Access.UNKNOWN, true));
    }

    @Override
    public void skipped(int serial, long atCounter) {
        log.advance(atCounter);
        log.skipped();
        long id = sessionId(serial);
        log.owe(now -> new Skip(now, id, Skip.Policy.REPLICATION, List.of(), 1, 0, Access.READ));
    }

    @Override
    public void cancel(CancelFacts facts) {
        log.advance(facts.doneNo());
        long target = facts.targetSerial() == 0 ? 0 : sessionId(facts.targetSerial());
        if (log.settle()) {
            log.add(new Cancel(
                    log.counter(), target, facts.targetPid(), facts.sentAfter(), facts.doneNo(), facts.nanos()));
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

    private long sessionId(int serial) {
        return SessionIds.of(identity.epoch(), serial);
    }

    @Override
    public void pageEnd(long atCounter, long forwarded, int sessionsOpen) {
        log.advance(atCounter);
        pageCounter = atCounter;
        log.loopSays(forwarded, sessionsOpen);
        long now = clock.nanos();
        if (now - lastFlush >= settings.flushNanos()) {
            lastFlush = now;
            flush(now);
        }
        log.publish();
    }

    /** Everything that a lane's reader waits for: what is open, what is lost, how it stands. */
    private void flush(long now) {
        sessions.values().forEach(this::begin);
        boolean beats = log.isSilent() || now - lastHeartbeat >= settings.heartbeatNanos();
        if (log.settle() && beats) {
            lastHeartbeat = now;
            log.heartbeat(false);
        }
        log.closeChunk();
    }

    private void begin(SessionRecord session) {
        boolean first = true;
        for (ExchangeRecord exchange : session.open) {
            if (exchange.isToBegin() && begin(session, exchange, first ? session.status : TransactionStatus.UNKNOWN)) {
                exchange.beginTaken();
            }
            exchanges.weigh(exchange);
            first = false;
        }
    }

    private boolean begin(SessionRecord session, ExchangeRecord exchange, TransactionStatus before) {
        try {
            return prepare(session, exchange)
                    && exchanges.completeRequestParts(session, exchange)
                    && log.add(exchange.begin(log.counter(), session.session, before));
        } catch (RuntimeException e) {
            failed(session, exchange, e);
            return false;
        }
    }

    /** What a chunk may promise: every exchange of this lane that began below it has been added, whole or as begun. */
    private long counterClose() {
        long least = pageCounter;
        for (SessionRecord session : sessions.values()) {
            for (ExchangeRecord exchange : session.open) {
                if (exchange.isToBegin()) {
                    least = Math.min(least, exchange.sentAfter());
                }
            }
        }
        return least;
    }

    /** From now on the spool's bound does not hold: what is left closes the lane. Any thread may call it. */
    public void closing() {
        log.closing();
    }

    /**
     * Writes what is left and the closing heartbeat, after the loop's last page was read.
     *
     * @return whether all of it is in the spool
     */
    public boolean close() {
        closing();
        flush(clock.nanos());
        return log.close();
    }
}
