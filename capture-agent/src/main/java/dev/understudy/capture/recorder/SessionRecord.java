package dev.understudy.capture.recorder;

import dev.understudy.capture.session.ParameterStatus;
import dev.understudy.capture.tap.SessionFacts;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.entry.SessionStart;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a recorder knows of one session. Belongs to the lane's recorder thread. */
final class SessionRecord {
    /** A frame sent while the session is idle may be so long; a longer one is not recorded. */
    private static final int MAX_ASYNC_BYTES = 64 * 1024;

    final long session;
    final Deque<ExchangeRecord> open = new ArrayDeque<>(2);
    final Map<String, String> parameters;

    private final SessionFacts facts;
    private final ByteBuf idleBytes = HeapBytes.buffer();
    private int idleWhole;

    /** The transaction status after the last exchange that is over. */
    TransactionStatus status = TransactionStatus.IDLE;

    boolean startRecorded;
    boolean opaque;
    /** Exchanges of it were lost since the last one that was recorded. */
    boolean hasHole;

    SessionRecord(int epoch, SessionFacts facts) {
        this.facts = facts;
        this.session = SessionIds.of(epoch, facts.serial());
        this.parameters = new HashMap<>(facts.parameters());
    }

    long startNo() {
        return facts.doneNo();
    }

    SessionStart start(long counter) {
        return new SessionStart(
                counter,
                session,
                facts.sentAfter(),
                facts.doneNo(),
                facts.nanos(),
                facts.serverPid(),
                facts.clientAddress(),
                facts.serverAddress(),
                facts.user(),
                facts.database(),
                facts.protocol(),
                facts.startup(),
                facts.parameters());
    }

    /** Where recording goes on behind a hole. What the lost exchanges prepared or set is not known. */
    SessionSnapshot snapshot(long counter, long nextOrdinal) {
        return new SessionSnapshot(counter, session, nextOrdinal, true, status, parameters, Map.of(), List.of());
    }

    /** Bytes that came while no exchange was open; answers how many of {@link #idleBytes()} are whole frames. */
    int idle(ByteBuf bytes) {
        if (idleBytes.readableBytes() + bytes.readableBytes() > MAX_ASYNC_BYTES) {
            idleBytes.clear();
            return 0;
        }
        idleBytes.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        int whole = 0;
        for (FrameCursor frame = new FrameCursor(idleBytes); frame.next(); ) {
            whole = frame.end();
            if (frame.type() == BackendType.PARAMETER_STATUS) {
                ParameterStatus.read(frame.body(), parameters);
            }
        }
        idleWhole = whole;
        return whole;
    }

    /** The whole frames among them. */
    ByteBuf idleBytes() {
        return idleBytes.slice(0, idleWhole);
    }

    void idleTaken() {
        idleBytes.readerIndex(idleWhole);
        idleBytes.discardReadBytes();
        idleWhole = 0;
    }
}
