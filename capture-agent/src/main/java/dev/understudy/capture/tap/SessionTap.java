package dev.understudy.capture.tap;

import dev.understudy.capture.counter.SharedCounter;
import dev.understudy.capture.session.ExchangeTracker;
import dev.understudy.capture.session.StartupAnswer;
import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.StartupPacket.StartupMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Looks on while one session's bytes go by: stamps them, tells its exchanges apart, copies them for the recorder.
 *
 * <pre>
 *   AUTHENTICATING ──first ReadyForQuery──► RECORDING ──does not fit──► OPAQUE
 *        │   │                                  │                          │
 *        │   └─a replication client─► SKIPPED   │                          │
 *        └────────────┴──────────┬──────────────┴──────────────────────────┘
 *                           connection ends
 *                                ▼
 *                              ENDED
 * </pre>
 *
 * <p>Belongs to the session's event loop. Borrows every buffer for the duration of the call and moves no indexes. Never
 * waits; a lack of room costs the exchange, not the session.
 */
public final class SessionTap {
    private enum Phase {
        AUTHENTICATING,
        RECORDING,
        OPAQUE,
        SKIPPED,
        ENDED
    }

    private enum Run {
        NONE,
        EXCHANGE,
        ASYNC
    }

    private static final long NOTHING_LOST = -1;
    private static final int SUPPORTED_MAJOR = 3;

    private final TapWriter writer;
    private final SharedCounter counter;
    private final TapClock clock;
    private final SessionRegistry registry;
    private final Executor loop;
    private final StartupMessage startup;
    private final String clientAddress;
    private final String serverAddress;
    private final long startedAfter;

    private final ExchangeTracker tracker = new ExchangeTracker();
    private final MessageWalker clientWalker = new MessageWalker();
    private final MessageWalker serverWalker = new MessageWalker();
    private @Nullable StartupAnswer startupAnswer = new StartupAnswer();

    private Phase phase = Phase.AUTHENTICATING;
    private int serial;
    private int serverPid;
    private boolean started;
    private byte lastStatus = TransactionStatus.IDLE.code();

    private Run clientRun = Run.NONE;
    private long clientOrdinal;
    private Run serverRun = Run.NONE;
    private long serverOrdinal;

    /** Exchanges up to this ordinal that are not over yet have lost bytes. */
    private long lostThrough = NOTHING_LOST;

    private long lostBytes;

    private boolean terminateSeen;
    private boolean endAnnounced;
    private long endSentAfter;

    private @Nullable SessionFacts owedStart;
    private Gap.@Nullable Reason owedOpaque;
    private @Nullable OwedEnd owedEnd;
    private boolean isOwing;

    private record OwedEnd(long doneNo, long nanos, SessionEnd.Reason reason) {}

    /**
     * A tap on a session whose startup message has just been read.
     *
     * @param startedAfter the counter when it was read
     */
    public SessionTap(
            LoopTap shared, StartupMessage startup, String clientAddress, String serverAddress, long startedAfter) {
        this.writer = shared.writer();
        this.counter = shared.counter();
        this.clock = shared.clock();
        this.registry = shared.registry();
        this.loop = shared.loop();
        this.startup = startup;
        this.clientAddress = clientAddress;
        this.serverAddress = serverAddress;
        this.startedAfter = startedAfter;
        if (startup.majorVersion() != SUPPORTED_MAJOR) {
            opaque(Gap.Reason.UNREADABLE);
        }
    }

    /** Whether an exchange is in flight. */
    public boolean isBusy() {
        return phase == Phase.RECORDING && tracker.isOpen();
    }

    /** Whether the client waits for nothing and no transaction is open: its session can be ended without harm. */
    public boolean isIdle() {
        return phase == Phase.RECORDING && !tracker.isOpen() && lastStatus == TransactionStatus.IDLE.code();
    }

    /** Whether this has told all that it knew. */
    public boolean isEnded() {
        return phase == Phase.ENDED;
    }

    /**
     * Bytes from the client, before they are forwarded.
     *
     * @return how many of them may go now: all, unless the client did not wait for the end of authentication; the rest
     *     is to be shown again once {@link #serverRead} has said that the session is ready
     */
    public int clientRead(ByteBuf bytes) {
        return switch (phase) {
            case AUTHENTICATING -> authentication(bytes);
            case RECORDING -> {
                record(bytes);
                yield bytes.readableBytes();
            }
            case OPAQUE, SKIPPED, ENDED -> bytes.readableBytes();
        };
    }

    /** How much of it is authentication. */
    private int authentication(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int end = bytes.writerIndex();
        boolean between = clientWalker.isBetweenMessages();
        clientWalker.begin(bytes, start, end - start);
        for (int at = start; at < end; at = clientWalker.end()) {
            if (between && !mayPrecedeReady(bytes.getByte(at))) {
                clientWalker.begin(bytes, end, 0);
                return at - start;
            }
            between = clientWalker.next();
            if (!between) {
                break;
            }
        }
        return end - start;
    }

