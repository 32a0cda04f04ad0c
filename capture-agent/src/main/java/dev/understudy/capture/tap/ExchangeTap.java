package dev.understudy.capture.tap;

import dev.understudy.capture.counter.SharedCounter;
import dev.understudy.capture.session.ExchangeTracker;
import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;

/**
 * The exchanges of a session that is ready: walks the headers of both directions, asks the tracker whose bytes they are,
 * stamps them and copies them, as few runs of bytes to a read as there are exchanges in it.
 *
 * <p>Belongs to the session's event loop. Borrows every buffer for the duration of the call and moves no indexes.
 */
final class ExchangeTap {
    /** Whose the bytes of the message under way are. */
    private enum Run {
        NONE,
        EXCHANGE,
        ASYNC
    }

    private static final long NOTHING_LOST = -1;
    private static final long NOT_TERMINATED = -1;

    private final SessionRecords records;
    private final SharedCounter counter;
    private final TapClock clock;
    private final ExchangeTracker tracker = new ExchangeTracker();
    private final MessageWalker clientWalker;
    private final MessageWalker serverWalker = new MessageWalker();

    private Run clientRun = Run.NONE;
    private long clientOrdinal;
    private Run serverRun = Run.NONE;
    private long serverOrdinal;

    /** Exchanges up to this ordinal that are not over yet have lost bytes. */
    private long lostThrough = NOTHING_LOST;

    private long lostBytes;
    private long terminatedAfter = NOT_TERMINATED;
    private byte status = TransactionStatus.IDLE.code();

    /** Takes over the client's walker, which has seen authentication go by. */
    ExchangeTap(SessionRecords records, SharedCounter counter, TapClock clock, MessageWalker clientWalker) {
        this.records = records;
        this.counter = counter;
        this.clock = clock;
        this.clientWalker = clientWalker;
    }

    /** Whether an exchange is in flight. */
    boolean isOpen() {
        return tracker.isOpen();
    }

    /** How many exchanges there have been. */
    long begun() {
        return tracker.begun();
    }

    /** Whether no exchange is in flight and no transaction open. */
    boolean isIdle() {
        return !tracker.isOpen() && status == TransactionStatus.IDLE.code();
    }

    /** Whether the client has sent Terminate. */
    boolean isTerminated() {
        return terminatedAfter != NOT_TERMINATED;
    }

    /** The counter when Terminate was read. */
    long terminatedAfter() {
        return terminatedAfter;
    }

    /** Bytes from the client; answers whether the session can still be followed. */
    boolean clientRead(ByteBuf bytes) {
        long sentAfter = counter.get();
        long nanos = clock.nanos();
        int end = bytes.writerIndex();
        int runStart = bytes.readerIndex();
        boolean between = clientWalker.isBetweenMessages();
        clientWalker.begin(bytes, runStart, end - runStart);
        for (int at = runStart; at < end; at = clientWalker.end()) {
            if (between) {
                Run before = clientRun;
                long ordinalBefore = clientOrdinal;
                if (!clientMessage(bytes.getByte(at), sentAfter)) {
                    return false;
                }
                if (at > runStart && (clientRun != before || clientOrdinal != ordinalBefore)) {
                    clientBytes(before, ordinalBefore, sentAfter, nanos, bytes, runStart, at - runStart);
                    runStart = at;
                }
            }
            between = clientWalker.next();
            if (!between) {
                break;
            }
        }
        if (clientWalker.isPoisoned()) {
            return false;
        }
        clientBytes(clientRun, clientOrdinal, sentAfter, nanos, bytes, runStart, end - runStart);
        return true;
    }

    private boolean clientMessage(byte type, long sentAfter) {
        switch (tracker.client(type)) {
            case EXCHANGE -> {
                clientRun = Run.EXCHANGE;
                clientOrdinal = tracker.clientOrdinal();
            }
            case STRAY -> clientRun = Run.NONE;
            case TERMINATE -> {
                clientRun = Run.NONE;
                terminatedAfter = isTerminated() ? terminatedAfter : sentAfter;
            }
            case OPAQUE -> {
                return false;
            }
        }
        return true;
    }

