package dev.understudy.replay.source;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.AnswerFacts;
import dev.understudy.replay.schedule.Place;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.chunk.ExchangeAssembler;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.entry.SessionStart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns the chunks of one partition into work. Pure; fed in the partition's order.
 *
 * <p>An exchange recorded as begun is held until its end is read, and keeps the partition's watermark down meanwhile,
 * since it may have to go first. One that was still open when a second chunk closed was long: if it reads, it ranks by
 * its start, since that is the data that it saw. One that merely met a chunk's close ranks as any other, and so does one
 * that writes: what kept it may have been a lock, which it got at its end.
 */
final class LaneReader {
    private static final long MAX_ASSEMBLED_BYTES = 256L << 20;
    private static final int LONG_AFTER_CHUNKS = 2;

    private final ExchangeReadings readings;
    private final Consumer<Work> out;
    private final LaneSessions sessions;
    private final ExchangeAssembler assembler = new ExchangeAssembler(MAX_ASSEMBLED_BYTES);
    private final ChunkOrder order = new ChunkOrder();
    private final LaneProgress progress = new LaneProgress();
    private final Map<ExchangeId, Hold> holds = new HashMap<>();
    private final Set<ExchangeId> released = new HashSet<>();
    private long chunks;
    private long openAtEnd;
    private long neverDone;

    private record Hold(Begun begun, long chunk, long startWallMicros) {}

    /** A reader from a partition's beginning. */
    LaneReader(int partition, Intake intake, ExchangeReadings readings, Consumer<Work> out) {
        this.readings = readings;
        this.out = out;
        this.sessions = new LaneSessions(partition, intake, readings, out);
    }

    /** Takes the next chunk; false if it was a duplicate. */
    boolean read(Chunk chunk) {
        ChunkHeader header = chunk.header();
        if (!order.isNew(header)) {
            return false;
        }
        chunks++;
        sessions.chunk(header, this::forget);
        boolean closing = false;
        for (Entry entry : chunk.entries()) {
            Entry whole = assembler.accept(entry);
            if (whole instanceof Heartbeat heartbeat) {
                closing = heartbeat.closing();
            } else if (whole != null) {
                take(header, whole);
            }
        }
        progress.read(header, closing);
        return true;
    }

    /** Everything unread of this partition, and everything held, has a {@code sentAfter} of at least this. */
    long watermark() {
        long lowest = progress.counter();
        for (Hold hold : holds.values()) {
            lowest = Math.min(lowest, hold.begun().sentAfter());
        }
        return lowest;
    }

    /**
     * The partition has been read to its end: what is open now was open when the trace was read.
     */
    void end() {
        progress.end();
        sessions.endAll();
        openAtEnd += holds.size();
        holds.clear();
        neverDone += released.size();
        released.clear();
    }

    boolean isEnded() {
        return progress.isEnded();
    }

    /** Gives out the longest held exchange without its answer. False if none is held. */
    boolean releaseOldest() {
        Hold oldest = holds.values().stream()
                .min(Comparator.comparingLong((Hold hold) -> hold.begun().sentAfter())
                        .thenComparingLong(hold -> hold.begun().id().ordinal()))
                .orElse(null);
        if (oldest == null) {
            return false;
        }
        Begun begun = oldest.begun();
        holds.remove(begun.id());
        released.add(begun.id());
        run(
                begun.id(),
                last -> Place.ofLong(begun.sentAfter(), begun.sentAfter() + 1, last),
                new RecordedExchange(
                        begun.id(),
                        -1,
                        begun.sentAfter(),
                        begun.before(),
                        TransactionStatus.UNKNOWN,
                        Set.of(),
                        begun.request(),
                        Unpooled.EMPTY_BUFFER,
                        List.of(),
                        List.of(),
                        AnswerFacts.NONE,
                        oldest.startWallMicros(),
                        oldest.startWallMicros(),
                        false),
                begun.requestParts() > 0);
        return true;
    }

    /** Exchanges given out without an answer that never came: they count, though they have no number. */
    long neverDone() {
        return neverDone;
    }