    private static boolean mayPrecedeReady(byte type) {
        return type == FrontendType.PASSWORD || type == FrontendType.TERMINATE;
    }

    private void record(ByteBuf bytes) {
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
                    return;
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
            opaque(Gap.Reason.UNKNOWN_BYTES);
            return;
        }
        clientBytes(clientRun, clientOrdinal, sentAfter, nanos, bytes, runStart, end - runStart);
    }

    /** A client's message begins; answers whether the session can still be followed. */
    private boolean clientMessage(byte type, long sentAfter) {
        switch (tracker.client(type)) {
            case EXCHANGE -> {
                clientRun = Run.EXCHANGE;
                clientOrdinal = tracker.clientOrdinal();
            }
            case STRAY -> clientRun = Run.NONE;
            case TERMINATE -> {
                clientRun = Run.NONE;
                terminateSeen = true;
                announceEnd(sentAfter);
            }
            case OPAQUE -> {
                opaque(Gap.Reason.UNKNOWN_BYTES);
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
        if (isLost(ordinal) || !settled() || !writer.client(serial, ordinal, sentAfter, nanos, bytes, at, length)) {
            lose(length);
        }
    }

    /**
     * Bytes from the server, before they are forwarded.
     *
     * @return whether the session has become ready with them
     */
    public boolean serverRead(ByteBuf bytes) {
        return switch (phase) {
            case AUTHENTICATING -> startupAnswer(bytes);
            case RECORDING -> {
                answer(bytes, bytes.readerIndex());
                yield false;
            }
            case OPAQUE, SKIPPED, ENDED -> false;
        };
    }

    private boolean startupAnswer(ByteBuf bytes) {
        StartupAnswer answer = Objects.requireNonNull(startupAnswer);
        int ready = answer.feed(bytes);
        if (ready < 0) {
            if (answer.failed()) {
                opaque(Gap.Reason.UNREADABLE);
            }
            return answer.failed();
        }
        startupAnswer = null;
        writer.sessionOpened();
        serial = registry.nextSerial();
        if (startup.isReplication()) {
            phase = Phase.SKIPPED;
            if (!writer.skipped(serial)) {
                writer.lose(serial, counter.increment(), true, 0);
            }
            writer.forwarded();
            return true;
        }
        start(answer);
        answer(bytes, ready);
        return true;
    }

    private void start(StartupAnswer answer) {
        phase = Phase.RECORDING;
        int minor = answer.newestMinor() < 0 ? startup.minorVersion() : answer.newestMinor();
        SessionFacts facts = new SessionFacts(
                serial,
                startedAfter,
                counter.increment(),
                clock.nanos(),
                answer.serverPid(),
                clientAddress,
                serverAddress,
                startup.user(),
                startup.database(),
                startup.majorVersion() << 16 | minor,
                startup.parameters(),
                answer.parameters());
        started = true;
        serverPid = answer.serverPid();
        registry.add(serverPid, this);
        if (!writer.start(facts)) {
            owedStart = facts;
            owe();
        }
    }

    private void answer(ByteBuf bytes, int from) {
        long nanos = clock.nanos();
        int end = bytes.writerIndex();
        int runStart = from;
        boolean between = serverWalker.isBetweenMessages();
        serverWalker.begin(bytes, from, end - from);
        for (int at = from; at < end; at = serverWalker.end()) {
            if (between) {
                Run before = serverRun;
                if (!serverMessage(bytes.getByte(at))) {
                    return;
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
                        opaque(Gap.Reason.UNKNOWN_BYTES);
                        return;
                    }
                }
            }
        }
        if (serverWalker.isPoisoned()) {
            opaque(Gap.Reason.UNKNOWN_BYTES);
            return;
        }
        serverBytes(serverRun, nanos, bytes, runStart, end - runStart);
    }

    /** A server's message begins; answers whether the session can still be followed. */
    private boolean serverMessage(byte type) {
        switch (tracker.server(type)) {
            case EXCHANGE -> {
                serverRun = Run.EXCHANGE;
                serverOrdinal = tracker.serverOrdinal();
            }
            case ASYNC -> serverRun = Run.ASYNC;
            case OPAQUE -> {
                opaque(Gap.Reason.UNKNOWN_BYTES);
                return false;
            }
        }
        return true;
    }

    /** An answer's end: the counter ticks before anybody can see it. */
    private void exchangeEnds(long nanos, ByteBuf bytes, int at, int length) {
        long doneNo = counter.increment();
        lastStatus = bytes.getByte(at + length - 1);
        if (isLost(serverOrdinal)
                || !settled()
                || !writer.server(serial, serverOrdinal, doneNo, nanos, bytes, at, length)) {
            lose(length);
            over(serverOrdinal, doneNo, lastStatus);
        }
        writer.forwarded();
    }

    private void serverBytes(Run run, long nanos, ByteBuf bytes, int at, int length) {
        if (length == 0) {
            return;
        }
        if (run == Run.EXCHANGE) {
            if (isLost(serverOrdinal)
                    || !settled()
                    || !writer.server(serial, serverOrdinal, 0, nanos, bytes, at, length)) {
                lose(length);
            }
        } else if (run == Run.ASYNC && settled()) {
            writer.async(serial, counter.get(), nanos, bytes, at, length);
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

    /** A lost exchange is over. */
    private void over(long ordinal, long doneNo, byte status) {
        if (!settled() || !writer.lost(serial, ordinal, doneNo, lostBytes, status)) {
            writer.lose(serial, doneNo, true, lostBytes);
        }
        lostBytes = 0;
    }

    private void announceEnd(long sentAfter) {
        if (!endAnnounced) {
            endAnnounced = true;
            endSentAfter = sentAfter;
        }
    }

    /** The client's end, before it is forwarded. */
    public void clientEnded() {
        announceEnd(counter.get());
    }

    /** Something in here failed: the session is relayed unread from here on. */
    public void failed() {
        if (phase != Phase.ENDED && phase != Phase.OPAQUE) {
            opaque(Gap.Reason.RECORDER_FAILED);
        }
    }

    private void opaque(Gap.Reason reason) {
        boolean begun = phase == Phase.RECORDING;
        phase = Phase.OPAQUE;
        startupAnswer = null;
        if (!begun) {
            writer.sessionOpened();
            serial = registry.nextSerial();
        }
        if (!settled() || !writer.opaque(serial, reason)) {
            owedOpaque = reason;
            owe();
        }
    }

    /** A cancel request for this session was forwarded. Any thread may call it. */
    public void cancelled() {
        loop.execute(this::markCancelled);
    }

    private void markCancelled() {
        if (isBusy() && !isLost(tracker.over()) && settled()) {
            writer.cancelled(serial, tracker.over());
        }
    }

    /** The session's serial number in its epoch, 0 before it is ready. */
    public int serial() {
        return serial;
    }

    /** Both connections have ended, or one has and the other is being closed. Later calls change nothing. */
    public void ended(SessionEnd.Reason reason) {
        Phase before = phase;
        phase = Phase.ENDED;
        if (before == Phase.AUTHENTICATING || before == Phase.ENDED) {
            return;
        }
        writer.sessionClosed();
        if (!started) {
            return;
        }
        registry.remove(serverPid, this);
        announceEnd(counter.get());
        long nanos = clock.nanos();
        if (before == Phase.RECORDING) {
            breakOff(nanos);
        }
        boolean byClient = terminateSeen && reason != SessionEnd.Reason.AGENT;
        end(counter.increment(), nanos, byClient ? SessionEnd.Reason.TERMINATE : reason);
    }

    private void breakOff(long nanos) {
        for (long ordinal = tracker.over(); ordinal < tracker.begun(); ordinal++) {
            long doneNo = counter.increment();
            if (isLost(ordinal) || !settled() || !writer.broken(serial, ordinal, doneNo, nanos)) {
                lose(0);
                over(ordinal, doneNo, (byte) 0);
            }
            writer.forwarded();
        }
    }

    private void end(long doneNo, long nanos, SessionEnd.Reason reason) {
        if (!settled() || !writer.end(serial, endSentAfter, doneNo, nanos, reason, tracker.begun())) {
            owedEnd = new OwedEnd(doneNo, nanos, reason);
            owe();
        }
    }

    private void owe() {
        if (!isOwing) {
            isOwing = true;
            writer.owe(this);
        }
    }

    /** Whether nothing is owed, or could be written just now. */
    private boolean settled() {
        if (isOwing) {
            writer.payDebts();
        }
        return !isOwing;
    }

    /** For the writer: writes what found no room before; answers whether all of it found room now. */
    boolean payOwed() {
        SessionFacts start = owedStart;
        if (start != null) {
            if (!writer.start(start)) {
                return false;
            }
            owedStart = null;
        }
        Gap.Reason opaque = owedOpaque;
        if (opaque != null) {
            if (!writer.opaque(serial, opaque)) {
                return false;
            }
            owedOpaque = null;
        }
        OwedEnd end = owedEnd;
        if (end != null) {
            if (!writer.end(serial, endSentAfter, end.doneNo(), end.nanos(), end.reason(), tracker.begun())) {
                return false;
            }
            owedEnd = null;
        }
        isOwing = false;
        return true;
    }
}