    private void clientBytes(Run run, long ordinal, long sentAfter, long nanos, ByteBuf bytes, int at, int length) {
        boolean restOfWhatWasInVain = ordinal < tracker.over();
        if (run != Run.EXCHANGE || length == 0 || restOfWhatWasInVain) {
            return;
        }
        if (isLost(ordinal) || !records.client(ordinal, sentAfter, nanos, bytes, at, length)) {
            lose(length);
        }
    }

    /** Bytes from the server, from an index on; answers whether the session can still be followed. */
    boolean serverRead(ByteBuf bytes, int from) {
        long nanos = clock.nanos();
        int end = bytes.writerIndex();
        int runStart = from;
        boolean between = serverWalker.isBetweenMessages();
        serverWalker.begin(bytes, from, end - from);
        for (int at = from; at < end; at = serverWalker.end()) {
            if (between) {
                Run before = serverRun;
                if (!serverMessage(bytes.getByte(at))) {
                    return false;
                }
                if (at > runStart && serverRun != before) {
                    serverBytes(before, nanos, bytes, runStart, at - runStart);
                    runStart = at;
                }
            }
            between = serverWalker.next();
            if (!between) {
                break;
            }
            if (serverWalker.type() == BackendType.READY_FOR_QUERY) {
                int behind = serverWalker.end();
                switch (tracker.ready()) {
                    case ENDS_EXCHANGE -> {
                        exchangeEnds(nanos, bytes, runStart, behind - runStart);
                        runStart = behind;
                    }
                    case GOES_ON -> {}
                    case OPAQUE -> {
                        return false;
                    }
                }
            }
        }
        if (serverWalker.isPoisoned()) {
            return false;
        }
        serverBytes(serverRun, nanos, bytes, runStart, end - runStart);
        return true;
    }

    private boolean serverMessage(byte type) {
        switch (tracker.server(type)) {
            case EXCHANGE -> {
                serverRun = Run.EXCHANGE;
                serverOrdinal = tracker.serverOrdinal();
            }
            case ASYNC -> serverRun = Run.ASYNC;
            case OPAQUE -> {
                return false;
            }
        }
        return true;
    }

    /** An answer's end: the counter ticks before anybody can see it. */
    private void exchangeEnds(long nanos, ByteBuf bytes, int at, int length) {
        long doneNo = counter.increment();
        status = bytes.getByte(at + length - 1);
        if (isLost(serverOrdinal) || !records.server(serverOrdinal, doneNo, nanos, bytes, at, length)) {
            lose(length);
            lost(serverOrdinal, doneNo, status);
        }
        records.forwarded();
    }

    private void serverBytes(Run run, long nanos, ByteBuf bytes, int at, int length) {
        if (length == 0) {
            return;
        }
        if (run == Run.ASYNC) {
            records.async(counter.get(), nanos, bytes, at, length);
        } else if (run == Run.EXCHANGE
                && (isLost(serverOrdinal) || !records.server(serverOrdinal, 0, nanos, bytes, at, length))) {
            lose(length);
        }
    }

    private boolean isLost(long ordinal) {
        return ordinal <= lostThrough;
    }

    /** Bytes found no room: whatever is in flight now is lost. */
    private void lose(long bytes) {
        lostThrough = Math.max(lostThrough, tracker.begun() - 1);
        lostBytes += bytes;
    }

    private void lost(long ordinal, long doneNo, byte atStatus) {
        records.lost(ordinal, doneNo, lostBytes, atStatus);
        lostBytes = 0;
    }

    /** A cancel request was forwarded: it can only mean the exchange that is being answered. */
    void cancelled() {
        if (tracker.isOpen() && !isLost(tracker.over())) {
            records.cancelled(tracker.over());
        }
    }

    /** The connection has ended: so has every exchange in flight. */
    void breakOff(long nanos) {
        for (long ordinal = tracker.over(); ordinal < tracker.begun(); ordinal++) {
            long doneNo = counter.increment();
            if (isLost(ordinal) || !records.broken(ordinal, doneNo, nanos)) {
                lose(0);
                lost(ordinal, doneNo, (byte) 0);
            }
            records.forwarded();
        }
    }
}
