package dev.understudy.capture.tap;

import dev.understudy.capture.session.StartupAnswer;
import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.StartupPacket.StartupMessage;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;

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

    private static final int SUPPORTED_MAJOR = 3;
    private static final long NOT_YET = -1;

    private final LoopTap shared;
    private final StartupMessage startup;
    private final String clientAddress;
    private final String serverAddress;
    private final long startedAfter;

    private final SessionRecords records;
    private final MessageWalker clientWalker = new MessageWalker();
    private final StartupAnswer startupAnswer = new StartupAnswer();
    private final ExchangeTap exchanges;

    private Phase phase = Phase.AUTHENTICATING;
    private boolean started;
    private int serverPid;
    private long clientEndedAfter = NOT_YET;

    /**
     * A tap on a session whose startup message has just been read.
     *
     * @param startedAfter the counter when it was read
     */
    public SessionTap(
            LoopTap shared, StartupMessage startup, String clientAddress, String serverAddress, long startedAfter) {
        this.shared = shared;
        this.startup = startup;
        this.clientAddress = clientAddress;
        this.serverAddress = serverAddress;
        this.startedAfter = startedAfter;
        this.records = new SessionRecords(shared.writer());
        this.exchanges = new ExchangeTap(records, shared.counter(), shared.clock(), clientWalker);
        if (startup.majorVersion() != SUPPORTED_MAJOR) {
            opaque(Gap.Reason.UNREADABLE);
        }
    }

    /** Whether the client waits for nothing and no transaction is open: its session can be ended without harm. */
    public boolean isIdle() {
        return phase == Phase.RECORDING && exchanges.isIdle();
    }

    /** The session's serial number in its epoch, 0 before it is ready. */
    public int serial() {
        return records.serial();
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
                if (!exchanges.clientRead(bytes)) {
                    opaque(Gap.Reason.UNKNOWN_BYTES);
                }
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

    /**
     * Bytes from the server, before they are forwarded.
     *
     * @return whether the client need not be held up (any longer) for the end of authentication
     */
    public boolean serverRead(ByteBuf bytes) {
        return switch (phase) {
            case AUTHENTICATING -> startupAnswer(bytes);
            case RECORDING -> {
                answer(bytes, bytes.readerIndex());
                yield true;
            }
            case OPAQUE, SKIPPED, ENDED -> true;
        };
    }

    private void answer(ByteBuf bytes, int from) {
        if (!exchanges.serverRead(bytes, from)) {
            opaque(Gap.Reason.UNKNOWN_BYTES);
        }
    }

    private boolean startupAnswer(ByteBuf bytes) {
        int ready = startupAnswer.feed(bytes);
        if (ready < 0) {
            if (startupAnswer.failed()) {
                opaque(Gap.Reason.UNREADABLE);
            }
            return startupAnswer.failed();
        }
        records.open(shared.registry().nextSerial());
        if (startup.isReplication()) {
            phase = Phase.SKIPPED;
            records.skipped();
        } else {
            start();
            answer(bytes, ready);
        }
        return true;
    }

    private void start() {
        phase = Phase.RECORDING;
        started = true;
        serverPid = startupAnswer.serverPid();
        shared.registry().add(serverPid, this);
        int minor = startupAnswer.newestMinor() < 0 ? startup.minorVersion() : startupAnswer.newestMinor();
        records.start(new SessionFacts(
                records.serial(),
                startedAfter,
                shared.counter().increment(),
                shared.clock().nanos(),
                serverPid,
                clientAddress,
                serverAddress,
                startup.user(),
                startup.database(),
                startup.majorVersion() << 16 | minor,
                startup.parameters(),
                startupAnswer.parameters()));
    }

    /** Something in here failed: the session is relayed unread from here on. */
    public void failed() {
        if (phase != Phase.ENDED && phase != Phase.OPAQUE) {
            opaque(Gap.Reason.RECORDER_FAILED);
        }
    }

    private void opaque(Gap.Reason reason) {
        if (phase == Phase.AUTHENTICATING) {
            records.open(shared.registry().nextSerial());
        }
        phase = Phase.OPAQUE;
        records.opaque(reason);
    }

    /** A cancel request for this session was forwarded. Any thread may call it. */
    public void cancelled() {
        shared.loop().execute(() -> {
            if (phase == Phase.RECORDING) {
                exchanges.cancelled();
            }
        });
    }

    /** The client's end, before it is forwarded. */
    public void clientEnded() {
        if (clientEndedAfter == NOT_YET) {
            clientEndedAfter = shared.counter().get();
        }
    }

    /** The session has ended: both connections have, or one has and the other is being closed. Said once. */
    public void ended(SessionEnd.Reason reason) {
        Phase before = phase;
        phase = Phase.ENDED;
        if (before == Phase.AUTHENTICATING || before == Phase.ENDED) {
            return;
        }
        records.close();
        if (!started) {
            return;
        }
        shared.registry().remove(serverPid, this);
        clientEnded();
        long sentAfter = exchanges.isTerminated() ? exchanges.terminatedAfter() : clientEndedAfter;
        long nanos = shared.clock().nanos();
        if (before == Phase.RECORDING) {
            exchanges.breakOff(nanos);
        }
        boolean byClient = exchanges.isTerminated() && reason != SessionEnd.Reason.AGENT;
        records.end(
                sentAfter,
                shared.counter().increment(),
                nanos,
                byClient ? SessionEnd.Reason.TERMINATE : reason,
                exchanges.begun());
    }
}