    long missingChunks() {
        return order.missing();
    }

    /** Exchanges begun and never done: they have no number, and the trace does not account for them. */
    long openAtEnd() {
        return openAtEnd;
    }

    private void take(ChunkHeader header, Entry entry) {
        if (entry instanceof Exchange exchange) {
            exchange(header, exchange);
        } else if (entry instanceof Begun begun) {
            holds.put(
                    begun.id(),
                    new Hold(
                            begun,
                            chunks,
                            header.wallMicros(begun.segments().get(0).nanos())));
        } else if (entry instanceof Done done) {
            orphan(header, done);
        } else if (entry instanceof SessionStart start) {
            sessions.start(header, start);
        } else if (entry instanceof SessionSnapshot snapshot) {
            sessions.snapshot(header, snapshot);
        } else if (entry instanceof SessionEnd end) {
            forget(end.session());
            sessions.end(header, end);
        }
    }

    private void exchange(ChunkHeader header, Exchange exchange) {
        if (released.remove(exchange.id())) {
            return;
        }
        Hold hold = holds.remove(exchange.id());
        boolean isLong = hold != null && chunks - hold.chunk() >= LONG_AFTER_CHUNKS;
        ByteBuf frames = exchange.answer().frames();
        RecordedExchange recorded = new RecordedExchange(
                exchange.id(),
                exchange.doneNo(),
                exchange.sentAfter(),
                exchange.before(),
                exchange.answer().status(),
                exchange.flags(),
                exchange.request(),
                frames,
                exchange.answer().omissions(),
                exchange.answer().tags(),
                AnswerFacts.of(frames),
                header.wallMicros(exchange.segments().get(0).nanos()),
                header.wallMicros(exchange.answer().endNanos()),
                true);
        run(
                exchange.id(),
                last -> place(recorded, isLong, last),
                recorded,
                exchange.requestParts() > 0 || exchange.answer().parts() > 0);
    }

    private static Place place(RecordedExchange exchange, boolean isLong, Place last) {
        if (exchange.isEnd() || exchange.failedFromWaiting()) {
            return Place.ofEnd(exchange.sentAfter(), exchange.doneNo(), last);
        }
        return isLong && exchange.seemsToRead()
                ? Place.ofLong(exchange.sentAfter(), exchange.doneNo(), last)
                : Place.ofAny(exchange.doneNo(), last);
    }

    /** A Done whose Begun is not in what was read: its request is lost, its number is not. */
    private void orphan(ChunkHeader header, Done done) {
        if (released.remove(done.id())) {
            return;
        }
        long endMicros = header.wallMicros(done.answer().endNanos());
        RecordedExchange recorded = new RecordedExchange(
                done.id(),
                done.doneNo(),
                done.doneNo() - 1,
                TransactionStatus.UNKNOWN,
                done.answer().status(),
                done.flags(),
                Unpooled.EMPTY_BUFFER,
                done.answer().frames(),
                done.answer().omissions(),
                done.answer().tags(),
                AnswerFacts.NONE,
                endMicros,
                endMicros,
                true);
        run(done.id(), last -> Place.ofAny(done.doneNo(), last), recorded, true);
    }

    private interface Placing {
        Place after(Place last);
    }

    private void run(ExchangeId id, Placing placing, RecordedExchange exchange, boolean piecesMissing) {
        LaneSessions.Track session = sessions.of(id.session());
        Place place = placing.after(session.last());
        session.goneTo(place);
        Treatment treatment = sessions.treatment(session, exchange, piecesMissing);
        out.accept(readings.run(session.info(), place, exchange, treatment));
    }

    /** Nothing more comes of what is open in a session. */
    private void forget(long session) {
        List<ExchangeId> gone = new ArrayList<>();
        for (ExchangeId id : holds.keySet()) {
            if (id.session() == session) {
                gone.add(id);
            }
        }
        openAtEnd += gone.size();
        gone.forEach(holds::remove);
        if (released.removeIf(id -> id.session() == session)) {
            neverDone++;
        }
    }
}
