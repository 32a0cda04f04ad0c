package dev.understudy.capture.recorder;

import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Part;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The exchanges that a lane's recorder is putting together: finds and reuses their records, knows how much memory they
 * hold, and sends what becomes too long ahead as parts. Belongs to the lane's recorder thread.
 */
final class ExchangePool {
    /** Of a chunk: a request or answer that is longer goes ahead in parts. */
    private static final int USUAL_SHARE = 4;
    /** The same, once all unfinished exchanges together hold half of their bound. */
    private static final int SMALL_SHARE = 64;
    /** An encoded part is at most so much longer than its bytes. */
    private static final int PART_OVERHEAD = 64;

    private static final int MAX_SPARE = 256;

    private final RecorderSettings settings;
    private final LaneLog log;
    private final int pieceBytes;
    private final Deque<ExchangeRecord> spare = new ArrayDeque<>();
    private long heldBytes;

    ExchangePool(RecorderSettings settings, LaneLog log) {
        this.settings = settings;
        this.log = log;
        this.pieceBytes = settings.chunkBytes() / 2 - PART_OVERHEAD;
    }

    /** The exchange of that ordinal, a new one if it is not open. */
    ExchangeRecord get(SessionRecord session, long ordinal) {
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

    /** Notes how much an exchange holds after it has changed. */
    void weigh(ExchangeRecord exchange) {
        heldBytes += exchange.weighed();
    }

    void recycle(SessionRecord session, ExchangeRecord exchange) {
        session.open.remove(exchange);
        exchange.reset(0);
        weigh(exchange);
        if (spare.size() < MAX_SPARE) {
            spare.push(exchange);
        }
    }

    void recycleUpTo(SessionRecord session, long ordinal) {
        while (!session.open.isEmpty() && session.open.getFirst().ordinal() <= ordinal) {
            recycle(session, session.open.getFirst());
        }
    }

    /** Sends ahead what has become too long to be held; where there is no room for it the exchange is lost. */
    void bound(SessionRecord session, ExchangeRecord exchange) {
        int share = heldBytes > settings.assemblyBytes() / 2 ? SMALL_SHARE : USUAL_SHARE;
        int most = settings.chunkBytes() / share;
        boolean room = exchange.request().readableBytes() <= most || requestToParts(session, exchange);
        room &= exchange.answer.kept().readableBytes() <= most || answerToParts(session, exchange);
        if (!room) {
            exchange.lose(log.shortage());
        }
    }

    /** Where parts have gone ahead, the rest goes as parts too. */
    boolean completeParts(SessionRecord session, ExchangeRecord exchange) {
        return completeRequestParts(session, exchange)
                && (exchange.answer.parts() == 0 || answerToParts(session, exchange));
    }

    /** The same for the request alone. */
    boolean completeRequestParts(SessionRecord session, ExchangeRecord exchange) {
        return exchange.requestParts() == 0 || requestToParts(session, exchange);
    }

    private boolean requestToParts(SessionRecord session, ExchangeRecord exchange) {
        int count = toParts(session, exchange, Part.Of.REQUEST, exchange.request(), exchange.requestParts());
        if (count >= 0) {
            exchange.requestPartsTaken(count);
        }
        return count >= 0;
    }

    private boolean answerToParts(SessionRecord session, ExchangeRecord exchange) {
        int count = toParts(session, exchange, Part.Of.ANSWER, exchange.answer.kept(), exchange.answer.parts());
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
            if (!log.add(new Part(log.counter(), id, of, firstIndex + count, piece))) {
                return -1;
            }
            count++;
        }
        return count;
    }
}
